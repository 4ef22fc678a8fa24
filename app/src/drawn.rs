//! Pages whose markup only the server can render.
//!
//! Pipeline and dictionary have few readers and no control that needs our types in the browser: their panels are sent as HTML. The
//! browser half has no code for them except the code that replaces an older panel by a newer one.

use chrono::{DateTime, Utc};
use domain::Freshness;
use serde::{Deserialize, Serialize, Serializer, ser::SerializeStruct as _};

/// A part of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Panel {
    /// The hash of the markup.
    pub stamp: String,
    /// Escaped by the server that rendered it; none if the reader already has it.
    pub html: Option<String>,
}

impl Panel {
    /// Creates a panel from its rendered markup.
    #[cfg(feature = "ssr")]
    pub fn new(html: String) -> Self {
        use std::hash::{DefaultHasher, Hash as _, Hasher as _};
        let mut hasher = DefaultHasher::new();
        html.hash(&mut hasher);
        Self { stamp: format!("{:016x}", hasher.finish()), html: Some(html) }
    }
}

/// Renders a view to HTML; it is rendered once and never hydrated.
#[cfg(feature = "ssr")]
pub fn html(view: impl leptos::prelude::IntoView) -> String {
    use leptos::prelude::RenderHtml as _;
    view.into_view().to_html()
}

/// A page as a list of panels.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drawn {
    pub freshness: Freshness,
    pub now: DateTime<Utc>,
    /// Whether a run is in progress: then the page should poll again soon.
    pub is_running: bool,
    pub panels: Vec<Panel>,
}

impl Drawn {
    /// Returns the stamps of all panels, to be sent back with the next request.
    pub fn stamps(&self) -> String {
        self.panels.iter().map(|panel| panel.stamp.as_str()).collect::<Vec<_>>().join(".")
    }

    /// Removes the markup that the reader already has.
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

/// A rendered page as a resource of the document: the markup is in the document itself and is not repeated in the data that
/// follows it.
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
    fn the_document_does_not_contain_its_markup_twice() {
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
