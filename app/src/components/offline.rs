use chrono::{DateTime, Utc};
use leptos::prelude::*;

use super::Icon;
use crate::erase::Erase as _;

/// Shows that there is no connection, and the time of the data on the page. `public/companion.js` detects the connection; a page
/// from the service worker's cache already has the mark.
#[component]
pub fn OfflineBanner(as_of: Option<DateTime<Utc>>) -> impl IntoView {
    let offline = RwSignal::new(false);
    #[cfg(feature = "hydrate")]
    Effect::new(move || browser::follow(offline));
    let data = as_of.map_or_else(
        || "No data was loaded before the connection was lost.".to_owned(),
        |as_of| as_of.format("Showing the data of %-d %b %Y, %H:%M UTC. Dates may have changed since.").to_string(),
    );
    view! {
        <div class="wrap banners" role="status">
            {move || offline.get().then(|| view! {
                <p class="ban off">
                    <Icon name="i-offline"/>
                    <span><b>"No connection."</b>" "{data.clone()}</span>
                </p>
            })}
        </div>
    }
    .erase()
}

#[cfg(feature = "hydrate")]
mod browser {
    use leptos::prelude::*;

    pub(super) fn follow(offline: RwSignal<bool>) {
        let look = move || {
            let root = document().document_element();
            offline.set(root.is_some_and(|root| root.has_attribute("data-offline")));
        };
        look();
        let changed = window_event_listener_untyped("mooncoon-connection", move |_| look());
        on_cleanup(move || changed.remove());
    }
}
