//! A month of launches as a wall calendar.

use chrono::{Datelike as _, NaiveDate};
use domain::{days_later, month_of, months_later, weeks_of};
use leptos::{ev::KeyboardEvent, prelude::*};

use super::{
    list::{VagueLaunches, When, by_day, days_of, launch_line, on, today},
    marked::marked,
};
use crate::{
    components::{StatusGlyph, axis::tone, short_status, status_class},
    erase::Erase as _,
    pages::board::state::Filters,
    time::{net_clock, use_zone},
};

/// Maximum number of launches named in the cell of a day. The rest is counted, and listed when the day is opened.
const MOST: usize = 3;
const WEEKDAYS: [(&str, &str); 7] = [
    ("Mon", "Monday"),
    ("Tue", "Tuesday"),
    ("Wed", "Wednesday"),
    ("Thu", "Thursday"),
    ("Fri", "Friday"),
    ("Sat", "Saturday"),
    ("Sun", "Sunday"),
];

/// The month in view, the open day, and the launches without a day.
///
/// `month` and `day` of the URL select both. Without `month`, the month of `day` is shown; without either, the current one. Without `day`,
/// today is open if it is in view, else the first day of the month that has a launch.
#[component]
pub(super) fn Calendar() -> impl IntoView {
    let filters = expect_context::<Filters>();
    let zone = use_zone();
    let today = today();
    let days = by_day(filters);
    let month = Memo::new(move |_| {
        let (month, day) = filters.query.with(|query| (query.month, query.day));
        month.unwrap_or_else(|| month_of(day.unwrap_or_else(|| today.get())))
    });
    let span = Memo::new(move |_| (month.get(), days_later(months_later(month.get(), 1), -1)));
    let in_month = Memo::new(move |_| {
        let (first, last) = span.get();
        days.with(|days| days.iter().filter(|(day, _)| (first..=last).contains(day)).copied().collect::<Vec<_>>())
    });
    let open = Memo::new(move |_| {
        let (first, last) = span.get();
        let today = Some(today.get()).filter(|day| (first..=last).contains(day));
        let first_launch = || in_month.with(|days| days.first().map(|(day, _)| *day));
        filters.query.with(|query| query.day).or(today).or_else(first_launch)
    });
    let to_month = move |by: i32| {
        move || {
            filters.href_with(|query| {
                query.month = Some(months_later(month.get(), by));
                query.day = None;
            })
        }
    };
    let name = move |by: i32| move || months_later(month.get(), by).format("%B").to_string();
    let count = move || {
        let count = in_month.with(Vec::len);
        let launches = if count == 1 { "1 launch has".to_owned() } else { format!("{count} launches have") };
        format!("{launches} a day in this month, {}.", days_of(zone.get()))
    };
    view! {
        <section class="cal" aria-labelledby="calendar">
            <header class="tl-head">
                <div>
                    <h2 id="calendar">{move || month.get().format("%B %Y").to_string()}</h2>
                    <p class="m s13">{count}</p>
                </div>
                <nav class="seg" aria-label="Month">
                    <a href=to_month(-1) data-noscroll=""><span class="sr">"Earlier: "</span>"◂ " {name(-1)}</a>
                    <a
                        href=move || filters.href_with(|query| (query.month, query.day) = (None, None))
                        data-noscroll=""
                    >"Today"</a>
                    <a href=to_month(1) data-noscroll=""><span class="sr">"Later: "</span>{name(1)} " ▸"</a>
                </nav>
            </header>
            <div class="cal-body">
                <table class="cal-grid panel" on:keydown=move |event| on_key(filters, &event)>
                    <caption class="sr">
                        "Launches by day. Arrow keys move between days, Page Up and Page Down between months."
                    </caption>
                    <thead>
                        <tr>{WEEKDAYS.map(|(short, long)| view! { <th scope="col"><abbr title=long>{short}</abbr></th> })}</tr>
                    </thead>
                    <tbody>
                        {move || {
                            let (month, open, today) = (month.get(), open.get(), today.get());
                            days.with(|days| {
                                weeks_of(month)
                                    .into_iter()
                                    .map(|week| view! {
                                        <tr>{week.map(|day| cell(filters, days, Cell { day, month, open, today }))}</tr>
                                    })
                                    .collect_view()
                            })
                        }}
                    </tbody>
                </table>
                {move || open.get().map(|day| days.with(|days| opened(filters, days, day)))}
                <VagueLaunches days=span what="this month"/>
            </div>
        </section>
    }
    .erase()
}

#[derive(Clone, Copy)]
struct Cell {
    day: NaiveDate,
    month: NaiveDate,
    open: Option<NaiveDate>,
    today: NaiveDate,
}

fn cell(filters: Filters, days: &[(NaiveDate, usize)], cell: Cell) -> AnyView {
    let Cell { day, month, open, today } = cell;
    let positions: Vec<_> = on(days, day).collect();
    let href = move || {
        filters.href_with(|query| {
            query.day = Some(day);
            // A day of another month links to that month.
            query.month = query.month.filter(|_| month_of(day) == month);
        })
    };
    let launches = match positions.len() {
        0 => "no launch".to_owned(),
        1 => "1 launch".to_owned(),
        count => format!("{count} launches"),
    };
    let name = format!("{}, {launches}", day.format("%A %-d %B %Y"));
    let more = positions.len().saturating_sub(MOST);
    let marks = positions.iter().take(MOST).map(|position| mark(filters, *position)).collect_view();
    let items = positions.iter().take(MOST).map(|position| item(filters, *position)).collect_view();
    view! {
        <td class:out=month_of(day) != month class:today=day == today class:open=open == Some(day)>
            <a
                class="cal-day"
                id=format!("day-{day}")
                href=href
                aria-label=name
                aria-current=(day == today).then_some("date")
                data-noscroll=""
            >{day.day()}</a>
            <span class="cal-marks" aria-hidden="true">
                {marks}
                {(more > 0).then(|| view! { <i>{format!("+{more}")}</i> })}
            </span>
            {(!positions.is_empty()).then(|| view! { <ul class="cal-items">{items}</ul> })}
            {(more > 0).then(|| view! { <a class="cal-more" href=href data-noscroll="">{format!("+{more} more")}</a> })}
        </td>
    }
    .erase()
}

/// A launch in the cell of its day.
fn item(filters: Filters, position: usize) -> AnyView {
    // In another board, the same position holds another launch.
    filters.catalog.track();
    filters.board.with_value(|board| {
        let Some(launch) = board.launches.get(position) else { return ().erase() };
        let kind = launch.status_kind();
        let title = format!("{}, {}, {}", launch.title(), launch.rocket.name, launch.location.name);
        view! {
            <li>
                <a class=format!("cal-item {}", tone(launch)) href=format!("/launches/{}", launch.id) title=title>
                    <StatusGlyph kind/>
                    <span class="sr">{short_status(&launch.status, kind)} ", "</span>
                    <span class="cal-name"><b>{net_clock(launch)}</b> " " {marked(launch.title().to_owned())}</span>
                </a>
            </li>
        }
        .erase()
    })
}

/// A launch as a glyph, where there is no room for its name.
fn mark(filters: Filters, position: usize) -> AnyView {
    let kind = filters.board.with_value(|board| board.launches.get(position).map(domain::Launch::status_kind));
    let Some(kind) = kind else { return ().erase() };
    view! { <span class=format!("status {}", status_class(kind))><StatusGlyph kind/></span> }.erase()
}

/// The open day with all its launches.
fn opened(filters: Filters, days: &[(NaiveDate, usize)], day: NaiveDate) -> AnyView {
    let lines: Vec<_> = on(days, day).map(|position| launch_line(filters, position, When::Time)).collect();
    view! {
        <section class="panel pad cal-open" aria-labelledby="open-day">
            <h3 id="open-day"><time datetime=day.to_string()>{day.format("%A %-d %B %Y").to_string()}</time></h3>
            {if lines.is_empty() {
                view! { <p class="s13 m">"No launch is listed for this day."</p> }.erase()
            } else {
                view! { <ul class="lines">{lines}</ul> }.erase()
            }}
        </section>
    }
    .erase()
}

/// Handles the keys of a date grid: arrows move by day, Page Up and Page Down by month. Beyond the edge, the month changes.
fn on_key(filters: Filters, event: &KeyboardEvent) {
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return;
    }
    let id = event_target::<leptos::web_sys::Element>(event).id();
    let Some(day) = id.strip_prefix("day-").and_then(|day| day.parse::<NaiveDate>().ok()) else { return };
    let Some(day) = key_target(&event.key(), day) else { return };
    event.prevent_default();
    if focus(day) {
        return;
    }
    filters.ask(|query| (query.month, query.day) = (None, Some(day)));
    // The new month is in the page with the next frame.
    request_animation_frame(move || {
        focus(day);
    });
}

fn key_target(key: &str, day: NaiveDate) -> Option<NaiveDate> {
    let since_monday = i64::from(day.weekday().num_days_from_monday());
    Some(match key {
        "ArrowLeft" => days_later(day, -1),
        "ArrowRight" => days_later(day, 1),
        "ArrowUp" => days_later(day, -7),
        "ArrowDown" => days_later(day, 7),
        "Home" => days_later(day, -since_monday),
        "End" => days_later(day, 6 - since_monday),
        "PageUp" => day.checked_sub_months(chrono::Months::new(1))?,
        "PageDown" => day.checked_add_months(chrono::Months::new(1))?,
        _ => return None,
    })
}

/// Focuses the day and returns whether it is in the page.
fn focus(day: NaiveDate) -> bool {
    use leptos::wasm_bindgen::JsCast as _;
    let element = document().get_element_by_id(&format!("day-{day}"));
    let Some(element) = element.and_then(|element| element.dyn_into::<leptos::web_sys::HtmlElement>().ok()) else {
        return false;
    };
    element.focus().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_move_by_day_week_and_month() {
        let day: NaiveDate = "2026-03-31".parse().expect("a day");
        let to = |key: &str| key_target(key, day).map(|day| day.to_string());
        assert_eq!(to("ArrowRight").as_deref(), Some("2026-04-01"));
        assert_eq!(to("ArrowUp").as_deref(), Some("2026-03-24"));
        assert_eq!(to("Home").as_deref(), Some("2026-03-30"));
        assert_eq!(to("End").as_deref(), Some("2026-04-05"));
        assert_eq!(to("PageUp").as_deref(), Some("2026-02-28"), "the last day of a shorter month");
        assert_eq!(to("Enter"), None);
    }
}
