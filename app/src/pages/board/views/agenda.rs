//! Seven days as a list: designed for phones, usable anywhere.

use chrono::NaiveDate;
use domain::{BoardQuery, days_later};
use leptos::prelude::*;

use super::list::{VagueLaunches, When, by_day, days_of, launch_line, on, today};
use crate::{erase::Erase as _, pages::board::state::Filters, time::use_zone};

/// Number of days on one page.
const DAYS: i64 = 7;

/// The launches of seven days, by day, from the day in the URL or from today. A day without launches shows a note.
#[component]
pub(super) fn Agenda() -> impl IntoView {
    let filters = expect_context::<Filters>();
    let zone = use_zone();
    let today = today();
    let days = by_day(filters);
    let first = Memo::new(move |_| filters.query.with(|query| query.day).unwrap_or_else(|| today.get()));
    let span = Memo::new(move |_| (first.get(), days_later(first.get(), DAYS - 1)));
    let moved = move |by: i64| move || filters.href_with(|query| query.day = Some(days_later(first.get(), by)));
    let count = move || {
        let (first, last) = span.get();
        let count = days.with(|days| days.iter().filter(|(day, _)| (first..=last).contains(day)).count());
        let launches = if count == 1 { "1 launch has".to_owned() } else { format!("{count} launches have") };
        format!("{launches} a day in this week, {}.", days_of(zone.get()))
    };
    view! {
        <section class="agenda" aria-labelledby="agenda">
            <header class="tl-head">
                <div>
                    <h2 id="agenda">{move || period(span.get())}</h2>
                    <p class="m s13">{count}</p>
                </div>
                <nav class="seg" aria-label="Week">
                    <a href=moved(-DAYS) aria-label="Seven days earlier" data-noscroll="">"◂ Earlier"</a>
                    <a href=move || filters.href_with(without_day) data-noscroll="">"Today"</a>
                    <a href=moved(DAYS) aria-label="Seven days later" data-noscroll="">"Later ▸"</a>
                </nav>
            </header>
            <ol class="agenda-days panel">
                {move || {
                    let first = first.get();
                    days.with(|days| {
                        (0..DAYS).map(|at| day(filters, days, days_later(first, at), today.get())).collect_view()
                    })
                }}
            </ol>
            <VagueLaunches days=span what="these days"/>
        </section>
    }
    .erase()
}

fn without_day(query: &mut BoardQuery) {
    (query.day, query.month) = (None, None);
}

fn day(filters: Filters, days: &[(NaiveDate, usize)], day: NaiveDate, today: NaiveDate) -> impl IntoView + use<> {
    let lines: Vec<_> = on(days, day).map(|position| launch_line(filters, position, When::Time)).collect();
    let id = format!("on-{day}");
    view! {
        <li class="agenda-day" class:today=day == today class:past={day < today}>
            <h3 id=id>
                <time datetime=day.to_string()>{day.format("%A").to_string()} <b>{day.format("%-d %B").to_string()}</b></time>
                {(day == today).then(|| view! { <span class="today-word">"today"</span> })}
            </h3>
            {if lines.is_empty() {
                view! { <p class="s13 f">"No launch is listed for this day."</p> }.erase()
            } else {
                view! { <ul class="lines">{lines}</ul> }.erase()
            }}
        </li>
    }
}

/// "28 February to 6 March 2026".
fn period((first, last): (NaiveDate, NaiveDate)) -> String {
    format!("{} to {}", first.format("%-d %B"), last.format("%-d %B %Y"))
}
