use strum::{IntoStaticStr, VariantArray};

use super::entity;

/// Deeper than anything LL2 sends (it reaches 9); deeper values are skipped.
const DEEPEST: usize = 24;

/// More than four times the number of paths of both API versions together: a hostile record must not fill the memory or
/// the table.
const MOST_NODES: usize = 4000;

/// A longer key is not a field name.
const LONGEST_KEY: usize = 100;

const ROOT: usize = 0;

/// A JSON type, with its name in `schema_drift`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case", const_into_str)]
pub(super) enum Type {
    Null,
    Boolean,
    Number,
    #[strum(to_string = "string")]
    Text,
    Object,
    Array,
}

impl Type {
    fn of(first: u8) -> Self {
        match first {
            b'{' => Self::Object,
            b'[' => Self::Array,
            b'"' => Self::Text,
            b't' | b'f' => Self::Boolean,
            b'n' => Self::Null,
            _ => Self::Number,
        }
    }
}

/// A path: the values found there, and its children.
#[derive(Debug)]
struct Node {
    /// As written between its quotes; `[]` for the elements of an array, which cannot collide with a key in a path.
    key: Box<str>,
    parent: usize,
    is_element: bool,
    counts: [i64; Type::VARIANTS.len()],
    keys: Vec<usize>,
    element: Option<usize>,
}

impl Node {
    fn new(key: &str, parent: usize, is_element: bool) -> Self {
        Self { key: key.into(), parent, is_element, counts: [0; Type::VARIANTS.len()], keys: Vec::new(), element: None }
    }

    fn count(&self) -> i64 {
        self.counts.iter().sum()
    }
}

/// The paths and types of the records of a run.
#[derive(Debug)]
pub(crate) struct Shape {
    nodes: Vec<Node>,
    /// Number of keys beyond the limits above.
    pub(super) ignored: u64,
}

/// A path with a type, as found in a run.
#[derive(Debug, PartialEq)]
pub(super) struct Observed {
    pub(super) path: String,
    /// The object that it is a key of; none for the record itself and for elements of arrays.
    pub(super) parent: Option<String>,
    pub(super) entity: &'static str,
    pub(super) kind: Type,
    pub(super) count: i64,
    /// Whether every object that could have the key has it.
    pub(super) is_everywhere: bool,
}

/// An object or array that is still open.
struct Open {
    node: usize,
    is_object: bool,
    /// Position of the next key if this object has the same order as the last one: LL2 keeps an order.
    expected: usize,
}

impl Shape {
    pub(crate) fn new() -> Self {
        Self { nodes: vec![Node::new("$", ROOT, true)], ignored: 0 }
    }

    /// Walks one record.
    ///
    /// The record is valid JSON, because serde_json has parsed it. So the walk looks at as little as possible (a
    /// quarter of the cost of parsing and staging). If the JSON is invalid after all, it stops.
    pub(crate) fn add(&mut self, record: &str) {
        let mut scan = Scan { text: record, at: 0 };
        let mut open: Vec<Open> = Vec::with_capacity(DEEPEST);
        let mut node = ROOT;
        loop {
            let Some(first) = scan.token() else { return };
            let kind = Type::of(first);
            self.nodes[node].counts[kind as usize] += 1;
            match kind {
                Type::Object | Type::Array if open.len() < DEEPEST => {
                    scan.at += 1;
                    open.push(Open { node, is_object: kind == Type::Object, expected: 0 });
                }
                _ => scan.skip_value(first),
            }
            match self.next(&mut scan, &mut open) {
                Some(next) => node = next,
                None => return,
            }
        }
    }

    /// Moves to the next value; none at the end.
    fn next(&mut self, scan: &mut Scan<'_>, open: &mut Vec<Open>) -> Option<usize> {
        loop {
            let innermost = open.last_mut()?;
            match scan.token()? {
                b',' => scan.at += 1,
                b'}' | b']' => {
                    scan.at += 1;
                    open.pop();
                }
                b'"' if innermost.is_object => {
                    let key = scan.string()?;
                    (scan.token()? == b':').then_some(())?;
                    scan.at += 1;
                    if let Some(child) = self.child(innermost, key) {
                        return Some(child);
                    }
                    self.ignored += 1;
                    let first = scan.token()?;
                    scan.skip_value(first);
                }
                _ if innermost.is_object => return None,
                _ => return Some(self.element(innermost.node)),
            }
        }
    }

    fn child(&mut self, open: &mut Open, key: &str) -> Option<usize> {
        let keys = &self.nodes[open.node].keys;
        let is_it = |position: &usize| keys.get(*position).is_some_and(|child| *self.nodes[*child].key == *key);
        let found = Some(open.expected).filter(is_it).or_else(|| (0..keys.len()).find(is_it));
        if let Some(position) = found {
            open.expected = position + 1;
            return Some(keys[position]);
        }
        if self.nodes.len() >= MOST_NODES || key.len() > LONGEST_KEY {
            return None;
        }
        let child = self.nodes.len();
        self.nodes.push(Node::new(key, open.node, false));
        self.nodes[open.node].keys.push(child);
        Some(child)
    }

    fn element(&mut self, array: usize) -> usize {
        if let Some(element) = self.nodes[array].element {
            return element;
        }
        // Needs no limit: each limited node has at most one.
        let element = self.nodes.len();
        self.nodes.push(Node::new("[]", array, true));
        self.nodes[array].element = Some(element);
        element
    }

    /// Returns the number of records walked.
    pub(crate) fn record_count(&self) -> i64 {
        self.nodes[ROOT].count()
    }

    /// Returns everything observed, one entry per path and type.
    pub(super) fn observed(&self) -> Vec<Observed> {
        let mut paths: Vec<(String, &'static str)> = Vec::with_capacity(self.nodes.len());
        let mut observed = Vec::new();
        // A parent comes before its children.
        for (position, node) in self.nodes.iter().enumerate() {
            let (path, entity) = if position == ROOT {
                ("$".to_owned(), entity::RECORD)
            } else {
                let (parent, entity) = &paths[node.parent];
                (joined(parent, node), if node.is_element { entity } else { entity::of(&node.key, entity) })
            };
            let parent = &self.nodes[node.parent];
            for &kind in Type::VARIANTS {
                let count = node.counts[kind as usize];
                if count > 0 {
                    observed.push(Observed {
                        path: path.clone(),
                        parent: (!node.is_element).then(|| paths[node.parent].0.clone()),
                        entity,
                        kind,
                        count,
                        is_everywhere: !node.is_element && node.count() >= parent.counts[Type::Object as usize],
                    });
                }
            }
            paths.push((path, entity));
        }
        observed
    }
}

fn joined(parent: &str, node: &Node) -> String {
    if node.is_element {
        return format!("{parent}[]");
    }
    let is_name = node.key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-');
    // The key as written: an escaped U+0000 stays six characters, which Postgres can store.
    if is_name { format!("{parent}.{}", node.key) } else { format!("{parent}[\"{}\"]", node.key) }
}

/// A position in valid JSON.
struct Scan<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Scan<'t> {
    /// Returns the next byte that is not white space, without consuming it.
    fn token(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        while let Some(byte) = bytes.get(self.at) {
            if !matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
                return Some(*byte);
            }
            self.at += 1;
        }
        None
    }

    /// Consumes a string and returns the text between its quotes.
    fn string(&mut self) -> Option<&'t str> {
        let start = self.at + 1;
        self.skip_string();
        self.text.get(start..self.at.checked_sub(1)?)
    }

    fn skip_string(&mut self) {
        let bytes = self.text.as_bytes();
        let mut at = self.at + 1;
        loop {
            at = quote_or_escape(bytes, at);
            match bytes.get(at) {
                Some(b'\\') => at += 2,
                _ => break,
            }
        }
        self.at = at + 1;
    }

    /// Consumes a value of any depth without inspecting it.
    fn skip_value(&mut self, first: u8) {
        match first {
            b'"' => self.skip_string(),
            b'{' | b'[' => {
                let mut depth = 0_usize;
                while let Some(byte) = self.token() {
                    match byte {
                        b'"' => {
                            self.skip_string();
                            continue;
                        }
                        b'{' | b'[' => depth += 1,
                        b'}' | b']' => depth = depth.saturating_sub(1),
                        _ => {}
                    }
                    self.at += 1;
                    if depth == 0 {
                        return;
                    }
                }
            }
            _ => {
                let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
                let length =
                    rest.iter().position(|byte| matches!(byte, b',' | b'}' | b']' | b' ' | b'\n' | b'\r' | b'\t'));
                self.at += length.unwrap_or(rest.len());
            }
        }
    }
}

/// Returns the position of the next quote or backslash, or the end. Scans eight bytes at a time: most of a page is text
/// that need not be inspected.
fn quote_or_escape(bytes: &[u8], from: usize) -> usize {
    const ONES: u64 = u64::from_ne_bytes([0x01; 8]);
    const HIGHS: u64 = u64::from_ne_bytes([0x80; 8]);
    // The lowest bit set belongs to the first byte of `word` that equals `byte`; higher bits may be false positives.
    let first = |word: u64, byte: u8| {
        let zero_where_equal = word ^ (ONES * u64::from(byte));
        zero_where_equal.wrapping_sub(ONES) & !zero_where_equal & HIGHS
    };
    let mut at = from;
    while let Some(chunk) = bytes.get(at..).and_then(<[u8]>::first_chunk) {
        let word = u64::from_le_bytes(*chunk);
        let found = first(word, b'"') | first(word, b'\\');
        if found != 0 {
            return at + found.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    let rest = bytes.get(at..).unwrap_or_default();
    at + rest.iter().position(|byte| matches!(byte, b'"' | b'\\')).unwrap_or(rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn walked(records: &[&str]) -> Vec<(String, &'static str, &'static str, i64, bool)> {
        let mut shape = Shape::new();
        for record in records {
            serde_json::from_str::<serde_json::Value>(record).expect("valid JSON");
            shape.add(record);
        }
        shape
            .observed()
            .into_iter()
            .map(|observed| {
                (observed.path, observed.entity, observed.kind.into_str(), observed.count, observed.is_everywhere)
            })
            .collect()
    }

    #[test]
    fn every_path_and_type_is_reported_once_with_its_count() {
        let observed = walked(&[
            r#" { "id" : "a\"}", "n": -1.5e3 ,"pad":{"id":1,"location":null}, "updates":[{"id":1},{"id":"2","x":true}] } "#,
            r#"{"id":"b","pad":null,"updates":[]}"#,
        ]);
        let expected = [
            ("$", "launch", "object", 2, false),
            ("$.id", "launch", "string", 2, true),
            ("$.n", "launch", "number", 1, false),
            ("$.pad", "pad", "null", 1, true),
            ("$.pad", "pad", "object", 1, true),
            ("$.pad.id", "pad", "number", 1, true),
            ("$.pad.location", "location", "null", 1, true),
            ("$.updates", "update", "array", 2, true),
            ("$.updates[]", "update", "object", 2, false),
            ("$.updates[].id", "update", "number", 1, true),
            ("$.updates[].id", "update", "string", 1, true),
            ("$.updates[].x", "update", "boolean", 1, false),
        ];
        let expected: Vec<_> =
            expected.map(|(path, entity, kind, count, all)| (path.to_owned(), entity, kind, count, all)).into();
        let mut sorted = observed;
        sorted.sort();
        assert_eq!(sorted, expected);
    }

    #[test]
    fn strings_of_every_length_are_skipped_exactly() {
        for length in 0..40 {
            for escape in ["", "\\\"", "\\\\", "\\u0022"] {
                let text = format!("{}{escape}{}", "x".repeat(length), "\u{80}!#[".repeat(length % 5));
                let paths: Vec<String> = walked(&[&format!("{{\"a\":\"{text}\",\"b\":1}}")])
                    .into_iter()
                    .map(|observed| observed.0)
                    .collect();
                assert_eq!(paths, ["$", "$.a", "$.b"], "{text}");
            }
        }
    }

    #[test]
    fn unusual_keys_deep_nesting_and_many_keys_are_tolerated() {
        let observed = walked(&["{\"a b\":1,\"\\u0000\":2,\"\":3}"]);
        let paths: Vec<&str> = observed.iter().map(|observed| observed.0.as_str()).collect();
        assert_eq!(paths, ["$", "$[\"a b\"]", "$[\"\\u0000\"]", "$."]);

        let mut shape = Shape::new();
        let deep = format!("{{\"a\":{}1{},\"b\":2}}", "[".repeat(10_000), "]".repeat(10_000));
        shape.add(&deep);
        let observed = shape.observed();
        assert!(observed.iter().any(|observed| observed.path == "$.b"), "the value after the deep one is seen");
        assert!(observed.len() < 2 * DEEPEST);

        let many: Vec<String> = (0..10_000).map(|key| format!("\"k{key}\":[{key}]")).collect();
        shape.add(&format!("{{{}}}", many.join(",")));
        assert!(shape.observed().len() <= 2 * MOST_NODES && shape.ignored > 0);
        for broken in ["", "{", "{\"a", "{\"a\"", "{\"a\":", "{\"a\":[1,", "{1}", "\"\\", "[\"\\"] {
            shape.add(broken);
        }
    }
}
