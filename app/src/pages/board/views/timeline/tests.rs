use chrono::{DateTime, Utc};

use super::{
    ticks::Ticks,
    view::{Window, Zoom},
};
use crate::components::pan_zoom::Move;

fn at(instant: &str) -> DateTime<Utc> {
    instant.parse().unwrap()
}

fn now() -> DateTime<Utc> {
    at("2026-03-23T09:00:00Z")
}

fn decade() -> Window {
    Window::new(at("2026-01-01T00:00:00Z"), at("2036-01-01T00:00:00Z"))
}

fn labels(window: &Window) -> (Vec<String>, Vec<String>) {
    let Ticks { minor, major } = Ticks::of(window);
    let names = |ticks: Vec<super::ticks::Tick>| ticks.into_iter().map(|tick| tick.label).collect();
    (names(minor), names(major))
}

#[test]
fn every_zoom_level_shows_now() {
    for zoom in Zoom::ALL {
        for extent in [None, Some(decade())] {
            let place = Window::at(zoom, now(), extent).place(now());
            assert!((0.0..1.0).contains(&place), "{zoom:?} {extent:?} {place}");
        }
    }
}

#[test]
fn zooming_keeps_the_point_under_the_pointer_in_place() {
    let window = Window::at(Zoom::Quarter, now(), None);
    let under = at("2026-04-20T00:00:00Z");
    let about = window.place(under);
    let closer = window.moved(Move::Zoom(0.5, (about, 0.0)));
    assert!((closer.place(under) - about).abs() < 1e-9);
    assert!((closer.days() - window.days() / 2.0).abs() < 1e-6);
}

#[test]
fn panning_by_a_whole_width_shows_the_adjacent_period() {
    let window = Window::at(Zoom::Week, now(), None);
    let moved = window.moved(Move::Pan(1.0, 0.3));
    assert_eq!(moved.start(), window.end());
}

#[test]
fn zoom_stops_at_its_limits() {
    let mut window = Window::at(Zoom::Quarter, now(), None);
    for _ in 0..200 {
        window = window.zoomed(0.5, 0.5);
    }
    assert!((window.days() * 24.0 * 60.0 - 10.0).abs() < 1e-9);
    for _ in 0..200 {
        window = window.zoomed(2.0, 0.5);
    }
    assert!(window.days() <= 100.0 * 366.0);
}

#[test]
fn the_view_stays_within_its_bounds() {
    let extent = Some(decade());
    let mut window = Window::at(Zoom::Quarter, now(), extent);
    for _ in 0..1_000 {
        window = window.panned(0.9).kept_near(extent, now());
    }
    assert!(window.start() < at("2036-01-01T00:00:00Z"));
    for _ in 0..1_000 {
        window = window.panned(-0.9).kept_near(extent, now());
    }
    assert!(window.end() > at("2026-01-01T00:00:00Z"));
}

#[test]
fn bands_beyond_the_view_are_clipped_outside_it() {
    let window = Window::at(Zoom::Week, now(), None);
    let (left, right) = window.stretch(at("2020-01-01T00:00:00Z"), at("2030-01-01T00:00:00Z"));
    assert_eq!((left, right), (-0.5, 1.5));
    assert!(window.touches(at("2020-01-01T00:00:00Z"), at("2030-01-01T00:00:00Z")));
    assert!(!window.touches(at("2027-01-01T00:00:00Z"), at("2028-01-01T00:00:00Z")));
}

#[test]
fn ticks_grow_coarser_as_the_view_widens() {
    let (minutes, days) = labels(&Window::at(Zoom::Hour, now(), None));
    assert!(minutes.starts_with(&["08:50".to_owned(), "08:55".to_owned(), "09:00".to_owned()]), "{minutes:?}");
    assert_eq!(days, ["Mon 23 Mar"]);
    let (days, months) = labels(&Window::at(Zoom::Week, now(), None));
    assert!(days.contains(&"Mon 23".to_owned()), "{days:?}");
    assert_eq!(months, ["March 2026"]);
    let (weeks, months) = labels(&Window::at(Zoom::Quarter, now(), None));
    assert!(weeks.starts_with(&["9".to_owned(), "16".to_owned(), "23".to_owned()]), "{weeks:?}");
    assert_eq!(months, ["March 2026", "April 2026", "May 2026", "June 2026"]);
    let (months, years) = labels(&Window::at(Zoom::Year, now(), None));
    assert!(months.contains(&"Apr".to_owned()), "{months:?}");
    assert_eq!(years, ["2026", "2027"]);
    let (years, decades) = labels(&Window::at(Zoom::All, now(), Some(decade())));
    assert!(years.contains(&"2030".to_owned()), "{years:?}");
    assert_eq!(decades, ["2020s", "2030s"]);
}

#[test]
fn no_view_draws_more_marks_than_fit() {
    let mut window = Window::at(Zoom::Week, now(), None).zoomed(1e-9, 0.5);
    while window.days() < 50.0 * 365.0 {
        let Ticks { minor, major } = Ticks::of(&window);
        assert!((2..=26).contains(&minor.len()), "{} marks in {} days", minor.len(), window.days());
        assert!(!major.is_empty());
        window = window.zoomed(1.1, 0.5);
    }
}
