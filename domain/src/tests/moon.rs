use crate::{EvidenceKind, Mission, MoonFacts, MoonReach, MoonTier, Orbit, Program, Stance, transfer};

fn orbit(id: i32, name: &str, body: Option<&str>) -> Orbit {
    Orbit { id, name: name.into(), abbrev: name.into(), celestial_body: body.map(Into::into) }
}

#[test]
fn an_orbit_gives_its_tier_and_the_remaining_velocity() {
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
fn a_missing_orbit_is_unknown_and_has_no_rank() {
    let reach = MoonReach::judge(None, None);
    assert_eq!(reach.tier, MoonTier::Unknown);
    assert!(reach.delta_v_left_km_s.is_none());
    assert!(!reach.tier.is_moon_bound());
}

#[test]
fn an_unlisted_orbit_is_classified_by_its_body() {
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

/// Published figures: the ladder of peers (PMC7385728 and its vis-viva values).
#[test]
fn vis_viva_reproduces_the_published_ladder() {
    let near =
        |figure: f64, published: f64| assert!((figure - published).abs() < 0.000_6, "{figure} is not {published}");
    near(transfer::to_the_moon(400.0, 400.0), 3.082);
    near(transfer::to_the_moon(185.0, 35_786.0), 0.676);
    near(transfer::to_the_moon(35_786.0, 35_786.0), 1.053);
    near(transfer::into_lunar_orbit(185.0, 100.0), 0.822);
}

#[test]
fn the_ranges_contain_the_vis_viva_figures() {
    for (id, perigee, apogee) in
        [(8, 400.0, 400.0), (17, 600.0, 600.0), (2, 250.0, 35_786.0), (1, 35_786.0, 35_786.0), (12, 20_200.0, 20_200.0)]
    {
        let range = MoonReach::judge(Some(&orbit(id, "as LL2 names it", None)), None).delta_v_left_km_s;
        let range = range.expect("on the ladder");
        let figure = transfer::to_the_moon(perigee, apogee) + transfer::TRANSFER_TO_SURFACE_KM_S;
        assert!(range.low <= figure && figure <= range.high, "orbit {id}: {figure:.3} outside of {range:?}");
    }
    let lunar = MoonReach::judge(Some(&orbit(11, "Lunar Orbit", None)), None).delta_v_left_km_s.expect("on the ladder");
    let halo = transfer::HALO_TO_LOW_LUNAR_ORBIT_KM_S + transfer::LOW_LUNAR_ORBIT_TO_SURFACE_KM_S;
    assert!((lunar.low - transfer::LOW_LUNAR_ORBIT_TO_SURFACE_KM_S).abs() < 1e-9 && (lunar.high - halo).abs() < 1e-9);
}

/// A mission as LL2 gives it.
fn mission(name: &str, kind: &str, description: &str) -> Mission {
    let description = (!description.is_empty()).then(|| description.to_owned());
    Mission { id: 1, name: name.into(), kind: Some(kind.into()), description }
}

fn reach(orbit: Option<&Orbit>, programs: &[Program], mission: &Mission) -> MoonReach {
    MoonFacts { orbit, programs, mission: Some(mission), ..MoonFacts::default() }.reach()
}

fn artemis() -> Vec<Program> {
    vec![Program { id: 15, name: "Artemis".into() }]
}

#[test]
fn a_lander_is_recognised_under_any_orbit() {
    let blue_moon = mission(
        "Blue Moon Pathfinder",
        "Robotic Exploration",
        "First flight of Blue Origin's Blue Moon MK1 lunar lander, MK1-SN001 \"Endurance\".",
    );
    let low = orbit(8, "Low Earth Orbit", None);
    let verdict = reach(Some(&low), &[], &blue_moon);
    assert_eq!(verdict.tier, MoonTier::Surface);
    assert_eq!(
        verdict.delta_v_left_km_s.map(|left| (left.low, left.high)),
        Some((0.0, 6.2)),
        "both readings are in it"
    );

    let evidence = MoonFacts { orbit: Some(&low), mission: Some(&blue_moon), ..MoonFacts::default() }.evidence();
    let stance = |kind| evidence.iter().find(|one| one.kind == kind).map(|one| one.stance(verdict.tier));
    assert_eq!(stance(EvidenceKind::Orbit), Some(Stance::Disagrees));
    assert_eq!(stance(EvidenceKind::Words), Some(Stance::Agrees));

    let griffin = mission(
        "Griffin Mission One",
        "Lunar Exploration",
        "Demonstration flight of the Astrobotic Griffin lander. It \
        carries the FLIP (FLEX Lunar Innovation Platform) rover.",
    );
    let lunar = orbit(11, "Lunar Orbit", Some("Moon"));
    assert_eq!(reach(Some(&lunar), &[], &griffin).tier, MoonTier::Surface);
}

#[test]
fn a_lunar_program_alone_does_not_make_a_mission_lunar() {
    let docking = mission(
        "Artemis III",
        "Human Exploration",
        "A crew of 4 on a Low Earth Orbit mission, with the Orion rendezvous and dock with one or both commercial lunar landers.",
    );
    let low = orbit(8, "Low Earth Orbit", None);
    let verdict = reach(Some(&low), &artemis(), &docking);
    assert_eq!(verdict.tier, MoonTier::EarthOrbit);
    let evidence =
        MoonFacts { orbit: Some(&low), programs: &artemis(), mission: Some(&docking), ..MoonFacts::default() }
            .evidence();
    let program = evidence.iter().find(|one| one.kind == EvidenceKind::Program).expect("is listed");
    assert_eq!(program.stance(verdict.tier), Stance::Disagrees);

    let bare = MoonFacts { programs: &artemis(), ..MoonFacts::default() };
    assert_eq!(bare.reach().tier, MoonTier::Unknown, "a mission without data is unknown for any program");
    assert_eq!(bare.evidence()[1].stance(MoonTier::Unknown), Stance::NotEnough);
}

#[test]
fn another_planets_moon_is_not_the_moon() {
    let explorer = mission(
        "Martian Moon eXplorer (MMX)",
        "Planetary Science",
        "A mission to land on Phobos, one of the two moons of Mars.",
    );
    let clipper = mission(
        "Europa Clipper",
        "Planetary Science",
        "It will orbit Jupiter and fly by its moon Europa; a lander may follow.",
    );
    let dragonfly = mission("Dragonfly", "Planetary Science", "A lander for Saturn's moon Titan.");
    for orbit in [Some(orbit(6, "Heliocentric N/A", None)), Some(orbit(25, "Unknown", None)), None] {
        for mission in [&explorer, &clipper, &dragonfly] {
            let verdict = reach(orbit.as_ref(), &[], mission);
            assert_eq!(verdict.tier, MoonTier::Cannot, "{} in {orbit:?}", mission.name);
        }
    }
}

#[test]
fn words_about_other_missions_do_not_count() {
    let orbiter = mission(
        "Luna 26",
        "Planetary Science",
        "Luna 26 is a planned lunar polar orbiter, and a relay between Earth and Russian landers.\n\nIt precedes Luna 27, a heavy \
        lander. Luna 29 should land a heavy lunar rover on the surface.",
    );
    assert_eq!(reach(Some(&orbit(11, "Lunar Orbit", None)), &[], &orbiter).tier, MoonTier::LunarOrbit);
    let house = mission(
        "Gateway PPE & HALO",
        "Human Exploration",
        "A house in lunar orbit. It serves lunar surface expeditions and the spacecraft that will deliver astronauts to it.",
    );
    assert_eq!(reach(Some(&orbit(11, "Lunar Orbit", None)), &[], &house).tier, MoonTier::LunarOrbit);
    let relay = mission(
        "Queqiao (Chang'e 4 relay satellite)",
        "Planetary Science",
        "Chang'e 4 is a lunar mission with an orbiter, a robotic lander and a rover.",
    );
    assert_eq!(reach(None, &[], &relay).tier, MoonTier::LunarOrbit);
    let with_relays = mission(
        "Nova-C IM-4 & 2 Lunar Data Relay Satellites",
        "Lunar Exploration",
        "A mission with its Nova-C lunar lander. It also carries two lunar data relay satellites.",
    );
    assert_eq!(reach(Some(&orbit(11, "Lunar Orbit", None)), &[], &with_relays).tier, MoonTier::Surface);
    let beyond =
        mission("Genesis", "Planetary Science", "The probe flew far beyond the Moon's orbit to collect solar wind.");
    assert_eq!(reach(None, &[], &beyond).tier, MoonTier::Unknown);
    let crashed =
        mission("Chang'e-1", "Lunar Exploration", "First lunar orbiter. It ended by impacting the lunar surface.");
    assert_eq!(reach(None, &[], &crashed).tier, MoonTier::LunarOrbit);
    let lander = mission("Luna 27", "Planetary Science", "Luna 27 is a planned lunar lander mission.");
    assert_eq!(reach(Some(&orbit(11, "Lunar Orbit", None)), &[], &lander).tier, MoonTier::Surface);

    let low = orbit(8, "Low Earth Orbit", None);
    for (name, kind, text) in [
        ("USSF-25", "Government/Top Secret", "The Demonstration Rocket for Agile Cislunar Operations spacecraft."),
        ("Weather 4", "Earth Science", "Its lunar lander of calibration looks at the Moon to land on a scale."),
        ("Crew-99", "Human Exploration", "Commander Ada Moon and pilot Eve Lander fly to the station."),
        ("Blue Moon Tribute", "Robotic Exploration", "A Blue Moon is a lander only by name."),
    ] {
        let verdict = reach(Some(&low), &[], &mission(name, kind, text));
        assert_eq!(verdict.tier, MoonTier::EarthOrbit, "{name}");
    }
    let demo = mission(
        "Demo Flight",
        "Test Flight",
        "A prototype of the lunar mission version of the crew spacecraft and its lunar lander.",
    );
    assert_eq!(reach(Some(&orbit(25, "Unknown", None)), &[], &demo).tier, MoonTier::Unknown);
}

#[test]
fn a_mission_that_ends_in_a_landing_need_not_carry_the_lander() {
    let crewed =
        mission("Artemis IV", "Human Exploration", "Planned to be the first human lunar landing mission since Apollo.");
    let verdict = reach(Some(&orbit(11, "Lunar Orbit", Some("Moon"))), &artemis(), &crewed);
    assert_eq!(verdict.tier, MoonTier::LunarOrbit);
    assert_eq!(verdict.delta_v_left_km_s.map(|left| left.low), Some(0.0));
}

#[test]
fn a_landing_site_and_a_destination_outweigh_the_description() {
    let silent = mission("Something", "Technology", "");
    let facts = MoonFacts { mission: Some(&silent), ..MoonFacts::default() };
    assert_eq!(MoonFacts { landing_bodies: &["Moon"], ..facts }.reach().tier, MoonTier::Surface);
    assert_eq!(MoonFacts { landing_bodies: &["Mars"], ..facts }.reach().tier, MoonTier::Cannot);
    assert_eq!(
        MoonFacts { landing_bodies: &["Earth"], ..facts }.reach().tier,
        MoonTier::Unknown,
        "a capsule lands on Earth"
    );
    assert_eq!(MoonFacts { destinations: &["Lunar orbit"], ..facts }.reach().tier, MoonTier::LunarOrbit);
    let low = orbit(8, "Low Earth Orbit", None);
    let stale = MoonFacts { destinations: &["Lunar orbit"], orbit: Some(&low), ..facts };
    assert_eq!(stale.reach().tier, MoonTier::EarthOrbit, "the orbit is stronger");
    let destination = &stale.evidence()[1];
    assert_eq!(
        (destination.kind, destination.stance(MoonTier::EarthOrbit)),
        (EvidenceKind::Destination, Stance::Disagrees)
    );
}

#[test]
fn an_impactor_recognised_by_its_description_is_labelled_and_never_a_ride() {
    let ranger =
        mission("Ranger 8", "Lunar Exploration", "Lunar impactor which reached the surface after 7,137 photographs.");
    let verdict = reach(None, &[], &ranger);
    assert_eq!((verdict.tier, verdict.delta_v_left_km_s), (MoonTier::Cannot, None));
    assert!(verdict.reason.contains("impactor"));
}

#[test]
fn the_orbited_body_outweighs_the_orbit_id() {
    assert_eq!(MoonReach::judge(Some(&orbit(13, "Polar Orbit", Some("Moon"))), None).tier, MoonTier::LunarOrbit);
    assert_eq!(MoonReach::judge(Some(&orbit(13, "Polar Orbit", Some("Mars"))), None).tier, MoonTier::Cannot);
    assert_eq!(MoonReach::judge(Some(&orbit(5, "Heliocentric L1", Some("Sun"))), None).tier, MoonTier::SteppingStone);
}
