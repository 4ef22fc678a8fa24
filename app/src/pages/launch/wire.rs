use domain::LaunchDetail;
use serde::{Deserialize, Serialize, Serializer};

use crate::drawn::Panel;

/// The wire format of a launch's page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct LaunchView {
    pub(super) detail: LaunchDetail,
    /// Programs and payloads, rendered by the server; without a stamp there is nothing to show.
    pub(super) carried: Panel,
}

/// A launch as a resource of the document. It omits the rendered HTML, which is already in the document itself.
#[derive(Clone, Debug, Deserialize)]
#[serde(transparent)]
pub(super) struct InDocument(pub(super) LaunchView);

impl Serialize for InDocument {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let LaunchView { detail, carried } = self.0.clone();
        LaunchView { detail, carried: Panel { html: None, ..carried } }.serialize(serializer)
    }
}
