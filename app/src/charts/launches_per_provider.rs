use domain::{BoardQuery, Facet};

use super::{
    Figure, Tally,
    ranked::{self, Noun, Slice},
};

const PROVIDER: Noun = Noun("provider", "providers");

/// Launches per provider: one bar per provider, most launches first.
pub fn launches_per_provider(providers: &[Tally<'_>], query: &BoardQuery) -> Figure {
    let slices = providers.iter().map(|tally| {
        let abbrev = tally.example.provider.abbrev.as_deref();
        Slice::new(Facet::Provider, tally, abbrev, query)
    });
    let unit = "Launches by provider. Select a bar to filter.".to_owned();
    ranked::figure(slices.collect(), &PROVIDER, unit, |slices, all| {
        ranked::leader(slices, all, &PROVIDER, "flies", "fly")
    })
}
