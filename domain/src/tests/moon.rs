use crate::{MoonReach, MoonTier, Orbit};

fn orbit(id: i32, name: &str, body: Option<&str>) -> Orbit {
    Orbit { id, name: name.into(), abbrev: name.into(), celestial_body: body.map(Into::into) }
}

#[test]
fn an_orbit_gives_its_tier_with_what_is_left() {
    for (id, name, tier, left) in [
        (11, "Lunar Orbit", MoonTier::LunarOrbit, Some((2.18, 2.92))),
        (9, "Lunar flyby", MoonTier::LunarTransfer, Some((2.90, 2.90))),
        (2, "Geostationary Transfer Orbit", MoonTier::SteppingStone, Some((3.3, 3.6))),
        (0, "Elliptical Orbit", MoonTier::SteppingStone, Some((3.0, 3.6))),
        (8, "Low Earth Orbit", MoonTier::EarthOrbit, Some((5.9, 6.2))),
        (15, "Suborbital", MoonTier::Cannot, None),
        (19, "Mars Orbit", MoonTier::Cannot, None),
        (25, "Unknown", MoonTier::Unknown, None),
    ] {
        let reach = MoonReach::judge(Some(&orbit(id, name, None)), None);
        assert_eq!(reach.tier, tier, "{name}");
        assert_eq!(reach.delta_v_left_km_s.map(|range| (range.low, range.high)), left, "{name}");
        assert!(!reach.reason.is_empty());
    }
}

#[test]
fn no_orbit_is_unknown_and_never_a_rank() {
    let reach = MoonReach::judge(None, None);
    assert_eq!(reach.tier, MoonTier::Unknown);
    assert!(reach.delta_v_left_km_s.is_none());
    assert!(!reach.tier.is_moon_bound());
}

#[test]
fn an_orbit_we_have_not_met_is_judged_by_its_body() {
    let around_moon = orbit(99, "Frozen Orbit", Some("Moon"));
    assert_eq!(MoonReach::judge(Some(&around_moon), Some("Earth")).tier, MoonTier::LunarOrbit);
    let around_mars = orbit(98, "Areostationary Orbit", Some("Mars"));
    assert_eq!(MoonReach::judge(Some(&around_mars), None).tier, MoonTier::Cannot);
    let nameless = orbit(97, "Something New", None);
    assert_eq!(MoonReach::judge(Some(&nameless), None).tier, MoonTier::Unknown);
}

#[test]
fn an_impactor_is_not_a_ride_and_a_launch_from_the_moon_leaves_it() {
    let impactor = orbit(96, "Lunar Impactor", Some("Moon"));
    assert_eq!(MoonReach::judge(Some(&impactor), None).tier, MoonTier::Cannot);
    let lunar = orbit(11, "Lunar Orbit", Some("Moon"));
    assert_eq!(MoonReach::judge(Some(&lunar), Some("Moon")).tier, MoonTier::Cannot);
}

/// The rule's figures against vis-viva: coplanar, impulsive, to an apogee of 384,400 km, plus 2.90 km/s to the surface.
#[test]
fn the_ranges_hold_the_vis_viva_figures() {
    const MU: f64 = 398_600.441_8;
    const EARTH_KM: f64 = 6_378.137;
    const MOON_KM: f64 = 384_400.0;
    let speed = |radius: f64, semi_major: f64| (MU * (2.0 / radius - 1.0 / semi_major)).sqrt();
    let left = |perigee_altitude: f64, apogee_altitude: f64| {
        let (perigee, apogee) = (EARTH_KM + perigee_altitude, EARTH_KM + apogee_altitude);
        let now = speed(perigee, f64::midpoint(perigee, apogee));
        speed(perigee, f64::midpoint(perigee, MOON_KM)) - now + 2.90
    };
    for (id, perigee, apogee) in
        [(8, 400.0, 400.0), (17, 600.0, 600.0), (2, 250.0, 35_786.0), (1, 35_786.0, 35_786.0), (12, 20_200.0, 20_200.0)]
    {
        let range = MoonReach::judge(Some(&orbit(id, "as LL2 names it", None)), None).delta_v_left_km_s;
        let (range, figure) = (range.expect("on the ladder"), left(perigee, apogee));
        assert!(range.low <= figure && figure <= range.high, "orbit {id}: {figure:.3} outside of {range:?}");
    }
}
