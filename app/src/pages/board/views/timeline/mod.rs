//! The launches as bands over time: the vaguer the date, the wider the band.

mod band;
mod brush;
mod column;
mod lanes;
#[cfg(test)]
mod tests;
mod ticks;
mod view;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::Launch;
use leptos::{ev::KeyboardEvent, html::Div, prelude::*};

pub use brush::Brush;

use band::{Band, BandRow};
use column::ColumnTimeline;
use lanes::{LaneRows, LaneSwitch};
use ticks::Ticks;
use view::{Window, Zoom};

use crate::{
    components::{
        axis::{extent, percent},
        pan_zoom::{Axes, Move, PanZoom},
    },
    erase::Erase as _,
    pages::board::state::{Filters, RowKey, Rows},
    time::use_minute,
};

/// Width of the plot in pixels that the server assumes; the browser measures it.
const ASSUMED_WIDTH: f64 = 1_050.0;
/// A longer list has only the rows that overlap the view, and at most this many of them.
const MOST_ROWS: usize = 400;
/// How far one press of an arrow key moves the view, as a share of it.
const STEP: f64 = 0.1;
/// Factor by which one press of `+` or `-` scales the view.
const ZOOM_STEP: f64 = 1.5;

/// The selected launches in NET order, one row each, with zoom and pan.
///
/// All positions are shares of the width, so the server draws it without knowing the screen, and resizing costs nothing.
/// The view moves, not the rows: what lies outside it is indicated at the edge.
#[component]
pub fn Timeline(rows: Memo<Rows>) -> impl IntoView {
    let now = use_minute();
    let extent = Memo::new(move |_| rows.with(extent_of));
    let filters = expect_context::<Filters>();
    let asked_for = Memo::new(move |_| filters.query.with(|query| query.from.zip(query.to)));
    // Until the reader moves it, the view shows the days of the filter, else the coming quarter, or everything if no launch is due in it.
    let chosen = RwSignal::new(None::<Window>);
    Effect::new(move |before: Option<Option<(NaiveDate, NaiveDate)>>| {
        let days = asked_for.get();
        if before.is_some_and(|before| before != days) {
            chosen.set(None);
        }
        days
    });
    let window = Memo::new(move |_| {
        chosen.get().unwrap_or_else(|| {
            if let Some((first, last)) = asked_for.get() {
                return Window::of_days(first, last);
            }
            let quarter = Window::at(Zoom::Quarter, now.get(), None);
            let any = rows.with(|rows| rows.launches().into_iter().any(|launch| quarter.holds(launch)));
            if any { quarter } else { Window::at(Zoom::All, now.get(), extent.get()) }
        })
    });
    let change = move |change: &dyn Fn(Window) -> Window| {
        let changed = change(window.get_untracked());
        chosen.set(Some(changed.kept_near(extent.get_untracked(), now.get_untracked())));
    };
    let zoom_to = move |zoom: Zoom| {
        chosen.set(Some(Window::at(zoom, now.get_untracked(), extent.get_untracked())));
    };
    let plot = NodeRef::<Div>::new();
    let pan_zoom = PanZoom::on(plot, Axes::Horizontal);
    let lanes = Memo::new(move |_| filters.query.with(|query| query.lanes));
    // Width that is available to the labels of a lane. Server and browser both render first with the assumed width.
    let pixels = RwSignal::new(ASSUMED_WIDTH);
    pan_zoom.follow_width(pixels);
    let follow = move |moved: Option<Move>| {
        if let Some(moved) = moved {
            change(&|window| window.moved(moved));
        }
    };

    let on_key = move |event: KeyboardEvent| {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        match event.key().as_str() {
            "ArrowLeft" => change(&|window| window.panned(-STEP)),
            "ArrowRight" => change(&|window| window.panned(STEP)),
            "+" | "=" => change(&|window| window.zoomed(1.0 / ZOOM_STEP, 0.5)),
            "-" => change(&|window| window.zoomed(ZOOM_STEP, 0.5)),
            "0" => zoom_to(Zoom::All),
            "Home" => zoom_to(Zoom::Quarter),
            _ => return,
        }
        event.prevent_default();
    };
    let ordered = Memo::new(move |_| {
        rows.with(|rows| {
            let launches = rows.all();
            let mut positions = rows.positions().to_vec();
            domain::sort::sort_by_key(&mut positions, |position| {
                let launch = &launches[*position];
                (launch.net, launch.granularity(), launch.id)
            });
            positions
        })
    });
    let bands = move || {
        rows.with(|rows| {
            let launches = rows.all();
            ordered.with(|ordered| {
                let all = ordered.iter().filter_map(|position| launches.get(*position));
                let row = |launch: &Launch| (RowKey::of(launch), Band::of(launch));
                if ordered.len() <= MOST_ROWS {
                    all.map(row).collect::<Vec<_>>()
                } else {
                    window.with(|window| all.filter(|launch| window.holds(launch)).take(MOST_ROWS).map(row).collect())
                }
            })
        })
    };

    view! {
        <section class="timeline" aria-labelledby="timeline">
            <header class="tl-head no-phone">
                <div>
                    <h2 id="timeline">{move || period(&window.get())}</h2>
                    <p class="m s13">{move || rows.with(|rows| in_view(rows, &window.get(), lanes.get().is_some()))}</p>
                </div>
                <div class="row wrapf tl-controls">
                    <LaneSwitch/>
                    <div class="seg" role="group" aria-label="Zoom">
                        {Zoom::ALL
                            .map(|zoom| {
                                let pressed = move || window.get().is_at(zoom, now.get(), extent.get()).to_string();
                                view! {
                                    <button type="button" aria-pressed=pressed on:click=move |_| zoom_to(zoom)>
                                        {zoom.label()}
                                    </button>
                                }
                            })
                            .collect_view()}
                    </div>
                    <div class="seg" role="group" aria-label="Move the view">
                        <button type="button" aria-label="Earlier" on:click=move |_| change(&|window| window.panned(-0.5))>"◂"</button>
                        <button type="button" aria-label="Closer" on:click=move |_| change(&|window| window.zoomed(1.0 / ZOOM_STEP, 0.5))>"+"</button>
                        <button type="button" aria-label="Wider" on:click=move |_| change(&|window| window.zoomed(ZOOM_STEP, 0.5))>"−"</button>
                        <button type="button" aria-label="Later" on:click=move |_| change(&|window| window.panned(0.5))>"▸"</button>
                    </div>
                </div>
            </header>
            <TextureKey/>
            <div
                class="panel tl-panel no-phone"
                role="region"
                tabindex="0"
                aria-label="Timeline. Arrow keys move it, plus and minus zoom, Home returns to now."
                on:keydown=on_key
            >
                <div class="tl-axis" aria-hidden="true" node_ref=plot>
                    <svg width="100%" height="50">{move || axis(&window.get(), now.get())}</svg>
                </div>
                <div class="tl-grid" aria-hidden="true">
                    <svg width="100%" height="100%">{move || lines(&window.get(), now.get())}</svg>
                </div>
                <div
                    class="tl-rows"
                    on:wheel=move |event| follow(pan_zoom.wheel(&event))
                    on:pointerdown=move |event| pan_zoom.press(&event)
                    on:pointermove=move |event| follow(pan_zoom.travel(&event))
                    on:pointerup=move |event| pan_zoom.release(&event)
                    on:pointercancel=move |event| pan_zoom.release(&event)
                    on:click=move |event| {
                        pan_zoom.ends_drag(&event);
                    }
                >
                    {move || match lanes.get() {
                        Some(by) => view! { <LaneRows rows by window pixels=pixels.into()/> }.erase(),
                        None => view! {
                            <ol>
                                <For each=bands key=|(key, _)| *key let((_, band))>
                                    <BandRow band window/>
                                </For>
                            </ol>
                        }
                        .erase(),
                    }}
                </div>
            </div>
            <ColumnTimeline/>
        </section>
    }
}

/// The legend of the textures, drawn with the textures themselves.
#[component]
fn TextureKey() -> impl IntoView {
    view! {
        <ul class="tl-key" aria-label="Legend">
            <li><svg class="tl-band tone-go" width="14" height="14" aria-hidden="true"><rect class="moment" x="5" width="4" height="14" rx="1.5"></rect></svg>"minute or hour: its window"</li>
            <li><svg class="tl-band tone-tbd" width="14" height="14" aria-hidden="true"><rect class="day" x="2" width="10" height="14" rx="2"></rect></svg>"day"</li>
            <li>
                <svg class="tl-band tone-tbd" width="54" height="14" aria-hidden="true">
                    <rect width="54" height="14" rx="2" mask="url(#texture-month)"></rect>
                    <rect class="outline" x=".5" y=".5" width="53" height="13" rx="2"></rect>
                </svg>
                "month"
            </li>
            <li>
                <svg class="tl-band tone-tbd" width="72" height="14" aria-hidden="true">
                    <g mask="url(#texture-fade)"><rect width="72" height="14" rx="2" mask="url(#texture-quarter)"></rect></g>
                </svg>
                "quarter, half: fades at both ends"
            </li>
            <li>
                <svg class="tl-band tone-tbd" width="72" height="14" aria-hidden="true">
                    <g mask="url(#texture-fade)"><rect class="year" x=".5" y=".5" width="71" height="13" rx="2"></rect></g>
                </svg>
                "year or vaguer"
            </li>
        </ul>
    }
}

/// Returns the time from the first band to the last. A date that is only known to a decade starts years before all others and would
/// compress them to a sliver, so it does not count, unless there is nothing else.
fn extent_of(rows: &Rows) -> Option<Window> {
    let bands: Vec<_> = rows.launches().into_iter().map(extent).collect();
    let named: Vec<_> = bands.iter().copied().filter(|(start, end)| *end - *start < TimeDelta::days(400)).collect();
    let counted = if named.is_empty() { bands } else { named };
    let (start, end) = counted.into_iter().reduce(|whole, one| (whole.0.min(one.0), whole.1.max(one.1)))?;
    Some(Window::new(start, end))
}

/// "16 March to 30 June 2026"; with times of day if days are too coarse.
fn period(window: &Window) -> String {
    let (start, end) = (window.start(), window.end());
    if window.days() < 2.0 {
        let last = if start.date_naive() == end.date_naive() { "%H:%M UTC" } else { "%-d %B, %H:%M UTC" };
        return format!("{} to {}", start.format("%-d %B %Y, %H:%M"), end.format(last));
    }
    let same_year = start.format("%Y").to_string() == end.format("%Y").to_string();
    let first = start.format(if same_year { "%-d %B" } else { "%-d %B %Y" });
    format!("{first} to {}", end.format("%-d %B %Y"))
}

fn in_view(rows: &Rows, window: &Window, has_lanes: bool) -> String {
    let all = rows.count();
    let touching = rows.launches().into_iter().filter(|launch| window.holds(launch)).count();
    let listed = match (all, touching) {
        _ if has_lanes => String::new(),
        (0..=MOST_ROWS, _) => String::new(),
        (_, 0..=MOST_ROWS) => " Only these have a row.".to_owned(),
        _ => format!(" The first {MOST_ROWS} of these have a row; a closer view has the rest."),
    };
    format!("{touching} of {all} may fly in this view.{listed} The width of a band shows how vague the date is.")
}

fn axis(window: &Window, now: DateTime<Utc>) -> impl IntoView + use<> {
    let Ticks { minor, major } = Ticks::of(window);
    let minor = minor.into_iter().filter(|tick| (0.0..0.985).contains(&tick.place)).map(|tick| {
        view! { <text class="tl-tick" x=percent(tick.place) dx="4" y="42">{tick.label}</text> }
    });
    // A period that starts left of the view keeps its name at the edge, unless the next one needs the space.
    let nexts: Vec<_> = major.iter().skip(1).map(|tick| tick.place).chain([1.0]).collect();
    let major: Vec<_> = major
        .into_iter()
        .zip(nexts)
        .map(|(tick, next)| (tick.place.max(0.0), next, tick.label))
        .filter(|(place, next, _)| next - place > 0.09)
        .map(|(place, _, label)| view! { <text class="tl-tick major" x=percent(place) dx="4" y="20">{label}</text> })
        .collect();
    let place = window.place(now);
    let stamp = (0.0..1.0).contains(&place).then(|| {
        view! {
            <svg x=percent(place) y="28" overflow="visible">
                <rect class="now-stamp" x="-19" width="38" height="20" rx="4"></rect>
                <text class="now-word" y="14" text-anchor="middle">"now"</text>
            </svg>
        }
    });
    view! { {minor.collect_view()} {major} {stamp} }
}

fn lines(window: &Window, now: DateTime<Utc>) -> impl IntoView + use<> {
    let Ticks { minor, major } = Ticks::of(window);
    let line = |place: f64, class: &'static str| {
        let x = percent(place);
        view! { <line class=class x1=x.clone() x2=x y1="0" y2="100%"></line> }
    };
    let place = window.place(now);
    let past = (place > 0.0).then(|| view! { <rect class="past" width=percent(place.min(1.0)) height="100%"></rect> });
    let minor: Vec<_> = minor.iter().map(|tick| line(tick.place, "minor")).collect();
    let major: Vec<_> = major.iter().map(|tick| line(tick.place, "major")).collect();
    let now = (0.0..1.0).contains(&place).then(|| line(place, "now"));
    view! { {past} {minor} {major} {now} }
}
