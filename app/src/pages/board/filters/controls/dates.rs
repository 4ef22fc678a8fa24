use chrono::NaiveDate;
use domain::BoardQuery;
use leptos::prelude::*;

use crate::{erase::Erase as _, pages::board::state::Filters};

/// The first and the last day of the date filter, which a launch's interval must overlap.
#[component]
pub(in crate::pages::board) fn DateRange(
    /// Must be unique on the page: the range is in the menu and in the sheet.
    id: &'static str,
) -> impl IntoView {
    view! {
        <fieldset class="dates">
            <legend class="sr">"Dates"</legend>
            {day(id, "from", "From", |query| &mut query.from)}
            {day(id, "to", "To", |query| &mut query.to)}
            <p class="sm f">"UTC days. A vague date matches if any of its days is in the range."</p>
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
        // An input of type `date` returns a complete day or nothing; partially typed days never get here.
        let day = NaiveDate::parse_from_str(&typed, "%Y-%m-%d").ok().filter(|day| is_sensible(*day));
        filters.ask(|query| {
            *place(query) = day;
            // Clear the other end: an empty range would be an error in the URL.
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

/// The board accepts four-digit years from 1900; a date input also yields "0002" while a year is being typed.
fn is_sensible(day: NaiveDate) -> bool {
    (1900..=2999).contains(&chrono::Datelike::year(&day))
}
