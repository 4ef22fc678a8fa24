use domain::LaunchDetail;
use serde::{Deserialize, Serialize, Serializer};

use crate::drawn::Panel;

/// A launch as it crosses the wire.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct LaunchView {
    pub(super) detail: LaunchDetail,
    /// What it carries and what it belongs to, drawn by the server; without a stamp there is nothing to show.
    pub(super) carried: Panel,
}

/// A launch as a resource of the document, where what is drawn stands in the document itself.
#[derive(Clone, Debug, Deserialize)]
#[serde(transparent)]
pub(super) struct InDocument(pub(super) LaunchView);

impl Serialize for InDocument {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let LaunchView { detail, carried } = self.0.clone();
        LaunchView { detail, carried: Panel { html: None, ..carried } }.serialize(serializer)
    }
}
