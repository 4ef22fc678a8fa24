use leptos::prelude::*;

use super::Icon;
use crate::erase::Erase as _;
use crate::time::{Zone, use_zone};

/// Chooses the time zone of all times: buttons on a wide screen, a select on a narrow one.
#[component]
pub fn ZoneSwitch() -> impl IntoView {
    let zone = use_zone();
    let buttons = Zone::ALL.map(|one| {
        view! {
            <button type="button" aria-pressed=move || (zone.get() == one).to_string() on:click=move |_| zone.set(one)>
                {one.label()}
            </button>
        }
    });
    let options = Zone::ALL.map(|one| {
        view! { <option value=one.label() selected=move || zone.get() == one>{one.label()}</option> }
    });
    let choose = move |chosen: String| {
        if let Some(one) = Zone::ALL.into_iter().find(|one| one.label() == chosen) {
            zone.set(one);
        }
    };
    view! {
        <div class="seg no-phone" role="group" aria-label="Time zone">{buttons}</div>
        <select class="zone-select only-phone" aria-label="Time zone" on:change=move |event| choose(event_target_value(&event))>
            {options}
        </select>
    }
    .erase()
}

/// Counts the changes of the theme, for everything that must be drawn again with the new colours.
#[derive(Clone, Copy)]
struct ThemeChanges(RwSignal<u32>);

/// Provides the changes of the theme to all pages, whether by the switch or by the system.
pub fn provide_theme() {
    let changes = RwSignal::new(0);
    provide_context(ThemeChanges(changes));
    #[cfg(feature = "hydrate")]
    Effect::new(move || browser::watch_system(changes));
}

/// Returns a signal that changes with the theme.
pub fn use_theme_changes() -> Signal<u32> {
    expect_context::<ThemeChanges>().0.into()
}

/// Toggles dark and light. The system's preference applies until the reader chooses.
#[component]
pub fn ThemeSwitch() -> impl IntoView {
    let ThemeChanges(changes) = expect_context();
    let swap = move |_| {
        #[cfg(feature = "hydrate")]
        browser::swap();
        changes.update(|count| *count += 1);
    };
    view! {
        <button
            type="button"
            class="btn quiet ico"
            aria-label="Switch between dark and light"
            data-theme-switch=""
            on:click=swap
        >
            <Icon name="i-theme"/>
        </button>
    }
    .erase()
}

#[cfg(feature = "hydrate")]
mod browser {
    use leptos::prelude::*;
    use wasm_bindgen::{JsCast as _, closure::Closure};

    const LIGHT: &str = "(prefers-color-scheme: light)";
    /// `public/theme.js` reads the same key before the first paint.
    const KEY: &str = "mooncoon.theme";

    pub(super) fn swap() {
        let Some(root) = document().document_element() else { return };
        let is_light = match root.get_attribute("data-theme") {
            Some(theme) => theme == "light",
            None => window().match_media(LIGHT).ok().flatten().is_some_and(|list| list.matches()),
        };
        let theme = if is_light { "dark" } else { "light" };
        // Both fail only if the browser forbids them; the theme is only a preference.
        let _ = root.set_attribute("data-theme", theme);
        if let Ok(Some(storage)) = window().local_storage() {
            let _ = storage.set_item(KEY, theme);
        }
    }

    pub(super) fn watch_system(changes: RwSignal<u32>) {
        let Ok(Some(list)) = window().match_media(LIGHT) else { return };
        let changed = Closure::<dyn Fn()>::new(move || changes.update(|count| *count += 1));
        list.set_onchange(Some(changed.as_ref().unchecked_ref()));
        // Lives as long as the application, which is as long as the page.
        changed.forget();
    }
}
