use domain::{BoardQuery, Facet};

use super::{
    Figure, Tally,
    country::country_name,
    paint::short_name,
    ranked::{self, Noun, Slice},
};

const COUNTRY: Noun = Noun("country", "countries");

/// Launches per country of the pad: one bar per country, most launches first.
pub fn launches_per_country(countries: &[Tally<'_>], query: &BoardQuery) -> Figure {
    let slices = countries.iter().map(|tally| {
        let slice = Slice::new(Facet::Country, tally, None, query);
        match country_name(tally.key) {
            Some(name) => Slice { name, short: short_name(name, Some(tally.key)), ..slice },
            None => slice,
        }
    });
    let unit = "Launches by country of the pad, not of the provider. Select a bar to filter.".to_owned();
    ranked::figure(slices.collect(), &COUNTRY, unit, |slices, all| ranked::leader(slices, all, &COUNTRY, "has", "have"))
}
