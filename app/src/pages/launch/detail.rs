use domain::LaunchDetail;
use leptos::prelude::*;

/// The data of a launch's page, shared by its parts without copies.
pub(super) type Detail = StoredValue<LaunchDetail>;
