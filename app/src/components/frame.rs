use chrono::{DateTime, Utc};
use domain::Freshness;
use leptos::prelude::*;

use crate::time::provide_clock;

/// What surrounds every page: top bar, banners, footer, and the page's clock.
///
/// Each page brings its own frame because the freshness in it comes with the page's data, in the same trip.
#[component]
pub fn Frame(
    /// How old the data of this page is; a page without data says nothing of it.
    #[prop(optional_no_strip)]
    known: Option<(Freshness, DateTime<Utc>)>,
    children: ChildrenFn,
) -> impl IntoView {
    let now = known.as_ref().map_or(DateTime::UNIX_EPOCH, |(_, now)| *now);
    provide_clock(now);
    let _ = known;
    view! { <main id="main" tabindex="-1">{children()}</main> }
}
