use chrono::{DateTime, Utc};
use domain::{Freshness, Launch, Location, Pad};
use serde::{Deserialize, Serialize, Serializer};

use crate::drawn::Panel;

/// The wire format of a profile.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct ProfileView {
    pub(super) id: i32,
    pub(super) name: String,
    /// Head, record, what LL2 says, companions: rendered by the server.
    pub(super) panels: Vec<Panel>,
    /// Only for a pad.
    pub(super) place: Option<(Pad, Location)>,
    pub(super) upcoming: Vec<Launch>,
    pub(super) ahead: i64,
    /// One page of the past launches. Pages are counted from 1.
    pub(super) past: Vec<Launch>,
    pub(super) behind: i64,
    pub(super) page: i64,
    pub(super) pages: i64,
    pub(super) freshness: Freshness,
    pub(super) now: DateTime<Utc>,
}

/// A profile as a resource of the document. It omits the panels' HTML, which is already in the document itself.
#[derive(Clone, Debug, Deserialize)]
#[serde(transparent)]
pub(super) struct InDocument(pub(super) ProfileView);

impl Serialize for InDocument {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut profile = self.0.clone();
        for panel in &mut profile.panels {
            panel.html = None;
        }
        profile.serialize(serializer)
    }
}
