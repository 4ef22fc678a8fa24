//! Launches grouped into lanes by provider, pad, rocket or orbit.

use chrono::{DateTime, Utc};
use domain::{Facet, Lanes, Launch};
use leptos::prelude::*;

use super::{
    band::{Band, shape},
    view::Window,
};
use crate::{
    components::axis::{extent, percent},
    erase::Erase as _,
    pages::board::{
        state::{Filters, Rows},
        views::list::Period,
    },
};

/// Height of a band with its gap, in pixels; the style sheet has the same value.
const ROW_PX: usize = 26;
/// Generous estimate of the width of a letter in a label, and of the space around the text, in pixels.
const LETTER_PX: f64 = 6.6;
const AROUND_PX: f64 = 22.0;
/// A lane with more bands in view draws them in one row, without labels: hundreds of rows would be less readable.
const MOST_WORDS: usize = 60;
/// Gap between two bands of one row, as a share of the width.
const GAP: f64 = 0.004;

/// The choice of lanes, as links: it is part of the URL.
#[component]
pub(super) fn LaneSwitch() -> impl IntoView {
    let filters = expect_context::<Filters>();
    let choice = move |lanes: Option<Lanes>| {
        view! {
            <a
                href=move || filters.href_with(|query| query.lanes = lanes)
                aria-current=move || filters.query.with(|query| query.lanes == lanes).then_some("true")
                data-noscroll=""
            >
                {lanes.map_or("Launch", Lanes::label)}
            </a>
        }
    };
    view! {
        <div class="seg" role="group" aria-label="A lane for each">
            {choice(None)} {Lanes::ALL.map(|lanes| choice(Some(lanes)))}
        </div>
    }
    .erase()
}

/// Launches with the same value of a facet.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Lane {
    pub(super) name: String,
    /// The key of the filter that selects this lane.
    key: String,
    /// Positions in the whole list.
    pub(super) positions: Vec<usize>,
}

impl Lane {
    /// Returns the lanes of the given launches, the fullest first. The lane without a value in the source is last.
    pub(super) fn all(launches: &[Launch], positions: &[usize], by: Lanes) -> Vec<Self> {
        let mut lanes: Vec<Self> = Vec::new();
        for position in positions {
            let Some((key, name)) = by.facet().values(&launches[*position]).into_iter().next() else { continue };
            match lanes.iter_mut().find(|lane| lane.key == key) {
                Some(lane) => lane.positions.push(*position),
                None => {
                    let name = if key == Facet::MISSING { format!("{} not given", by.label()) } else { name };
                    lanes.push(Self { name, key, positions: vec![*position] });
                }
            }
        }
        domain::sort::sort_by(&mut lanes, |left, right| {
            let order = |lane: &Self| (lane.key == Facet::MISSING, std::cmp::Reverse(lane.positions.len()));
            order(left).cmp(&order(right)).then_with(|| left.name.cmp(&right.name))
        });
        lanes
    }
}

/// What one band of a lane represents.
#[derive(Clone)]
enum Mark {
    One(Band),
    /// Launches with the same vague date: one band for all.
    Many(Period, Band),
}

impl Mark {
    fn band(&self) -> &Band {
        match self {
            Self::One(band) | Self::Many(_, band) => band,
        }
    }

    fn count(&self) -> usize {
        match self {
            Self::One(_) => 1,
            Self::Many(period, _) => period.positions.len(),
        }
    }

    fn describe(&self) -> String {
        match self {
            Self::One(band) => band.title.clone(),
            Self::Many(period, _) => format!("{} launches, {}", period.positions.len(), period.span.label_utc()),
        }
    }

    /// Returns one mark for each launch with a day or with the Moon as its destination; groups the others by period.
    fn all(launches: &[Launch], positions: &[usize]) -> Vec<Self> {
        let alone = |position: &usize| {
            let launch = &launches[*position];
            launch.granularity().names_a_day() || launch.moon.tier.is_moon_bound()
        };
        let (single, shared): (Vec<usize>, Vec<usize>) = positions.iter().partition(|position| alone(position));
        let mut marks: Vec<_> = single.iter().map(|position| Self::One(Band::of(&launches[*position]))).collect();
        for period in Period::all(launches, &shared, DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC) {
            let Some(first) = period.positions.first() else { continue };
            let mut band = Band::of(&launches[*first]);
            if period.positions.len() == 1 {
                marks.push(Self::One(band));
            } else {
                if period.positions.iter().any(|position| launches[*position].status.id != band.status.id) {
                    "tone-other".clone_into(&mut band.tone);
                }
                marks.push(Self::Many(period, band));
            }
        }
        domain::sort::sort_by_key(&mut marks, |mark| (mark.band().start, mark.band().end, mark.band().id));
        marks
    }
}

/// Position of a band's label.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Words {
    Inside,
    After,
    Before,
}

/// A mark with its position: shares of the width, and the row within the lane.
struct Placed {
    mark: Mark,
    left: f64,
    right: f64,
    /// Extent of band and label together.
    from: f64,
    to: f64,
    words: Words,
    row: usize,
}

/// The marks of a lane, packed into as few rows as hold them without overlap.
#[derive(Default)]
struct Packed {
    placed: Vec<Placed>,
    rows: usize,
    /// Number of launches before and after the view.
    earlier: usize,
    later: usize,
    /// Whether there are too many bands for labels.
    is_dense: bool,
}

impl Packed {
    fn of(marks: Vec<Mark>, window: &Window, pixels: f64) -> Self {
        let in_view = marks.iter().filter(|mark| window.touches(mark.band().start, mark.band().end)).count();
        let mut packed = Self { is_dense: in_view > MOST_WORDS, ..Self::default() };
        let mut rows: Vec<Vec<(f64, f64)>> = Vec::new();
        for mark in marks {
            let (left, right) = (window.place(mark.band().start), window.place(mark.band().end));
            if right <= 0.0 {
                packed.earlier += mark.count();
                continue;
            }
            if left >= 1.0 {
                packed.later += mark.count();
                continue;
            }
            let (left, right) = (left.max(0.0), right.min(1.0));
            if packed.is_dense {
                let words = Words::After;
                packed.placed.push(Placed { mark, left, right, from: left, to: right, words, row: 0 });
                packed.rows = 1;
                continue;
            }
            #[expect(clippy::cast_precision_loss, reason = "the length of a name")]
            let label = (mark.describe().chars().count() as f64 * LETTER_PX + AROUND_PX) / pixels;
            let (words, from, to) = if right - left >= label {
                (Words::Inside, left, right)
            } else if right + label <= 1.0 || left < label {
                (Words::After, left, (right + label).min(1.0))
            } else {
                (Words::Before, left - label, right)
            };
            let is_free =
                |row: &Vec<(f64, f64)>| row.iter().all(|(start, end)| to + GAP <= *start || *end + GAP <= from);
            let row = rows.iter().position(is_free).unwrap_or_else(|| {
                rows.push(Vec::new());
                rows.len() - 1
            });
            rows[row].push((from, to));
            packed.placed.push(Placed { mark, left, right, from, to, words, row });
        }
        packed.rows = packed.rows.max(rows.len());
        packed
    }
}

/// The lanes with their bands.
#[component]
pub(super) fn LaneRows(rows: Memo<Rows>, by: Lanes, window: Memo<Window>, pixels: Signal<f64>) -> impl IntoView {
    let filters = expect_context::<Filters>();
    let lanes = Memo::new(move |_| rows.with(|rows| Lane::all(rows.all(), rows.positions(), by)));
    view! {
        <ol class="lanes">
            {move || {
                let (window, pixels) = (window.get(), pixels.get());
                lanes.with(|lanes| {
                    lanes.iter().map(|lane| rows.with(|rows| drawn(filters, rows, lane, &window, pixels))).collect_view()
                })
            }}
        </ol>
    }
    .erase()
}

fn drawn(filters: Filters, rows: &Rows, lane: &Lane, window: &Window, pixels: f64) -> AnyView {
    let launches = rows.all();
    let (near, far): (Vec<usize>, Vec<usize>) =
        lane.positions.iter().partition(|position| window.holds(&launches[**position]));
    let mut packed = Packed::of(Mark::all(launches, &near), window, pixels);
    let is_earlier = |position: &&usize| window.place(extent(&launches[**position]).0) < 0.0;
    let earlier = far.iter().filter(is_earlier).count();
    packed.earlier += earlier;
    packed.later += far.len() - earlier;
    let height = packed.rows.max(1) * ROW_PX + 8;
    let outside = match (packed.earlier, packed.later) {
        (0, 0) => None,
        (0, later) => Some(format!("{later} later")),
        (earlier, 0) => Some(format!("{earlier} earlier")),
        (earlier, later) => Some(format!("{earlier} earlier, {later} later")),
    };
    let shapes = |placed: &[Placed]| {
        placed
            .iter()
            .map(|placed| {
                let band = placed.mark.band();
                view! {
                    <svg class=format!("tl-band {}", band.tone) y=placed.row * ROW_PX + 4 width="100%" height=ROW_PX>
                        {shape(band.granularity.texture(), band.start, band.end, window)}
                    </svg>
                }
            })
            .collect_view()
    };
    let (shapes, names) = if packed.is_dense {
        // Vague dates keep their texture: in the merged shape they would look like days full of launches.
        let (days, vague): (Vec<_>, Vec<_>) =
            packed.placed.into_iter().partition(|placed| placed.mark.band().granularity.names_a_day());
        (view! { {shapes(&vague)} {crowd(&days)} }.erase(), ().erase())
    } else {
        let names = packed.placed.iter().map(|placed| name(filters, lane, placed)).collect_view();
        (shapes(&packed.placed).erase(), view! { <ul>{names}</ul> }.erase())
    };
    let dense = packed.is_dense.then(|| format!("{} in view: zoom in for their names", near.len()));
    view! {
        <li class="lane">
            <div class="lane-name">
                <h3>{lane.name.clone()} " " <span class="f">{lane.positions.len()}</span></h3>
                {outside.map(|outside| view! { <p class="sm f">{outside}</p> })}
                {dense.map(|dense| view! { <p class="sm f">{dense}</p> })}
            </div>
            <div class="lane-plot" style=format!("height:{height}px")>
                <svg width="100%" height="100%" aria-hidden="true">{shapes}</svg>
                {names}
            </div>
        </li>
    }
    .erase()
}

/// The bands of a dense lane as one shape: overlapping bands are merged.
fn crowd(placed: &[Placed]) -> impl IntoView + use<> {
    // Each band is at least two thousandths of the width wide.
    let mut ends: Vec<(f64, f64)> = placed.iter().map(|one| (one.left, one.right.max(one.left + 0.002))).collect();
    domain::sort::sort_by(&mut ends, |left, right| left.0.total_cmp(&right.0));
    let mut merged: Vec<(f64, f64)> = Vec::new();
    for (left, right) in ends {
        match merged.last_mut() {
            Some(last) if left <= last.1 => last.1 = last.1.max(right),
            _ => merged.push((left, right)),
        }
    }
    let path: String = merged
        .into_iter()
        .map(|(left, right)| {
            format!("M{:.1} 4h{:.1}v18h-{:.1}z", left * 1e3, (right - left) * 1e3, (right - left) * 1e3)
        })
        .collect();
    view! {
        <svg class="tl-band tone-other" y="4" width="100%" height=ROW_PX viewBox="0 0 1000 26" preserveAspectRatio="none">
            <path class="crowd" d=path></path>
        </svg>
    }
}

/// The label of a band, which links to the launch or to the launches.
fn name(filters: Filters, lane: &Lane, placed: &Placed) -> AnyView {
    let band = placed.mark.band();
    let words = placed.mark.describe();
    let (href, label) = match &placed.mark {
        Mark::One(band) => (format!("/launches/{}", band.id), band.sentence()),
        Mark::Many(period, _) => {
            let mut query = filters.query.with(|query| period.query(query));
            if let Some(facet) = query.lanes.map(Lanes::facet)
                && !query.selects(facet, &lane.key)
            {
                query.toggle(facet, &lane.key);
            }
            (query.address(), format!("{words}, {}", lane.name))
        }
    };
    let band_width = percent(placed.right - placed.left);
    let (class, inner) = match placed.words {
        Words::Inside => ("lane-band inside", String::new()),
        Words::After => ("lane-band", format!("padding-left:calc({band_width} + 8px)")),
        Words::Before => ("lane-band before", format!("padding-right:calc({band_width} + 8px)")),
    };
    let place = format!(
        "left:{};width:{};top:{}px;{inner}",
        percent(placed.from),
        percent(placed.to - placed.from),
        placed.row * ROW_PX + 4
    );
    let moonward = band.tier.is_moon_bound();
    view! {
        <li class=class class:lunar=moonward style=place>
            <a href=href aria-label=label.clone() title=label draggable="false"><span>{words}</span></a>
        </li>
    }
    .erase()
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::{super::view::Zoom, *};

    fn now() -> DateTime<Utc> {
        "2026-03-23T09:00:00Z".parse().expect("a valid time")
    }

    fn mark(hours: i64, title: &str) -> Mark {
        Mark::One(Band::invented(title, now() + TimeDelta::hours(hours)))
    }

    fn packed(marks: Vec<Mark>) -> Packed {
        Packed::of(marks, &Window::at(Zoom::Month, now(), None), 1_000.0)
    }

    #[test]
    fn bands_share_a_row_only_if_their_labels_do_not_overlap() {
        let far = packed(vec![mark(10, "Starlink Group 17-17"), mark(24 * 20, "Transporter 16")]);
        assert_eq!(far.rows, 1);
        let near = packed(vec![mark(10, "Starlink Group 17-17"), mark(34, "Transporter 16")]);
        assert_eq!(near.rows, 2);
    }

    #[test]
    fn launches_outside_the_view_are_counted() {
        let packed =
            packed(vec![mark(-24 * 90, "Gone"), mark(1, "Here"), mark(24 * 90, "Late"), mark(24 * 91, "Later")]);
        assert_eq!((packed.earlier, packed.placed.len(), packed.later), (1, 1, 2));
    }

    #[test]
    fn a_crowded_lane_is_one_row_without_labels() {
        let crowd = |count: i64| packed((0..count).map(|at| mark(at, "Starlink Group 17-17")).collect());
        assert!(!crowd(60).is_dense);
        let dense = crowd(61);
        assert_eq!((dense.is_dense, dense.rows, dense.placed.len()), (true, 1, 61));
    }

    #[test]
    fn the_label_is_before_a_band_at_the_end_of_the_view() {
        let packed = packed(vec![mark(24 * 32, "A name of some length")]);
        assert_eq!(packed.placed[0].words, Words::Before);
        assert!(packed.placed[0].from >= 0.0 && packed.placed[0].to <= 1.0);
    }
}
