use domain::{Facet, OutcomeCount};

use crate::charts::{
    Figure, Remainder, Select,
    country::country_name,
    paint::{launches, short_name},
    ranked::{self, Noun, Slice},
};

const PROVIDER: Noun = Noun("provider", "providers");
const COUNTRY: Noun = Noun("country", "countries");
const ORBIT: Noun = Noun("orbit", "orbits");

/// Launches flown per provider.
pub(super) fn per_provider(counts: &[&OutcomeCount]) -> Figure {
    ranking(counts, (&PROVIDER, Facet::Provider), "Launches that left the pad, by provider.", "flew", |name| name)
}

/// Launches flown per country of the pad.
pub(super) fn per_country(counts: &[&OutcomeCount]) -> Figure {
    let name = |code| country_name(code).unwrap_or(code);
    ranking(counts, (&COUNTRY, Facet::Country), "Launches that left the pad, by country of the pad.", "had", name)
}

/// Launches flown per orbit.
pub(super) fn per_orbit(counts: &[&OutcomeCount]) -> Figure {
    ranking(counts, (&ORBIT, Facet::Orbit), "Launches that left the pad, by the orbit LL2 gives.", "took", |name| name)
}

/// One bar per given value. Launches without a value are counted next to the bars: they are not one category and cannot lead.
fn ranking<'a>(
    counts: &[&'a OutcomeCount],
    (noun, facet): (&Noun, Facet),
    unit: &str,
    verb: &str,
    name_of: impl Fn(&'a str) -> &'a str,
) -> Figure {
    let slices: Vec<_> = counts
        .iter()
        .filter_map(|count| {
            let given = given(count)?;
            let name = name_of(given);
            Some(Slice {
                name,
                short: short_name(name, count.abbrev.as_deref()),
                token: "var(--c1)",
                count: count.flown() as usize,
                selected: false,
                kept: false,
                // A country has its code instead of an id.
                select: Select::choice(facet, count.id.map_or_else(|| given.to_owned(), |id| id.to_string())),
            })
        })
        .collect();
    let placed: usize = slices.iter().map(|slice| slice.count).sum();
    let left: usize = counts.iter().filter(|count| given(count).is_none()).map(|count| count.flown() as usize).sum();
    let mut figure = ranked::figure(slices, noun, unit.to_owned(), |slices, all| match (slices, left) {
        ([], 1..) => format!("None of {} has {} given by LL2", launches(left), with_article(noun)),
        _ => ranked::leader(slices, all, noun, verb, verb),
    });
    figure.remainder = (left > 0).then(|| Remainder {
        placed,
        left,
        placed_label: format!("{placed} with {}", with_article(noun)),
        left_label: format!("{left} without: not given"),
    });
    figure
}

/// Returns the name, unless it is LL2's "Unknown" or has no letters (a country of question marks).
fn given(count: &OutcomeCount) -> Option<&str> {
    let name = count.name.as_deref()?;
    (name != "Unknown" && name.contains(char::is_alphabetic)).then_some(name)
}

fn with_article(noun: &Noun) -> String {
    let article = if noun.0.starts_with('o') { "an" } else { "a" };
    format!("{article} {}", noun.0)
}
