use charming::{Chart, component::Axis, element::AxisType};
use domain::{BoardQuery, Facet, Granularity};

use super::{
    Figure, Mark, Row, Select, Table, Tally,
    figure::to_json,
    paint::{category_axis, custom, grid, item_tooltip, launches as count_of, point, texture, two_names, whole},
    tally::total,
};

/// Precisions that share one name: the four quarters, the two half-years.
struct Group<'board> {
    granularity: Granularity,
    keys: Vec<&'board str>,
    count: usize,
    selected: bool,
}

impl Group<'_> {
    fn name(&self) -> &'static str {
        match self.granularity {
            Granularity::Missing => "not given",
            Granularity::Unlisted => "not known to us",
            granularity => granularity.describe(),
        }
    }

    fn select(&self) -> Select {
        Select::Facet(Facet::Precision, self.keys.iter().map(|key| (*key).to_owned()).collect())
    }
}

/// Launches per precision of their date: one bar per precision, finest first, in the texture of its bands on all pages.
pub fn launches_per_precision(precisions: &[Tally<'_>], query: &BoardQuery) -> Figure {
    let groups = groups(precisions, query);
    let any_selected = groups.iter().any(|group| group.selected);
    let all = total(precisions);
    let names = groups.iter().map(|group| two_names(group.name(), group.name())).collect();
    let counts = groups.iter().map(|group| {
        let count = group.count.to_string();
        two_names(&count, &count)
    });
    let bars = groups.iter().enumerate().map(|(row, group)| {
        let dimmed = i64::from(any_selected && !group.selected);
        point(&[whole(group.count), whole(row), texture(group.granularity), dimmed])
    });
    let option = Chart::new()
        .tooltip(item_tooltip())
        .grid(grid(136, 0, 44, 0))
        .x_axis(Axis::new().type_(AxisType::Value).min(0).show(false))
        .y_axis(category_axis(names).inverse(true))
        .y_axis(category_axis(counts.collect()).inverse(true).position("right"))
        .series(custom("texture", &[0], &[1]).data(bars.collect::<Vec<_>>()));
    Figure {
        finding: finding(&groups, all),
        unit: "Launches by how exactly their date is known. Select a bar to filter.".to_owned(),
        sentence: sentence(&groups, all),
        option: to_json(&option),
        keys: Vec::new(),
        remainder: None,
        marks: groups
            .iter()
            .map(|group| Mark {
                words: format!("{}: {}", group.name(), count_of(group.count)),
                select: Some(group.select()),
            })
            .collect(),
        column: 1,
        table: Table {
            head: vec!["Precision".to_owned(), "Launches".to_owned()],
            rows: groups.iter().map(|group| Row::of(group.name(), &[group.count], Some(group.select()))).collect(),
        },
    }
}

fn groups<'board>(precisions: &[Tally<'board>], query: &BoardQuery) -> Vec<Group<'board>> {
    let mut groups: Vec<Group<'board>> = Vec::new();
    for tally in precisions {
        let granularity = tally.example.granularity();
        let selected = tally.is_selected(Facet::Precision, query);
        match groups.iter_mut().find(|group| group.granularity.describe() == granularity.describe()) {
            Some(group) => {
                group.keys.push(tally.key);
                group.count += tally.count;
                group.selected |= selected;
            }
            None => groups.push(Group { granularity, keys: vec![tally.key], count: tally.count, selected }),
        }
    }
    domain::sort::sort_by_key(&mut groups, |group| group.granularity);
    groups
}

fn finding(groups: &[Group<'_>], all: usize) -> String {
    let sum = |is: &dyn Fn(&Group<'_>) -> bool| -> usize {
        groups.iter().filter(|group| is(group)).map(|group| group.count).sum()
    };
    if groups.iter().any(|group| group.selected) {
        let selected: Vec<_> = groups.iter().filter(|group| group.selected).collect();
        let count = sum(&|group| group.selected);
        return match selected.as_slice() {
            [one] => format!("{count} of {all}: {}", one.name()),
            several => format!("{count} of {all} have one of the {} selected precisions", several.len()),
        };
    }
    let timed = sum(&|group| group.granularity.ticks());
    match (all, timed) {
        (0, _) => "No launches, no dates".to_owned(),
        (1, 0) => "The only one has no time of day".to_owned(),
        (1, _) => "The only one has a time of day".to_owned(),
        (_, 0) => format!("None of {all} has a time of day"),
        (_, timed) if timed == all => format!("All {all} have a time of day"),
        (_, timed) => {
            let vague = sum(&|group| group.granularity > Granularity::Month);
            let has = if timed == 1 { "has" } else { "have" };
            let rest = match vague {
                0 => "all name a month".to_owned(),
                1 => "1 names not even a month".to_owned(),
                vague => format!("{vague} name not even a month"),
            };
            format!("{timed} of {all} {has} a time of day, {rest}")
        }
    }
}

fn sentence(groups: &[Group<'_>], all: usize) -> String {
    let parts: Vec<_> = groups.iter().map(|group| format!("{} {}", group.name(), group.count)).collect();
    match parts.as_slice() {
        [] => "Bar chart without bars: no launch passes the filters.".to_owned(),
        parts => format!("Bar chart of {} by precision, finest first: {}.", count_of(all), parts.join(", ")),
    }
}
