//! The board as of an earlier time: a slider over the observations, and the banner that shows the selected time.

use chrono::{DateTime, Utc};
use domain::{BoardQuery, Facet};
use leptos::{html, prelude::*};

use crate::{components::Icon, erase::Erase as _, pages::board::state::Filters, time::use_present_minute};

/// Warns on every screen of the page that this is not the present, and links back to it.
#[component]
pub(in crate::pages::board) fn PastBanner() -> impl IntoView {
    let filters = expect_context::<Filters>();
    move || {
        filters.then().map(|past| {
            let then = past.as_of.format("%-d %b %Y, %H:%M UTC").to_string();
            let known =
                past.observed_at.map(|at| at.format("Last observation before it: %-d %b %Y, %H:%M UTC.").to_string());
            let back = move || filters.href_with(|query| query.as_of = None);
            view! {
                <p class="ban past">
                    <Icon name="i-back"/>
                    <span class="grow"><b>{format!("The board as of {then}.")}</b>" "{known}</span>
                    <a class="btn" href=back data-noscroll="">"Back to now"</a>
                </p>
            }
        })
    }
}

/// Replaces the board for a time before the first observation.
#[component]
pub(in crate::pages::board) fn NotObservedYet() -> impl IntoView {
    view! {
        <section class="panel pad state" aria-labelledby="nothing-then">
            <svg class="mask" viewBox="0 0 26 20" aria-hidden="true"><use href="#mask"></use></svg>
            <h1 id="nothing-then">"Nothing was observed then"</h1>
            <p class="m">"That is before the first observation of LL2. What LL2 listed then is unknown."</p>
        </section>
    }
    .erase()
}

/// The disclosure with the slider and a date input. Without JavaScript, only the date input works.
#[component]
pub(in crate::pages::board) fn TimeTravel(
    /// Whether reading the board of the requested time failed.
    failed: RwSignal<bool>,
) -> impl IntoView {
    let filters = expect_context::<Filters>();
    let asked = Memo::new(move |_| filters.query.with(|query| query.as_of));
    let details = NodeRef::<html::Details>::new();
    let open = RwSignal::new(false);
    let moments = RwSignal::new(Vec::<i64>::new());
    #[cfg(feature = "hydrate")]
    browser::read_when_open(details, open, moments);
    view! {
        <details
            class="panel tool travel"
            node_ref=details
            open=asked.get_untracked().is_some()
            on:toggle=move |_| open.set(details.get_untracked().is_some_and(|details| details.open()))
        >
            <summary>
                <Icon name="i-back"/>
                <b>"Time travel"</b>
                <span class="m s13">{move || match asked.get() {
                    Some(at) => at.format("%-d %b %Y, %H:%M UTC").to_string(),
                    None => "the board as of any day".to_owned(),
                }}</span>
            </summary>
            <div class="tool-body">
                {move || failed.get().then(|| view! {
                    <p class="ban stale" role="alert">
                        <Icon name="st-warn"/>
                        <span>"The board of that time could not be read. Showing the board of the line above."</span>
                    </p>
                })}
                {move || match moments.with(Vec::len) {
                    0 => None,
                    1 => Some(view! {
                        <p class="s13 m">"No change of the board has been observed yet: there is only one observation."</p>
                    }.erase()),
                    _ => Some(view! { <Slider moments asked/> }.erase()),
                }}
                {typed(asked)}
            </div>
        </details>
    }
    .erase()
}

/// A date input: exact, unlike the slider, and the only control without JavaScript. It submits the rest of the query as well.
fn typed(asked: Memo<Option<DateTime<Utc>>>) -> impl IntoView {
    let filters = expect_context::<Filters>();
    // An empty string instead of `None`: with `None`, the property would become the string "undefined".
    let day = move || match asked.get() {
        Some(at) => (at - chrono::TimeDelta::seconds(1)).date_naive().to_string(),
        None => String::new(),
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(input) = document().get_element_by_id("as-of-day") else { return };
        use leptos::wasm_bindgen::JsCast as _;
        let typed = input.unchecked_into::<leptos::web_sys::HtmlInputElement>().value();
        if let Ok(parsed) = BoardQuery::from_pairs([("as_of", typed.as_str())]) {
            filters.ask(|query| query.as_of = parsed.as_of);
        }
    };
    view! {
        <form class="row wrapf as-of" method="get" action="/" on:submit=submit>
            {move || carried(&filters.query.get())}
            <label class="row" for="as-of-day">
                <span class="s13">"End of day (UTC)"</span>
                <span class="field"><input id="as-of-day" type="date" name="as_of" value=day prop:value=day/></span>
            </label>
            <button class="btn" type="submit">"Show"</button>
            {move || asked.get().is_some().then(|| view! {
                <a class="btn quiet" href=move || filters.href_with(|query| query.as_of = None) data-noscroll="">"Back to now"</a>
            })}
        </form>
    }
}

/// The rest of the query as hidden inputs, for a browser without JavaScript.
fn carried(query: &BoardQuery) -> impl IntoView + use<> {
    let mut carried = vec![("q".to_owned(), query.q.clone())];
    for facet in Facet::ALL {
        carried.extend(facet.selected(query).into_iter().map(|key| (facet.key().to_owned(), Facet::spelled(&key))));
    }
    // The remaining values are our own keywords and numbers: none of them needs percent-encoding.
    let others = BoardQuery { q: String::new(), as_of: None, ..query.clone() }.to_query_string();
    let others =
        others.split('&').filter_map(|pair| pair.split_once('=')).filter(|(name, _)| Facet::from_key(name).is_none());
    carried.extend(others.map(|(name, value)| (name.to_owned(), value.to_owned())));
    carried.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value/> }).collect_view()
}

/// A slider from the first observation to now. It stops where the board changed: between two observations the board is the same.
#[component]
fn Slider(moments: RwSignal<Vec<i64>>, asked: Memo<Option<DateTime<Utc>>>) -> impl IntoView {
    let filters = expect_context::<Filters>();
    let minute = use_present_minute();
    let now = minute.get_untracked().timestamp();
    let first = moments.with_untracked(|moments| moments.first().copied().unwrap_or(now).min(now - 60));
    // The position of the slider. It runs ahead of the URL, which is updated once the slider rests.
    let held = RwSignal::new(asked.get_untracked().map(|at| at.timestamp()));
    Effect::new(move || held.set(asked.get().map(|at| at.timestamp())));
    let pending = StoredValue::new(None::<TimeoutHandle>);
    let go = move |to: Option<i64>| {
        held.set(to);
        pending.update_value(|pending| {
            if let Some(pending) = pending.take() {
                pending.clear();
            }
            let ask = move || {
                let to = held.get_untracked().and_then(|seconds| DateTime::from_timestamp(seconds, 0));
                if to != asked.get_untracked() {
                    filters.ask(|query| query.as_of = to);
                }
            };
            *pending = set_timeout_with_handle(ask, std::time::Duration::from_millis(250)).ok();
        });
    };
    on_cleanup(move || {
        if let Some(pending) = pending.try_update_value(Option::take).flatten() {
            pending.clear();
        }
    });
    let dragged = move |value: String| {
        let seconds = value.parse::<f64>().map_or(now, |value| value as i64);
        let newest = moments.with_untracked(|moments| moments.last().copied().unwrap_or(first));
        // After the newest change, the board is the present one.
        go(Some(moments.with_untracked(|moments| stop_at(moments, seconds))).filter(|stop| *stop < newest));
    };
    let step = move |forward: bool| {
        moments.with_untracked(|moments| {
            let newest = moments.last().copied().unwrap_or(first);
            go(neighbour(moments, held.get_untracked(), forward).filter(|stop| *stop < newest));
        });
    };
    let key = move |event: leptos::ev::KeyboardEvent| {
        match event.key().as_str() {
            "ArrowLeft" | "ArrowDown" => step(false),
            "ArrowRight" | "ArrowUp" => step(true),
            "Home" => go(Some(first)),
            "End" => go(None),
            _ => return,
        }
        event.prevent_default();
    };
    let words = move || match held.get().and_then(|seconds| DateTime::from_timestamp(seconds, 0)) {
        Some(at) => at.format("%-d %b %Y, %H:%M UTC").to_string(),
        None => "now".to_owned(),
    };
    let value = move || held.get().unwrap_or(now).to_string();
    let marks = moments.with_untracked(|moments| {
        let place = |at: &i64| format!("{:.2}%", share(first, now, *at) * 100.0);
        moments.iter().map(place).map(|at| view! { <line x1=at.clone() x2=at y1="0" y2="8"></line> }).collect_view()
    });
    let at_start = move || moments.with_untracked(|moments| neighbour(moments, held.get(), false) == held.get());
    view! {
        <div class="slider">
            <button class="btn ico" type="button" aria-label="To the change before" disabled=at_start on:click=move |_| step(false)>"\u{25c2}"</button>
            <div class="grow">
                <input
                    type="range"
                    aria-label="Show the board as of"
                    aria-valuetext=words
                    min=first
                    max=now
                    step="1"
                    prop:value=value
                    on:input=move |event| dragged(event_target_value(&event))
                    on:keydown=key
                />
                <svg class="moments" width="100%" height="8" aria-hidden="true">{marks}</svg>
                <p class="row between s13 m">
                    <span>{day(first)}</span>
                    <b>{words}</b>
                    <span>"now"</span>
                </p>
            </div>
            <button class="btn ico" type="button" aria-label="To the change after" disabled=move || held.get().is_none() on:click=move |_| step(true)>"\u{25b8}"</button>
        </div>
    }
    .erase()
}

fn day(seconds: i64) -> String {
    DateTime::from_timestamp(seconds, 0).map(|at| at.format("%-d %b %Y").to_string()).unwrap_or_default()
}

fn share(first: i64, last: i64, at: i64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "seconds of this age are exact in a double")]
    let (part, whole) = ((at - first) as f64, (last - first).max(1) as f64);
    (part / whole).clamp(0.0, 1.0)
}

/// Returns the observation in force at a time; before the first observation, the first one.
fn stop_at(moments: &[i64], seconds: i64) -> i64 {
    let after = moments.partition_point(|at| *at <= seconds);
    moments.get(after.saturating_sub(1)).copied().unwrap_or(seconds)
}

/// Returns the observation before or after the one shown. `None` means now: the state after the last one.
fn neighbour(moments: &[i64], held: Option<i64>, forward: bool) -> Option<i64> {
    let before = |count: usize| count.checked_sub(1).and_then(|at| moments.get(at)).copied();
    match (held, forward) {
        (None, true) => None,
        // The newest observation is the board shown now.
        (None, false) => before(moments.len().saturating_sub(1)).or_else(|| moments.first().copied()),
        (Some(held), true) => moments.get(moments.partition_point(|at| *at <= held)).copied(),
        (Some(held), false) => before(moments.partition_point(|at| *at < held)).or(Some(held)),
    }
}

#[cfg(feature = "hydrate")]
mod browser {
    use leptos::{html, prelude::*, task::spawn_local};

    use crate::pages::board::state::moments as read_moments;

    /// Loads the stops once per page, when the disclosure is first opened.
    pub(super) fn read_when_open(details: NodeRef<html::Details>, open: RwSignal<bool>, moments: RwSignal<Vec<i64>>) {
        Effect::new(move || {
            // If the server rendered it open, no `toggle` event fires.
            if details.get().is_some_and(|details| details.open()) {
                open.set(true);
            }
        });
        Effect::new(move || {
            if open.get() && moments.with_untracked(Vec::is_empty) {
                spawn_local(async move {
                    // Without the stops, the date input still works.
                    if let Ok(read) = read_moments().await {
                        let _ = moments.try_set(read);
                    }
                });
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slider_stops_where_the_board_changed() {
        let moments = [10, 20, 30];
        assert_eq!([5, 10, 19, 20, 99].map(|at| stop_at(&moments, at)), [10, 10, 10, 20, 30]);
    }

    #[test]
    fn a_step_goes_from_change_to_change_and_ends_now() {
        let moments = [10, 20, 30];
        let step = |held, forward| neighbour(&moments, held, forward);
        assert_eq!(step(None, false), Some(20), "30 is what is shown now");
        assert_eq!(step(Some(20), false), Some(10));
        assert_eq!(step(Some(10), false), Some(10), "there is nothing before");
        assert_eq!(step(Some(10), true), Some(20));
        assert_eq!(step(Some(30), true), None);
        assert_eq!(neighbour(&[10], None, false), Some(10));
    }
}
