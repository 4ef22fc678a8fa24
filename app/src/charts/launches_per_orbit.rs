use domain::{BoardQuery, Facet, MoonReach};

use super::{
    Figure, Tally,
    paint::tier_token,
    ranked::{self, Noun, Slice},
};

/// Launches per orbit as LL2 gives it: one bar per orbit, most launches first, in the colour of its Moon tier. Orbits at the
/// Moon keep a bar even with few launches.
///
/// The tier is that of the orbit, not of a launch in it: a lander may be listed under low Earth orbit, and that orbit alone
/// does not reach the Moon.
/// the Moon by that.
pub fn launches_per_orbit(orbits: &[Tally<'_>], query: &BoardQuery) -> Figure {
    let slices = orbits.iter().map(|tally| {
        let abbrev = tally.example.orbit.as_ref().map(|orbit| orbit.abbrev.as_str());
        let tier = MoonReach::judge(tally.example.orbit.as_ref(), None).tier;
        Slice { token: tier_token(tier), kept: tier.is_moon_bound(), ..Slice::new(Facet::Orbit, tally, abbrev, query) }
    });
    let unit = "Launches by orbit as LL2 gives it, coloured by moon tier. A lander may be listed under another orbit. Select a bar to filter.".to_owned();
    ranked::figure(slices.collect(), &Noun("orbit", "orbits"), unit, finding)
}

fn finding(slices: &[Slice<'_>], all: usize) -> String {
    let sum = |taken: &dyn Fn(&Slice<'_>) -> bool| -> usize {
        slices.iter().filter(|slice| taken(slice)).map(|slice| slice.count).sum()
    };
    let selected: Vec<_> = slices.iter().filter(|slice| slice.selected).collect();
    if !selected.is_empty() {
        let count = sum(&|slice| slice.selected);
        let verb = if count == 1 { "goes" } else { "go" };
        return match selected.as_slice() {
            [one] => format!("{count} of {all} {verb} to {}", one.name),
            several => format!("{count} of {all} {verb} to the {} selected orbits", several.len()),
        };
    }
    match (all, sum(&|slice| slice.kept)) {
        (0, _) => "No launches, no orbits".to_owned(),
        (1, 0) => "The only one has no lunar orbit".to_owned(),
        (1, _) => "The only one has a lunar orbit or flyby".to_owned(),
        (_, 0) => format!("None of {all} has a lunar orbit"),
        (_, 1) => format!("1 of {all} has a lunar orbit or flyby"),
        (_, moon) if moon == all => format!("All {all} have a lunar orbit or flyby"),
        (_, moon) => format!("{moon} of {all} have a lunar orbit or flyby"),
    }
}
