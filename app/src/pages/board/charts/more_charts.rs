use chrono::{NaiveDate, Timelike as _};
use domain::{Facet, Launch};
use leptos::prelude::*;

use super::flown_charts::FlownCharts;
use crate::{
    charts::{Hours, launches_per_country, launches_per_day, launches_per_pad_by_hour, launches_per_precision},
    components::ChartFigure,
    erase::Erase as _,
    pages::board::state::Filters,
    time::{Zone, offset_at, use_zone},
};

/// Charts that fewer readers need. They are created when opened and dropped when closed, so that hidden charts are never redrawn.
#[component]
pub(super) fn MoreCharts(today: Memo<NaiveDate>) -> impl IntoView {
    let open = RwSignal::new(false);
    let details = NodeRef::<leptos::html::Details>::new();
    let toggled = move |_| open.set(details.get_untracked().is_some_and(|details| details.open()));
    view! {
        <details class="more-charts scripted" node_ref=details on:toggle=toggled>
            <summary>
                <span class="more-charts-word">"More charts"</span>
                <span class="f">"days, precision, countries, hours, success by rocket, turnaround by pad"</span>
            </summary>
            {move || open.get().then(|| view! { <Opened today/> })}
        </details>
    }
    .erase()
}

#[component]
fn Opened(today: Memo<NaiveDate>) -> impl IntoView {
    let filters = expect_context::<Filters>();
    let Filters { query, rows, .. } = filters;
    let (questions, origin) = (Some(filters.questions()), filters.origin());
    let zone = use_zone();
    let per_day = Memo::new(move |_| {
        rows.with(|rows| query.with(|query| launches_per_day(&rows.on_any_day(), query, today.get())))
    });
    let per_precision = Memo::new(move |_| {
        rows.with(|rows| query.with(|query| launches_per_precision(&rows.tallies(Facet::Precision), query)))
    });
    let per_country = Memo::new(move |_| {
        rows.with(|rows| query.with(|query| launches_per_country(&rows.tallies(Facet::Country), query)))
    });
    let per_hour = Memo::new(move |_| {
        let zone = zone.get();
        let of = |launch: &Launch| {
            let offset = offset_at(zone, launch.location.timezone.as_deref(), launch.net);
            launch.net.with_timezone(&offset).hour()
        };
        let hours = Hours { zone: describe(zone), of: &of };
        rows.with(|rows| query.with(|query| launches_per_pad_by_hour(&rows.peers(Facet::Pad), query, &hours)))
    });
    view! {
        <div class="charts more">
            <div class="wide"><ChartFigure id="launches-per-day" figure=per_day questions origin/></div>
            <div><ChartFigure id="launches-per-precision" figure=per_precision questions origin/></div>
            <div><ChartFigure id="launches-per-country" figure=per_country questions origin/></div>
            <div class="wide"><ChartFigure id="launches-per-pad-by-hour" figure=per_hour questions origin/></div>
            <FlownCharts/>
        </div>
    }
    .erase()
}

/// Names the time zone, for use within a sentence.
fn describe(zone: Zone) -> &'static str {
    match zone {
        Zone::Utc => "UTC",
        Zone::Local => "your zone",
        Zone::Pad => "each pad's zone",
    }
}
