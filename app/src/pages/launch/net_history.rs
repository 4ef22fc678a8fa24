use leptos::prelude::*;

use super::detail::Detail;
use crate::{
    charts::net_history,
    components::{ChartFigure, Origin},
    erase::Erase as _,
};

/// The dates that the launch was listed for, as a chart over the time of observation. Expects at least one change.
#[component]
pub(super) fn NetHistory(detail: Detail) -> impl IntoView {
    // A launch's page does not change while it is open, so neither does its figure.
    let figure = Memo::new(move |_| {
        detail.with_value(|detail| {
            let until = if detail.launch.status_kind().has_left_the_pad() { detail.launch.net } else { detail.now };
            net_history(&detail.changes, detail.first_seen_at, until)
        })
    });
    let origin = detail.with_value(|detail| {
        let as_of = detail.freshness.as_of;
        Origin { source: detail.freshness.source, as_of: Signal::derive(move || as_of) }
    });
    view! { <ChartFigure id="net-history" figure questions=None origin/> }.erase()
}
