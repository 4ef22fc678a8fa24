use domain::{Choice, Facet, MoonTier, StatusKind};
use leptos::prelude::*;

use crate::{
    components::{MoonGlyph, StatusGlyph, status_class, status_word},
    erase::Erase as _,
    pages::board::state::Filters,
};

/// Number of choices shown before the reader requests the rest: the most used ones.
const FIRST: usize = 8;

/// A facet with few choices, all visible. Chips are links: they work before any script has loaded, and can be opened in a new tab.
#[component]
pub(in crate::pages::board::filters) fn FacetChips(facet: Facet) -> impl IntoView {
    let filters = expect_context::<Filters>();
    view! {
        <div class="chips" role="group" aria-label=facet.label()>
            <span class="cap" aria-hidden="true">{facet.label()}</span>
            {move || filters.catalog.with(|catalog| chips(filters, facet, catalog.choices(facet)))}
        </div>
    }
    .erase()
}

fn chips(filters: Filters, facet: Facet, choices: &[Choice]) -> impl IntoView + use<> {
    let counts = counts(filters, facet, Signal::derive(|| true));
    in_chip_order(facet, choices)
        .into_iter()
        .map(|(at, choice)| {
            let (mark, title) = face(facet, &choice.key);
            let word = word(facet, choice);
            chip(filters, facet, &choice.key, Signal::derive(move || count_at(counts, at)), mark, word, title)
        })
        .collect_view()
}

/// Returns the choices with their positions, in the order of the chips: statuses and tiers have a fixed order, which is easier to learn
/// than an order by count.
pub(in crate::pages::board::filters) fn in_chip_order(facet: Facet, choices: &[Choice]) -> Vec<(usize, &Choice)> {
    let mut choices: Vec<_> = choices.iter().enumerate().collect();
    domain::sort::sort_by_key(&mut choices, |(_, choice)| place(facet, &choice.key));
    choices
}

/// One frequently used choice as a separate chip.
#[component]
pub(in crate::pages::board::filters) fn ChoiceChip(
    facet: Facet,
    key: &'static str,
    word: &'static str,
) -> impl IntoView {
    let filters = expect_context::<Filters>();
    let counts = counts(filters, facet, Signal::derive(|| true));
    let count = Signal::derive(move || {
        let at = filters.catalog.with(|catalog| catalog.choices(facet).iter().position(|choice| choice.key == key));
        at.map_or(0, |at| count_at(counts, at))
    });
    chip(filters, facet, key, count, ().erase(), word.to_owned(), None)
}

fn chip(
    filters: Filters,
    facet: Facet,
    key: &str,
    count: Signal<usize>,
    mark: AnyView,
    word: String,
    title: Option<&'static str>,
) -> AnyView {
    let key = key.to_owned();
    let selected = {
        let key = key.clone();
        Memo::new(move |_| filters.query.with(|query| query.selects(facet, &key)))
    };
    view! {
        <a
            class="chip"
            class:zero=move || count.get() == 0
            aria-current=move || selected.get().then_some("true")
            href=move || filters.href_toggled(facet, &key)
            title=title
            data-noscroll=""
        >
            {mark}
            {word}
            " "
            <i>{count}</i>
        </a>
    }
    .erase()
}

/// Glyph and tooltip of a chip.
fn face(facet: Facet, key: &str) -> (AnyView, Option<&'static str>) {
    match facet {
        Facet::Status => {
            let kind = status_kind(key);
            let mark =
                view! { <span class=format!("status {}", status_class(kind))><StatusGlyph kind/></span> }.erase();
            (mark, kind.meaning())
        }
        Facet::Moon => {
            let tier = MoonTier::from_slug(key).unwrap_or(MoonTier::Unknown);
            (view! { <MoonGlyph tier/> }.erase(), None)
        }
        _ => (().erase(), None),
    }
}

/// Returns the label of a chip: short for a known status, else LL2's label.
pub(in crate::pages::board::filters) fn word(facet: Facet, choice: &Choice) -> String {
    let short = if facet == Facet::Status { status_word(status_kind(&choice.key)) } else { None };
    short.map_or_else(|| choice.label.clone(), str::to_owned)
}

fn status_kind(key: &str) -> StatusKind {
    StatusKind::from_slug(key).unwrap_or(StatusKind::Other(key.parse().unwrap_or(-1)))
}

fn place(facet: Facet, key: &str) -> usize {
    let found = match facet {
        Facet::Status => StatusKind::KNOWN.iter().position(|kind| kind.slug() == Some(key)),
        Facet::Moon => MoonTier::ALL.iter().position(|tier| tier.slug() == key),
        _ => None,
    };
    found.unwrap_or(usize::MAX)
}

/// Returns how many launches each choice would show under the other filters. Hidden lists are not recounted: with fourteen lists,
/// that is most of the time that a filter takes.
fn counts(filters: Filters, facet: Facet, open: Signal<bool>) -> Memo<Vec<usize>> {
    Memo::new(move |before: Option<&Vec<usize>>| match before {
        Some(before) if !open.get() => before.clone(),
        _ => filters.rows.with(|rows| rows.counts(facet)),
    })
}

/// Returns 0 if out of range: a list that is about to be replaced by that of another board may be longer than the counts.
fn count_at(counts: Memo<Vec<usize>>, at: usize) -> usize {
    counts.with(|counts| counts.get(at).copied().unwrap_or(0))
}

/// A facet with many choices, as check boxes of the filter form. Without JavaScript, the form's submit button sends them.
#[component]
pub(in crate::pages::board::filters) fn FacetList(
    facet: Facet,
    /// Whether the list is visible.
    #[prop(into)]
    open: Signal<bool>,
) -> impl IntoView {
    let filters = expect_context::<Filters>();
    let sought = RwSignal::new(String::new());
    let all = RwSignal::new(false);
    let is_due = Memo::new(move |before: Option<&bool>| before == Some(&true) || open.get());
    view! {
        <fieldset class="opts" class:all=move || all.get() || sought.with(|sought| !sought.is_empty())>
            <legend class="sr">{facet.label()}</legend>
            {move || if is_due.get() {
                let list =
                    filters.catalog.with(|catalog| options(filters, facet, catalog.choices(facet), open, sought, all));
                list.erase()
            } else {
                unscripted(filters, facet, open)
            }}
        </fieldset>
    }
    .erase()
}

/// The list of an unopened menu, for browsers without JavaScript only. With JavaScript, a thousand nodes would have to be hydrated before
/// the page is usable, and most of them are never seen.
fn unscripted(filters: Filters, facet: Facet, open: Signal<bool>) -> AnyView {
    #[cfg(feature = "ssr")]
    let html = {
        let (sought, all) = (RwSignal::new(String::new()), RwSignal::new(false));
        filters.catalog.with(|catalog| options(filters, facet, catalog.choices(facet), open, sought, all)).to_html()
    };
    // In the browser, the server's markup stays unchanged.
    #[cfg(not(feature = "ssr"))]
    let html = {
        let _ = (filters, facet, open);
        ""
    };
    view! { <noscript inner_html=html></noscript> }.erase()
}

fn options(
    filters: Filters,
    facet: Facet,
    choices: &[Choice],
    open: Signal<bool>,
    sought: RwSignal<String>,
    all: RwSignal<bool>,
) -> impl IntoView + use<> {
    let counts = counts(filters, facet, open);
    let selected = Memo::new(move |_| filters.query.with(|query| facet.selected(query)));
    let count = choices.len();
    let is_long = count > FIRST;
    let names: Vec<String> = choices.iter().map(|choice| choice.label.to_lowercase()).collect();
    let found = Memo::new(move |_| {
        sought.with(|sought| names.iter().map(|name| name.contains(sought.as_str())).collect::<Vec<_>>())
    });
    let options = choices
        .iter()
        .enumerate()
        .map(|(at, choice)| option(filters, facet, choice, at, counts, selected, found))
        .collect_view();
    let none_found = move || found.with(|found| !found.contains(&true));
    let find = move |event| sought.set(event_target_value(&event).trim().to_lowercase());
    // Without this, Enter would submit the form.
    let keep = |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Enter" {
            event.prevent_default();
        }
    };
    view! {
        {is_long.then(|| view! {
            <input
                class="find scripted"
                type="search"
                autocomplete="off"
                placeholder="Find"
                aria-label=format!("Find in {}", facet.label().to_lowercase())
                on:input=find
                on:keydown=keep
            />
        })}
        {options}
        <p class="s13 f none" hidden=move || !none_found()>
            {if count == 0 { "Not given for any launch." } else { "No choice contains this." }}
        </p>
        {is_long.then(|| view! {
            <button
                class="btn quiet scripted rest-button"
                type="button"
                aria-expanded=move || all.get().to_string()
                hidden=move || sought.with(|sought| !sought.is_empty())
                on:click=move |_| all.update(|all| *all = !*all)
            >
                {move || if all.get() { "Show fewer".to_owned() } else { format!("Show all {count}") }}
            </button>
        })}
    }
}

fn option(
    filters: Filters,
    facet: Facet,
    choice: &Choice,
    at: usize,
    counts: Memo<Vec<usize>>,
    selected: Memo<Vec<String>>,
    found: Memo<Vec<bool>>,
) -> impl IntoView + use<> {
    let Choice { key, label, .. } = choice.clone();
    let is_selected = {
        let key = key.clone();
        move || selected.with(|selected| selected.contains(&key))
    };
    let value = Facet::spelled(&key);
    let is_rest = at >= FIRST;
    view! {
        <label
            class="opt"
            class:rest=is_rest
            class:zero=move || count_at(counts, at) == 0
            hidden=move || found.with(|found| found.get(at) == Some(&false))
        >
            <input
                type="checkbox"
                name=facet.key()
                value=value
                checked=is_selected.clone()
                prop:checked=is_selected
                on:change=move |_| filters.ask(|query| query.toggle(facet, &key))
            />
            <span>{label}</span>
            <i>{move || count_at(counts, at)}</i>
        </label>
    }
}
