//! The launches by their day in the chosen time zone, for calendar and agenda.

use chrono::NaiveDate;
use leptos::prelude::*;

use crate::{
    pages::board::state::Filters,
    time::{Zone, offset_at, use_minute, use_zone},
};

/// Returns the selected launches that have a day, as day and position in the whole list, by day; within a day, the timed ones first.
pub(in crate::pages::board::views) fn by_day(filters: Filters) -> Memo<Vec<(NaiveDate, usize)>> {
    let zone = use_zone();
    Memo::new(move |_| {
        let zone = zone.get();
        filters.rows.with(|rows| {
            let launches = rows.all();
            let mut days: Vec<_> = rows
                .positions()
                .iter()
                .filter_map(|position| {
                    let launch = &launches[*position];
                    let offset = offset_at(zone, launch.location.timezone.as_deref(), launch.net);
                    launch.span().day(offset).map(|day| (day, *position))
                })
                .collect();
            domain::sort::sort_by_key(&mut days, |(day, position)| {
                let launch = &launches[*position];
                (*day, !launch.granularity().ticks(), launch.net, launch.id)
            });
            days
        })
    })
}

/// Returns the positions of one day.
pub(in crate::pages::board::views) fn on(days: &[(NaiveDate, usize)], day: NaiveDate) -> impl Iterator<Item = usize> {
    days.iter().filter(move |(one, _)| *one == day).map(|(_, position)| *position)
}

/// Returns the current day: in the reader's local zone if it is chosen, else in UTC. Pads have no day in common.
pub(in crate::pages::board::views) fn today() -> Memo<NaiveDate> {
    let (zone, minute) = (use_zone(), use_minute());
    Memo::new(move |_| {
        let now = minute.get();
        let zone = if zone.get() == Zone::Local { Zone::Local } else { Zone::Utc };
        now.with_timezone(&offset_at(zone, None, now)).date_naive()
    })
}

/// Names the time zone of the days, for the end of a sentence.
pub(in crate::pages::board::views) fn days_of(zone: Zone) -> &'static str {
    match zone {
        Zone::Utc => "in UTC",
        Zone::Local => "in your zone",
        Zone::Pad => "in the zone of each pad",
    }
}
