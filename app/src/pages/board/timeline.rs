use leptos::prelude::*;

use super::rows::Rows;

/// The selected launches as bands over time.
#[component]
pub fn Timeline(rows: Memo<Rows>) -> impl IntoView {
    move || rows.with(Rows::len)
}
