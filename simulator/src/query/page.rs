//! The envelope `{count, next, previous, results}` of DRF's LimitOffsetPagination.

use super::Query;

/// One page, ready to be serialized.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) count: usize,
    pub(crate) next: Option<String>,
    pub(crate) previous: Option<String>,
    /// Launches, each already serialized as JSON.
    pub(crate) results: Vec<Vec<u8>>,
}

impl Page {
    /// Serializes the page as JSON, with keys in the order of the real API.
    pub(crate) fn into_json(self) -> Vec<u8> {
        let length: usize = self.results.iter().map(|record| record.len() + 1).sum();
        let mut json = Vec::with_capacity(length + 512);
        json.extend_from_slice(format!("{{\"count\":{},\"next\":", self.count).as_bytes());
        json.extend_from_slice(&link(self.next));
        json.extend_from_slice(b",\"previous\":");
        json.extend_from_slice(&link(self.previous));
        json.extend_from_slice(b",\"results\":[");
        for (position, record) in self.results.iter().enumerate() {
            if position > 0 {
                json.push(b',');
            }
            json.extend_from_slice(record);
        }
        json.extend_from_slice(b"]}");
        json
    }
}

fn link(url: Option<String>) -> Vec<u8> {
    serde_json::Value::from(url).to_string().into_bytes()
}

/// Returns `next` and `previous` of a page: absolute, with parameters sorted by name, as in DRF's
/// `replace_query_param`.
pub(crate) fn links(query: &Query, base: &str, count: usize) -> (Option<String>, Option<String>) {
    let next_offset = query.offset.saturating_add(query.limit);
    let next = (next_offset < count).then(|| link_to(query, base, next_offset));
    let previous = (query.offset > 0).then(|| link_to(query, base, query.offset.saturating_sub(query.limit)));
    (next, previous)
}

fn link_to(query: &Query, base: &str, offset: usize) -> String {
    let mut pairs: Vec<(&str, String)> = query
        .pairs
        .iter()
        .filter(|(name, _)| name != "limit" && name != "offset")
        .map(|(name, value)| (name.as_str(), value.clone()))
        .collect();
    pairs.push(("limit", query.limit.to_string()));
    // DRF omits the offset in links to the first page.
    if offset > 0 {
        pairs.push(("offset", offset.to_string()));
    }
    pairs.sort();
    let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    format!("{base}?{query}")
}
