use std::collections::HashMap;

use charming::{Chart, component::Axis, element::AxisType, series::Bar};
use domain::{BoardQuery, Facet, Launch, MoonTier};

use super::{
    Figure, Row, Select, Table,
    figure::to_json,
    paint::{bar, category_axis, count_label, grid, launches as count_of, short_name, tier_token, tooltip, two_names},
};

/// Bars of their own, besides those that go to the Moon; the rest is one bar.
const MOST_BARS: usize = 6;

struct Slice<'launch> {
    /// `None`: LL2 gives no orbit, which is a value like any other.
    id: Option<i32>,
    name: &'launch str,
    abbrev: Option<&'launch str>,
    tier: MoonTier,
    count: usize,
    selected: bool,
}

/// Where they go: one bar per orbit, most launches first, in the colour of its moon tier.
///
/// The launches are those that pass every filter *but* the orbit's, as in [`super::launches_per_provider`]. Orbits that go to
/// the Moon keep a bar however few fly there.
pub fn launches_per_orbit(launches: &[&Launch], query: &BoardQuery) -> Figure {
    let slices = slices(launches, query);
    let total = launches.len();
    let any_selected = slices.iter().any(|slice| slice.selected);
    let (shown, others): (Vec<_>, Vec<_>) = {
        let mut place = 0;
        slices.iter().partition(|slice| {
            place += 1;
            place <= MOST_BARS || slice.selected || slice.tier.is_moon_bound()
        })
    };
    let others_count: usize = others.iter().map(|slice| slice.count).sum();

    let mut names: Vec<_> =
        shown.iter().map(|slice| two_names(slice.name, &short_name(slice.name, slice.abbrev))).collect();
    let mut bars: Vec<_> =
        shown.iter().map(|slice| bar(slice.count, tier_token(slice.tier), any_selected && !slice.selected)).collect();
    let mut marks: Vec<_> = shown.iter().map(|slice| Some(slice.select())).collect();
    if !others.is_empty() {
        let name = format!("{} {}", others.len(), if others.len() == 1 { "other" } else { "others" });
        names.push(two_names(&name, &name));
        bars.push(bar(others_count, "var(--c-other)", any_selected));
        marks.push(None);
    }

    let option = Chart::new()
        .tooltip(tooltip())
        .grid(grid(136, 0, 44, 0))
        .x_axis(Axis::new().type_(AxisType::Value).min(0).show(false))
        .y_axis(category_axis(names).inverse(true))
        .series(Bar::new().name("launches").bar_width("60%").label(count_label()).data(bars));

    Figure {
        finding: finding(launches, &slices),
        unit: "Launches by orbit, coloured by moon tier. Select a bar to filter.".to_owned(),
        sentence: sentence(&slices, total),
        option: to_json(&option),
        keys: Vec::new(),
        remainder: None,
        marks,
        table: Table {
            head: vec!["Orbit".to_owned(), "Launches".to_owned()],
            rows: slices
                .iter()
                .map(|slice| Row {
                    label: slice.name.to_owned(),
                    counts: vec![slice.count],
                    select: Some(slice.select()),
                })
                .collect(),
        },
    }
}

fn slices<'launch>(launches: &[&'launch Launch], query: &BoardQuery) -> Vec<Slice<'launch>> {
    let mut counts: HashMap<Option<i32>, Slice<'launch>> = HashMap::new();
    for launch in launches {
        let orbit = launch.orbit.as_ref();
        let id = orbit.map(|orbit| orbit.id);
        let slice = counts.entry(id).or_insert_with(|| Slice {
            id,
            name: orbit.map_or("Not given", |orbit| &orbit.name),
            abbrev: orbit.map(|orbit| orbit.abbrev.as_str()),
            tier: launch.moon.tier,
            count: 0,
            selected: query.orbit.contains(&id),
        });
        slice.count += 1;
        slice.tier = slice.tier.min(launch.moon.tier);
    }
    let mut slices: Vec<_> = counts.into_values().collect();
    slices.sort_by(|left, right| right.count.cmp(&left.count).then_with(|| left.name.cmp(right.name)));
    slices
}

impl Slice<'_> {
    fn select(&self) -> Select {
        Select::Facet(Facet::Orbit, self.id.map_or_else(|| Facet::MISSING.to_owned(), |id| id.to_string()))
    }
}

fn finding(launches: &[&Launch], slices: &[Slice<'_>]) -> String {
    let total = launches.len();
    let moon = launches.iter().filter(|launch| launch.moon.tier.is_moon_bound()).count();
    let selected: Vec<_> = slices.iter().filter(|slice| slice.selected).collect();
    if !selected.is_empty() {
        let count: usize = selected.iter().map(|slice| slice.count).sum();
        let verb = if count == 1 { "goes" } else { "go" };
        return match selected.as_slice() {
            [one] => format!("{count} of {total} {verb} to {}", one.name),
            several => format!("{count} of {total} {verb} to the {} selected orbits", several.len()),
        };
    }
    match (total, moon) {
        (0, _) => "No launches, no orbits".to_owned(),
        (1, 0) => "The only one does not go to the Moon".to_owned(),
        (1, _) => "The only one goes to the Moon".to_owned(),
        (_, 0) => format!("None of {total} goes to the Moon"),
        (_, 1) => format!("1 of {total} goes to the Moon"),
        (_, moon) if moon == total => format!("All {total} go to the Moon"),
        (_, moon) => format!("{moon} of {total} go to the Moon"),
    }
}

fn sentence(slices: &[Slice<'_>], total: usize) -> String {
    let parts: Vec<_> = slices.iter().map(|slice| format!("{} {}", slice.name, slice.count)).collect();
    match parts.as_slice() {
        [] => "Bar chart without bars: no launch passes the filters.".to_owned(),
        parts => format!("Bar chart of {} by orbit: {}.", count_of(total), parts.join(", ")),
    }
}
