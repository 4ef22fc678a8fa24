//! Pages whose markup only the server can draw.
//!
//! Pipeline and dictionary are read by few and hold no control that needs our types in the browser: their panels cross the wire
//! as HTML. The browser half carries no code of theirs but the one that puts a newer panel in the place of an older.

use chrono::{DateTime, Utc};
use domain::Freshness;
use serde::{Deserialize, Serialize, Serializer, ser::SerializeStruct as _};

/// A part of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Panel {
    /// What the markup hashes to.
    pub stamp: String,
    /// Escaped by the server that drew it; none when the reader has it already.
    pub html: Option<String>,
}

impl Panel {
    /// A panel as the server drew it.
    #[cfg(feature = "ssr")]
    pub fn new(html: String) -> Self {
        use std::hash::{DefaultHasher, Hash as _, Hasher as _};
        let mut hasher = DefaultHasher::new();
        html.hash(&mut hasher);
        Self { stamp: format!("{:016x}", hasher.finish()), html: Some(html) }
    }
}

/// A page in panels.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drawn {
    pub freshness: Freshness,
    pub now: DateTime<Utc>,
    /// A run is at work: ask again soon.
    pub is_running: bool,
    pub panels: Vec<Panel>,
}

impl Drawn {
    /// The stamps of all panels, to be sent back with the next question.
    pub fn stamps(&self) -> String {
        self.panels.iter().map(|panel| panel.stamp.as_str()).collect::<Vec<_>>().join(".")
    }

    /// Leaves out what the reader has.
    #[cfg(feature = "ssr")]
    #[must_use]
    pub fn without(mut self, known: &str) -> Self {
        for (panel, known) in self.panels.iter_mut().zip(known.split('.')) {
            if panel.stamp == known {
                panel.html = None;
            }
        }
        self
    }
}

/// A drawn page as a resource of the document: the markup stands in the document itself, and is not written a second time
/// into the data that follows it.
#[derive(Clone, Debug, Deserialize)]
#[serde(transparent)]
pub struct InDocument(pub Drawn);

impl Serialize for InDocument {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Drawn { freshness, now, is_running, panels } = &self.0;
        let panels: Vec<Panel> = panels.iter().map(|panel| Panel { stamp: panel.stamp.clone(), html: None }).collect();
        let mut drawn = serializer.serialize_struct("Drawn", 4)?;
        drawn.serialize_field("freshness", freshness)?;
        drawn.serialize_field("now", now)?;
        drawn.serialize_field("is_running", is_running)?;
        drawn.serialize_field("panels", &panels)?;
        drawn.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_document_does_not_hold_its_markup_twice() {
        let drawn = Drawn {
            freshness: Freshness {
                source: domain::Source::Live,
                as_of: None,
                failed_at: None,
                blocked: false,
                running_since: None,
                complete: None,
                upcoming_count: 0,
                run_id: None,
                poll_seconds: 3600,
                unreachable_since: None,
            },
            now: DateTime::UNIX_EPOCH,
            is_running: false,
            panels: vec![Panel { stamp: "a".to_owned(), html: Some("<p>markup</p>".to_owned()) }],
        };
        let text = serde_json::to_string(&InDocument(drawn.clone())).expect("writes");
        assert!(!text.contains("markup"), "{text}");
        let InDocument(read) = serde_json::from_str(&text).expect("reads");
        assert_eq!(read.stamps(), drawn.stamps());
    }
}
