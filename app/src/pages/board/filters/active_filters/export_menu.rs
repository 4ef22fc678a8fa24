use leptos::prelude::*;

use crate::{
    components::Icon,
    erase::Erase as _,
    exports::{FORMATS, export_address},
    pages::board::state::Filters,
};

/// Exports of the same rows for other programs: a one-time file, or a calendar and a feed that stay up to date. Their URLs differ
/// from the page's URL in the path only.
#[component]
pub(super) fn ExportMenu() -> impl IntoView {
    let filters = expect_context::<Filters>();
    let path = move |extension: &'static str| move || filters.query.with(|query| export_address(query, extension));
    // Absolute URLs, for programs that do not know this page. Only the browser knows the host name under which the site was reached.
    let origin = RwSignal::new(String::new());
    #[cfg(feature = "hydrate")]
    Effect::new(move || origin.set(window().location().origin().unwrap_or_default()));
    let whole = move |extension: &'static str| move || format!("{}{}", origin.get(), path(extension)());
    let webcal = move || match origin.get().split_once("://") {
        Some((_, host)) => format!("webcal://{host}{}", path(".ics")()),
        None => path(".ics")(),
    };
    view! {
        <span class="take s13">
            <span class="f">"Export "</span>
            {FORMATS
                .map(|(extension, name, is_file)| view! {
                    <a href=path(extension) rel="external" download=is_file.then_some("")>{name}</a>
                    " "
                })
                .collect_view()}
        </span>
        <details class="menu subscribe">
            <summary class="btn">"Subscribe" <Icon name="i-down" class="icon small"/></summary>
            <div class="drop">
                <p class="s13 m">
                    "The launches with these filters, updated automatically. A vague date spans its whole period."
                </p>
                <p><a class="btn pri" href=webcal rel="external">"Add to a calendar"</a></p>
                {address("calendar", "Calendar address", whole(".ics"))}
                {address("feed", "Feed address", whole(".atom"))}
            </div>
        </details>
    }
    .erase()
}

/// A URL with a copy button. `public/companion.js` copies it; if the browser refuses, it selects the text.
fn address(
    what: &'static str,
    label: &'static str,
    value: impl Fn() -> String + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let id = format!("{what}-address");
    view! {
        <div class="address">
            <label class="s13" for=id.clone()>{label}</label>
            <span class="field">
                <input id=id type="text" readonly="" value=value prop:value=value/>
                <button class="btn quiet" type="button" aria-label=format!("Copy the {what} address") data-copy="">"Copy"</button>
            </span>
            <span class="s13 m" role="status"></span>
        </div>
    }
}
