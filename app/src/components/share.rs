use leptos::prelude::*;

use crate::erase::Erase as _;

/// The result of the last press, shown next to the buttons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "only the browser copies and shares"))]
enum Said {
    Nothing,
    Copied,
    Shared,
    /// The browser refused: the page shows the address to copy by hand.
    Refused,
}

/// Buttons that share a page's address: always to the clipboard, and to another app if the browser supports it.
#[component]
pub fn Share(
    /// The page's path on this site.
    path: String,
    title: String,
) -> impl IntoView {
    let said = RwSignal::new(Said::Nothing);
    // Only the browser knows whether it can share: the button appears after hydration.
    let offers = RwSignal::new(false);
    let path = StoredValue::new(path);
    let title = StoredValue::new(title);
    #[cfg(feature = "hydrate")]
    Effect::new(move || offers.set(browser::offers_to_share()));
    let copy = move |_| {
        #[cfg(feature = "hydrate")]
        path.with_value(|path| browser::copy(path, said));
        #[cfg(not(feature = "hydrate"))]
        said.set(Said::Nothing);
    };
    let share = move |_| {
        #[cfg(feature = "hydrate")]
        path.with_value(|path| title.with_value(|title| browser::share(path, title, said)));
        #[cfg(not(feature = "hydrate"))]
        let _ = title;
    };
    let words = move || match said.get() {
        Said::Nothing => String::new(),
        Said::Copied => "Link copied.".to_owned(),
        Said::Shared => "Shared.".to_owned(),
        Said::Refused => "The browser does not allow copying. The address:".to_owned(),
    };
    view! {
        <button type="button" class="btn" on:click=copy>"Copy link"</button>
        {move || offers.get().then(|| view! { <button type="button" class="btn" on:click=share>"Share"</button> })}
        <p class="share-said s13 m">
            <span role="status">{words}</span>
            {move || (said.get() == Said::Refused).then(|| view! {
                <input class="share-address" type="text" readonly="" aria-label="Address of this page" prop:value=path.with_value(|path| address(path))/>
            })}
        </p>
    }
    .erase()
}

/// Returns the absolute address of a path of this site.
fn address(path: &str) -> String {
    #[cfg(feature = "hydrate")]
    {
        let origin = window().location().origin().unwrap_or_default();
        format!("{origin}{path}")
    }
    #[cfg(not(feature = "hydrate"))]
    path.to_owned()
}

#[cfg(feature = "hydrate")]
mod browser {
    use js_sys::{Function, Object, Promise, Reflect};
    use leptos::prelude::*;
    use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};

    use super::{Said, address};

    pub(super) fn offers_to_share() -> bool {
        navigator().is_some_and(|navigator| method(&navigator, "share").is_some())
    }

    pub(super) fn copy(path: &str, said: RwSignal<Said>) {
        let clipboard = navigator().and_then(|navigator| Reflect::get(&navigator, &"clipboard".into()).ok());
        let copied =
            clipboard.and_then(|clipboard| call_promise(&clipboard, "writeText", &JsValue::from_str(&address(path))));
        match copied {
            Some(copied) => settle(&copied, move || said.set(Said::Copied), move |_| said.set(Said::Refused)),
            // Browsers offer no clipboard to a page that was not loaded over https.
            None => said.set(Said::Refused),
        }
    }

    pub(super) fn share(path: &str, title: &str, said: RwSignal<Said>) {
        let path = path.to_owned();
        let data = Object::new();
        let is_set = Reflect::set(&data, &"title".into(), &title.into()).is_ok()
            && Reflect::set(&data, &"url".into(), &address(&path).into()).is_ok();
        let shared = navigator().filter(|_| is_set).and_then(|navigator| call_promise(&navigator, "share", &data));
        let Some(shared) = shared else { return copy(&path, said) };
        let refused = move |reason: JsValue| {
            // The reader closed the sheet: this is not an error.
            let name = Reflect::get(&reason, &"name".into()).ok().and_then(|name| name.as_string());
            if name.as_deref() == Some("AbortError") {
                said.set(Said::Nothing);
            } else {
                copy(&path, said);
            }
        };
        settle(&shared, move || said.set(Said::Shared), refused);
    }

    fn navigator() -> Option<JsValue> {
        Reflect::get(&window(), &"navigator".into()).ok()
    }

    fn method(object: &JsValue, name: &str) -> Option<Function> {
        Reflect::get(object, &name.into()).ok()?.dyn_into().ok()
    }

    /// Calls a method that may be missing: browsers differ, and a missing method would abort the whole app, so it is looked up first.
    fn call_promise(object: &JsValue, name: &str, argument: &JsValue) -> Option<Promise> {
        if !object.is_object() {
            return None;
        }
        method(object, name)?.call1(object, argument).ok()?.dyn_into().ok()
    }

    fn settle(promise: &Promise, done: impl FnOnce() + 'static, refused: impl FnOnce(JsValue) + 'static) {
        let done = Closure::once(move |_: JsValue| done());
        let refused = Closure::once(refused);
        let _ = promise.then2(&done, &refused);
        // One of the two runs once, at some time; each further press leaks a few bytes.
        done.forget();
        refused.forget();
    }
}
