use domain::{DecisionQuery, FactorKind, Lift, Weights};
use leptos::prelude::*;

use super::question::Question;
use crate::erase::Erase as _;

/// The query: weights, window, wishes. A form that works without JavaScript, and updates the answer immediately with it.
pub(super) fn controls(question: Question) -> AnyView {
    let asked = move |read: fn(&DecisionQuery) -> String| question.query.with(read);
    view! {
        <form id="question" class="panel pad ch-form" action="/choose" method="get" on:submit=move |event| { event.prevent_default(); question.settle(); }>
            <div class="row between">
                <h2>"Parameters"</h2>
                <a class="s13" href="/choose" data-noscroll="">"Reset"</a>
            </div>
            {FactorKind::ALL.map(|kind| slider(question, kind)).collect_view()}
            <div class="ch-dates">
                {date(question, "from", "Window begins", |query| query.from.map(|day| day.to_string()).unwrap_or_default(), |query, day| query.from = day)}
                {date(question, "to", "Window ends", |query| query.to.map(|day| day.to_string()).unwrap_or_default(), |query, day| query.to = day)}
            </div>
            <div class="ch-dates">
                {number(question, "prepare", "Days to prepare", 365, |query| query.prepare, |query, days| query.prepare = days)}
                {number(question, "bar", "Threshold, of 100", 100, |query| query.bar, |query, bar| query.bar = bar)}
            </div>
            {crew(question)}
            {countries(question)}
            {lifts(question)}
            <input type="hidden" name="crewed" value=move || asked(|query| query.crewed.map(|crewed| crewed.to_string()).unwrap_or_default())/>
            <input type="hidden" name="country" value=move || asked(|query| query.country.join(","))/>
            <input type="hidden" name="lift" value=move || asked(|query| query.lift.iter().map(|lift| lift.slug()).collect::<Vec<_>>().join(","))/>
            <button class="btn unscripted" type="submit">"Apply"</button>
        </form>
    }
    .erase()
}

fn slider(question: Question, kind: FactorKind) -> AnyView {
    let weight = move || question.query.with(|query| f64::from(kind.get(query.weights)) / 100.0);
    let help = match kind {
        FactorKind::Nearness => "How close the mission gets to the surface of the Moon",
        FactorKind::Window => "Below 1: a late launch counts less against a ride",
        FactorKind::Success => "Above 1: a safe flight counts more",
    };
    let id = format!("weight-{}", kind.slug());
    let input = move |event| {
        if let Ok(weight) = event_target_value(&event).parse::<f64>() {
            let weight = (weight * 100.0).round().clamp(0.0, f64::from(Weights::MOST));
            question.try_out(|query| query.weights = kind.set(query.weights, weight as u16));
        }
    };
    view! {
        <div class="ch-slider">
            <label for=id.clone()>{kind.label()}</label>
            <output class="mono" for=id.clone()>{move || format!("{:.1}", weight())}</output>
            <input
                id=id.clone()
                name=kind.slug()
                type="range"
                min="0"
                max="3"
                step="0.1"
                value=weight().to_string()
                prop:value=move || weight().to_string()
                aria-describedby=format!("{id}-help")
                on:input=input
                on:change=move |_| question.settle()
            />
            <p class="sm f" id=format!("{id}-help")>{help}</p>
        </div>
    }
    .erase()
}

fn date(
    question: Question,
    key: &'static str,
    label: &'static str,
    read: fn(&DecisionQuery) -> String,
    write: fn(&mut DecisionQuery, Option<chrono::NaiveDate>),
) -> AnyView {
    let value = move || question.query.with(read);
    let change = move |event| {
        let text = event_target_value(&event);
        let day = text.parse().ok();
        // While a date is incomplete, the query does not change.
        if day.is_some() || text.is_empty() {
            question.try_out(|query| {
                write(query, day);
                // An inverted window is not a valid query: clear the other end.
                if query.from.zip(query.to).is_some_and(|(from, to)| from > to) {
                    if key == "from" { query.to = None } else { query.from = None }
                }
            });
            question.settle();
        }
    };
    view! {
        <label class="ch-field">
            <span>{label}</span>
            <input name=key type="date" min="1900-01-01" max="2999-12-31" value=value() prop:value=value on:change=change/>
        </label>
    }
    .erase()
}

fn number(
    question: Question,
    key: &'static str,
    label: &'static str,
    most: u16,
    read: fn(&DecisionQuery) -> u16,
    write: fn(&mut DecisionQuery, u16),
) -> AnyView {
    let value = move || question.query.with(read).to_string();
    let change = move |event| {
        if let Ok(number) = event_target_value(&event).parse::<u16>() {
            question.try_out(|query| write(query, number.min(most)));
            question.settle();
        }
    };
    view! {
        <label class="ch-field">
            <span>{label}</span>
            <input name=key type="number" min="0" max=most.to_string() step="1" inputmode="numeric" value=value() prop:value=value on:change=change/>
        </label>
    }
    .erase()
}

/// A wish as a link: it works without JavaScript, and its state is in the URL.
fn chip(
    question: Question,
    label: String,
    is_on: fn(&DecisionQuery, &str) -> bool,
    toggle: fn(&mut DecisionQuery, &str),
    key: String,
) -> AnyView {
    let other = key.clone();
    view! {
        <a
            class="chip"
            href=move || question.href_with(|query| toggle(query, &key))
            aria-current=move || question.query.with(|query| is_on(query, &other)).then_some("true")
            data-noscroll=""
        >
            {label}
        </a>
    }
    .erase()
}

fn chips(title: &'static str, chips: Vec<AnyView>) -> AnyView {
    view! {
        <div class="ch-chips" role="group" aria-label=title>
            <span class="s13">{title}</span>
            <div class="chips">{chips}</div>
        </div>
    }
    .erase()
}

fn crew(question: Question) -> AnyView {
    let chip = |key: &str, label: &str| {
        let toggle = |query: &mut DecisionQuery, key: &str| {
            let wanted = key == "true";
            query.crewed = if query.crewed == Some(wanted) { None } else { Some(wanted) };
        };
        chip(question, label.to_owned(), |query, key| query.crewed == Some(key == "true"), toggle, key.to_owned())
    };
    chips("People aboard", vec![chip("false", "None"), chip("true", "Some")])
}

/// The countries with upcoming launches to the Moon, and those in the query.
fn countries(question: Question) -> AnyView {
    let mut codes: Vec<String> = question.board.with_untracked(|board| {
        let may_go = |launch: &&domain::Launch| launch.moon.tier.is_moon_bound();
        board.upcoming().iter().filter(may_go).filter_map(|launch| launch.location.country_code.clone()).collect()
    });
    codes.extend(question.query.with_untracked(|query| query.country.clone()));
    codes.sort();
    codes.dedup();
    let toggle = |query: &mut DecisionQuery, code: &str| match query.country.iter().position(|one| one == code) {
        Some(at) => drop(query.country.remove(at)),
        None => query.country.push(code.to_owned()),
    };
    let is_on = |query: &DecisionQuery, code: &str| query.country.iter().any(|one| one == code);
    let all: Vec<_> = codes.into_iter().map(|code| chip(question, code.clone(), is_on, toggle, code)).collect();
    if all.is_empty() { ().erase() } else { chips("Country of the pad", all) }
}

fn lifts(question: Question) -> AnyView {
    let toggle = |query: &mut DecisionQuery, slug: &str| match query.lift.iter().position(|one| one.slug() == slug) {
        Some(at) => drop(query.lift.remove(at)),
        None => query.lift.extend(Lift::ALL.into_iter().find(|lift| lift.slug() == slug)),
    };
    let is_on = |query: &DecisionQuery, slug: &str| query.lift.iter().any(|one| one.slug() == slug);
    let all = Lift::ALL.map(|lift| chip(question, lift.label().to_owned(), is_on, toggle, lift.slug().to_owned()));
    chips("Size of the rocket", all.into())
}
