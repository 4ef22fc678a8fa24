use std::collections::HashMap;

use domain::{BoardQuery, Facet, FacetOption, MoonTier, StatusKind, facet_options};
use leptos::prelude::*;

use super::Filters;
use crate::components::{MoonGlyph, StatusGlyph, status_class, status_word};
use crate::erase::Erase as _;

/// Every choice of a facet among all upcoming launches, most frequent first. The order is that of the unfiltered list and
/// never changes: choices that move under the finger get the wrong one pressed.
fn choices(filters: Filters, facet: Facet) -> Vec<FacetOption> {
    filters.board.with_value(|board| facet_options(&board.launches, &BoardQuery::default(), facet))
}

/// How many launches each choice would show under the other filters.
fn counts(filters: Filters, facet: Facet) -> HashMap<String, usize> {
    let query = filters.query.get();
    filters.board.with_value(|board| {
        facet_options(&board.launches, &query, facet).into_iter().map(|option| (option.key, option.count)).collect()
    })
}

/// A facet with few choices, all in view. Chips are links: they work before any script, and can be opened in a new tab.
#[component]
pub(super) fn FacetChips(facet: Facet) -> impl IntoView {
    let filters = expect_context::<Filters>();
    let counts = Memo::new(move |_| counts(filters, facet));
    let mut choices = choices(filters, facet);
    // Statuses and tiers have an order of their own, which is easier to learn than that of their counts.
    choices.sort_by_key(|choice| place(facet, &choice.key));
    let chips = choices.into_iter().map(|choice| chip(filters, facet, choice, counts)).collect_view();
    view! {
        <div class="chips" role="group" aria-label=facet.label()>
            <span class="cap" aria-hidden="true">{facet.label()}</span>
            {chips}
        </div>
    }
    .erase()
}

fn chip(
    filters: Filters,
    facet: Facet,
    choice: FacetOption,
    counts: Memo<HashMap<String, usize>>,
) -> impl IntoView + use<> {
    let FacetOption { key, label, .. } = choice;
    let count = {
        let key = key.clone();
        Memo::new(move |_| counts.with(|counts| counts.get(&key).copied().unwrap_or(0)))
    };
    let selected = {
        let key = key.clone();
        Memo::new(move |_| filters.query.with(|query| query.selects(facet, &key)))
    };
    let (mark, word, title) = face(facet, &key, label);
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
}

/// Glyph, short word and tooltip of a chip.
fn face(facet: Facet, key: &str, label: String) -> (AnyView, String, Option<&'static str>) {
    match facet {
        Facet::Status => {
            let kind = StatusKind::from_slug(key).unwrap_or(StatusKind::Other(key.parse().unwrap_or(-1)));
            let mark = view! { <span class=format!("st {}", status_class(kind))><StatusGlyph kind/></span> }.erase();
            let word = status_word(kind).map_or(label, str::to_owned);
            (mark, word, kind.meaning())
        }
        Facet::Moon => {
            let tier = MoonTier::ALL.into_iter().find(|tier| tier.slug() == key).unwrap_or(MoonTier::Unknown);
            (view! { <MoonGlyph tier/> }.erase(), label, None)
        }
        _ => (().erase(), label, None),
    }
}

fn place(facet: Facet, key: &str) -> usize {
    let found = match facet {
        Facet::Status => StatusKind::KNOWN.iter().position(|kind| kind.slug() == Some(key)),
        Facet::Moon => MoonTier::ALL.iter().position(|tier| tier.slug() == key),
        _ => None,
    };
    found.unwrap_or(usize::MAX)
}

/// A facet with many choices: check boxes of the filter form, which its submit button sends where no script runs.
#[component]
pub(super) fn FacetList(
    facet: Facet,
    /// The list is in view. A closed list is not counted again: with eleven of them that is most of a filter's time.
    #[prop(into)]
    open: Signal<bool>,
) -> impl IntoView {
    let filters = expect_context::<Filters>();
    let counts = Memo::new(move |before: Option<&HashMap<String, usize>>| match before {
        Some(before) if !open.get() => before.clone(),
        _ => counts(filters, facet),
    });
    let choices = choices(filters, facet);
    let none = choices.is_empty();
    let options = choices.into_iter().map(|choice| option(filters, facet, choice, counts)).collect_view();
    view! {
        <fieldset class="opts">
            <legend class="sr">{facet.label()}</legend>
            {options}
            {none.then(|| view! { <p class="s13 f">"Not given for any launch."</p> })}
        </fieldset>
    }
    .erase()
}

fn option(
    filters: Filters,
    facet: Facet,
    choice: FacetOption,
    counts: Memo<HashMap<String, usize>>,
) -> impl IntoView + use<> {
    let FacetOption { key, label, .. } = choice;
    let count = {
        let key = key.clone();
        move || counts.with(|counts| counts.get(&key).copied().unwrap_or(0))
    };
    let selected = {
        let key = key.clone();
        move || filters.query.with(|query| query.selects(facet, &key))
    };
    let zero = count.clone();
    let value = key.clone();
    view! {
        <label class="opt" class:zero=move || zero() == 0>
            <input
                type="checkbox"
                name=facet.key()
                value=value
                checked=selected.clone()
                prop:checked=selected
                on:change=move |_| filters.ask(|query| query.toggle(facet, &key))
            />
            <span>{label}</span>
            <i>{count}</i>
        </label>
    }
}

/// Launches with people aboard, as far as LL2 says.
#[component]
pub(super) fn CrewedChip() -> impl IntoView {
    let filters = expect_context::<Filters>();
    let selected = Memo::new(move |_| filters.query.with(|query| query.crewed == Some(true)));
    let count = Memo::new(move |_| {
        let query = BoardQuery { crewed: Some(true), ..filters.query.get() };
        filters.board.with_value(|board| board.launches.iter().filter(|launch| query.matches(launch)).count())
    });
    let href =
        move || filters.href_with(|query| query.crewed = if query.crewed == Some(true) { None } else { Some(true) });
    view! {
        <a
            class="chip"
            class:zero=move || count.get() == 0
            aria-current=move || selected.get().then_some("true")
            href=href
            data-noscroll=""
        >
            "Crewed "
            <i>{count}</i>
        </a>
    }
}
