use std::collections::HashMap;

use charming::{Chart, component::Axis, element::AxisType, series::Bar};
use domain::{BoardQuery, Facet, Launch};

use super::{
    Figure, Row, Select, Table,
    figure::to_json,
    paint::{bar, category_axis, count_label, grid, launches as count_of, short_name, tooltip, two_names},
};

/// Bars of their own; the rest is one bar.
const MOST_BARS: usize = 6;

struct Slice<'launch> {
    key: String,
    name: &'launch str,
    abbrev: Option<&'launch str>,
    count: usize,
    selected: bool,
}

/// Who flies: one bar per provider, most launches first.
///
/// The launches are those that pass every filter *but* the provider's, so that a selected bar still has its peers beside it;
/// peers are dimmed, and selecting again gives the filter back.
pub fn launches_per_provider(launches: &[&Launch], query: &BoardQuery) -> Figure {
    let slices = slices(launches, query);
    let total = launches.len();
    let any_selected = slices.iter().any(|slice| slice.selected);
    let (shown, others): (Vec<_>, Vec<_>) = {
        let mut place = 0;
        slices.iter().partition(|slice| {
            place += 1;
            place <= MOST_BARS || slice.selected
        })
    };
    let others_count: usize = others.iter().map(|slice| slice.count).sum();

    let mut names: Vec<_> =
        shown.iter().map(|slice| two_names(slice.name, &short_name(slice.name, slice.abbrev))).collect();
    let mut bars: Vec<_> =
        shown.iter().map(|slice| bar(slice.count, "var(--c1)", any_selected && !slice.selected)).collect();
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
        finding: finding(&slices, total),
        unit: "Launches by provider. Select a bar to filter.".to_owned(),
        sentence: sentence(&slices, total),
        option: to_json(&option),
        keys: Vec::new(),
        remainder: None,
        marks,
        table: Table {
            head: vec!["Provider".to_owned(), "Launches".to_owned()],
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
    let mut counts: HashMap<i32, Slice<'launch>> = HashMap::new();
    for launch in launches {
        let provider = &launch.provider;
        let slice = counts.entry(provider.id).or_insert_with(|| Slice {
            key: provider.id.to_string(),
            name: &provider.name,
            abbrev: provider.abbrev.as_deref(),
            count: 0,
            selected: query.provider.contains(&provider.id),
        });
        slice.count += 1;
    }
    let mut slices: Vec<_> = counts.into_values().collect();
    slices.sort_by(|left, right| right.count.cmp(&left.count).then_with(|| left.name.cmp(right.name)));
    slices
}

impl Slice<'_> {
    fn select(&self) -> Select {
        Select::Facet(Facet::Provider, self.key.clone())
    }

    fn short(&self) -> String {
        short_name(self.name, self.abbrev)
    }
}

fn finding(slices: &[Slice<'_>], total: usize) -> String {
    let selected: Vec<_> = slices.iter().filter(|slice| slice.selected).collect();
    if !selected.is_empty() {
        let count: usize = selected.iter().map(|slice| slice.count).sum();
        let who = match selected.as_slice() {
            [one] => one.short(),
            several => format!("The {} selected providers", several.len()),
        };
        return format!("{who} {} {count} of {total}", if selected.len() == 1 { "flies" } else { "fly" });
    }
    match slices {
        [] => "No launches, no providers".to_owned(),
        [one] => format!(
            "{} flies {}",
            one.short(),
            if total == 1 { "the only one".to_owned() } else { format!("all {total}") }
        ),
        [first, second, ..] if first.count == second.count => {
            format!("Nobody leads: {} and {} fly {} each", first.short(), second.short(), first.count)
        }
        [first, ..] if first.count * 2 > total => format!("{} flies more than all others together", first.short()),
        [first, second, ..] => format!(
            "{} flies {} of {total}, {} comes next with {}",
            first.short(),
            first.count,
            second.short(),
            second.count
        ),
    }
}

fn sentence(slices: &[Slice<'_>], total: usize) -> String {
    let leaders: Vec<_> =
        slices.iter().take(MOST_BARS).map(|slice| format!("{} {}", slice.name, slice.count)).collect();
    match leaders.as_slice() {
        [] => "Bar chart without bars: no launch passes the filters.".to_owned(),
        leaders => format!(
            "Bar chart of {} by {}: {}.",
            count_of(total),
            if slices.len() == 1 { "provider".to_owned() } else { format!("{} providers", slices.len()) },
            leaders.join(", ")
        ),
    }
}
