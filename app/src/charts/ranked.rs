//! Horizontal bars, most launches first: the common part of charts of one facet.

use charming::{Chart, component::Axis, element::AxisType, series::Bar};
use domain::{BoardQuery, Facet};

use super::{
    Figure, Mark, Row, Select, Table, Tally,
    figure::to_json,
    paint::{bar, category_axis, count_label, grid, launches as count_of, short_name, tooltip, two_names},
};

/// Number of choices with one bar each; the others share one bar.
const MOST_BARS: usize = 6;

/// The data of one bar.
pub(super) struct Slice<'board> {
    pub name: &'board str,
    pub short: String,
    pub token: &'static str,
    pub count: usize,
    pub selected: bool,
    /// Whether it always has a bar, even with few launches.
    pub kept: bool,
    pub select: Select,
}

impl<'board> Slice<'board> {
    pub(super) fn new(facet: Facet, tally: &Tally<'board>, abbrev: Option<&str>, query: &BoardQuery) -> Self {
        Self {
            name: tally.label,
            short: short_name(tally.label, abbrev),
            token: "var(--c1)",
            count: tally.count,
            selected: tally.is_selected(facet, query),
            kept: false,
            select: Select::choice(facet, tally.key),
        }
    }

    fn describe(&self) -> String {
        format!("{}: {}", self.name, count_of(self.count))
    }
}

/// The counted thing, in singular and plural: "provider", "providers".
pub(super) struct Noun(pub &'static str, pub &'static str);

/// Builds the chart of these slices. `finding` receives them in the order of the chart.
pub(super) fn figure(
    mut slices: Vec<Slice<'_>>,
    noun: &Noun,
    unit: String,
    finding: impl FnOnce(&[Slice<'_>], usize) -> String,
) -> Figure {
    domain::sort::sort_by(&mut slices, |left, right| {
        right.count.cmp(&left.count).then_with(|| left.name.cmp(right.name))
    });
    let all: usize = slices.iter().map(|slice| slice.count).sum();
    let any_selected = slices.iter().any(|slice| slice.selected);
    let (shown, others): (Vec<_>, Vec<_>) = {
        let mut place = 0;
        slices.iter().partition(|slice| {
            place += 1;
            place <= MOST_BARS || slice.selected || slice.kept
        })
    };

    let mut names: Vec<_> = shown.iter().map(|slice| two_names(slice.name, &slice.short)).collect();
    let mut bars: Vec<_> =
        shown.iter().map(|slice| bar(slice.count, slice.token, any_selected && !slice.selected)).collect();
    let mut marks: Vec<_> =
        shown.iter().map(|slice| Mark { words: slice.describe(), select: Some(slice.select.clone()) }).collect();
    if !others.is_empty() {
        let count = others.iter().map(|slice| slice.count).sum();
        let name = format!("{} {}", others.len(), if others.len() == 1 { "other" } else { "others" });
        names.push(two_names(&name, &name));
        bars.push(bar(count, "var(--c-other)", any_selected));
        marks.push(Mark { words: format!("{name}: {}", count_of(count)), select: None });
    }

    let option = Chart::new()
        .tooltip(tooltip())
        .grid(grid(136, 0, 44, 0))
        .x_axis(Axis::new().type_(AxisType::Value).min(0).show(false))
        .y_axis(category_axis(names).inverse(true))
        .series(Bar::new().name("launches").bar_width("60%").label(count_label()).data(bars));
    Figure {
        finding: finding(&slices, all),
        unit,
        sentence: sentence(&slices, all, noun),
        option: to_json(&option),
        keys: Vec::new(),
        remainder: None,
        marks,
        column: 1,
        table: Table {
            head: vec![capitalised(noun.0), "Launches".to_owned()],
            rows: slices.iter().map(|slice| Row::of(slice.name, &[slice.count], Some(slice.select.clone()))).collect(),
        },
    }
}

/// Names the leader among the choices of a facet: "SpaceX flies 110 of 360, CASC is next with 60". `verb` is used for
/// one choice, `verbs` for several.
pub(super) fn leader(slices: &[Slice<'_>], all: usize, noun: &Noun, verb: &str, verbs: &str) -> String {
    let selected: Vec<_> = slices.iter().filter(|slice| slice.selected).collect();
    if !selected.is_empty() {
        let count: usize = selected.iter().map(|slice| slice.count).sum();
        let who = match selected.as_slice() {
            [one] => one.short.clone(),
            several => format!("The {} selected {}", several.len(), noun.1),
        };
        return format!("{who} {} {count} of {all}", if selected.len() == 1 { verb } else { verbs });
    }
    match slices {
        [] => format!("No launches, no {}", noun.1),
        [one] => {
            let what = if all == 1 { "the only one".to_owned() } else { format!("all {all}") };
            format!("{} {verb} {what}", one.short)
        }
        [first, second, ..] if first.count == second.count => {
            let equals = slices.iter().take_while(|slice| slice.count == first.count).count();
            match equals {
                2 => format!("A tie: {} and {} {verbs} {} each", first.short, second.short, first.count),
                equals => format!("A tie: {equals} {} {verbs} {} each", noun.1, first.count),
            }
        }
        [first, ..] if first.count * 2 > all => format!("{} {verb} more than all others together", first.short),
        [first, second, ..] => {
            format!("{} {verb} {} of {all}, {} is next with {}", first.short, first.count, second.short, second.count)
        }
    }
}

fn sentence(slices: &[Slice<'_>], all: usize, noun: &Noun) -> String {
    let parts: Vec<_> = slices.iter().take(MOST_BARS).map(|slice| format!("{} {}", slice.name, slice.count)).collect();
    let by = match slices.len() {
        0 => return "Bar chart without bars: no launch passes the filters.".to_owned(),
        1 => noun.0.to_owned(),
        several => format!("{several} {}", noun.1),
    };
    let rest = slices.len().saturating_sub(MOST_BARS);
    let rest = if rest > 0 { format!(", and {rest} with fewer") } else { String::new() };
    format!("Bar chart of {} by {by}: {}{rest}.", count_of(all), parts.join(", "))
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
