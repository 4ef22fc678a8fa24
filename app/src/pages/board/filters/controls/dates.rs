use chrono::NaiveDate;
use domain::BoardQuery;
use leptos::prelude::*;

use crate::{erase::Erase as _, pages::board::state::Filters};

/// The first and the last day that a launch's interval may touch.
#[component]
pub(in crate::pages::board) fn DateRange(
    /// Unique on the page: the range stands in the menu and in the sheet.
    id: &'static str,
) -> impl IntoView {
    view! {
        <fieldset class="dates">
            <legend class="sr">"Dates"</legend>
            {day(id, "from", "From", |query| &mut query.from)}
            {day(id, "to", "To", |query| &mut query.to)}
            <p class="sm f">"UTC days. A vague date counts when any of its days lies within."</p>
        </fieldset>
    }
    .erase()
}

fn day(
    id: &'static str,
    key: &'static str,
    label: &'static str,
    place: fn(&mut BoardQuery) -> &mut Option<NaiveDate>,
) -> impl IntoView {
    let filters = expect_context::<Filters>();
    let value = move || place(&mut filters.query.get()).map(|day| day.to_string()).unwrap_or_default();
    let change = move |typed: String| {
        // An input of type date gives a whole day or nothing; half-typed days never get here.
        let day = NaiveDate::parse_from_str(&typed, "%Y-%m-%d").ok().filter(|day| is_sensible(*day));
        filters.ask(|query| {
            *place(query) = day;
            // The other end gives way: an empty range would be an error in the address.
            if let (Some(from), Some(to)) = (query.from, query.to)
                && from > to
            {
                if key == "from" { query.to = None } else { query.from = None }
            }
        });
    };
    view! {
        <label class="day" for=format!("{id}-{key}")>
            <span>{label}</span>
            <span class="field">
                <input
                    id=format!("{id}-{key}")
                    type="date"
                    name=key
                    value=value
                    prop:value=value
                    on:change=move |event| change(event_target_value(&event))
                />
            </span>
        </label>
    }
}

/// The board takes years of four digits from 1900 on; a date input also yields "0002" while a year is typed.
fn is_sensible(day: NaiveDate) -> bool {
    (1900..=2999).contains(&chrono::Datelike::year(&day))
}
