use domain::{DeltaV, Launch, MoonReach, MoonTier};
use leptos::prelude::*;

use super::detail::Detail;
use crate::components::moon_class;

/// Delta-v from low Earth orbit to the lunar surface, in km/s: the length of the ladder.
const WHOLE: f64 = 6.0;
const HEIGHT: f64 = 300.0;
const TOP: f64 = 16.0;

/// Rungs by the delta-v left to the surface, in km/s. The figures are those of [`MoonReach::judge`], which gives their sources.
const RUNGS: [(f64, &str); 6] = [
    (0.0, "Lunar surface"),
    (2.2, "Low lunar orbit"),
    (2.9, "Lunar flyby"),
    (3.6, "Geostationary transfer"),
    (4.3, "Medium Earth orbit"),
    (6.0, "Low Earth orbit"),
];

/// How near to the Moon this launch leaves its payload. The part already covered is solid, the part that is left is dotted.
#[component]
pub(super) fn Ladder(detail: Detail) -> impl IntoView {
    detail.with_value(|detail| {
        let reach = &detail.launch.moon;
        view! {
            <figure class="panel fig span-5" aria-labelledby="ladder">
                <h3 id="ladder">{finding(reach)}</h3>
                <p class="unit">{match reach.delta_v_left_km_s {
                    Some(_) => "Velocity to the lunar surface, km/s, from each orbit",
                    None => "Destination, according to LL2",
                }}</p>
                {drawing(reach.tier, reach.delta_v_left_km_s)}
                <details class="evidence">
                    <summary>{reach.reason.clone()}</summary>
                    <ul>{evidence(&detail.launch)}</ul>
                </details>
            </figure>
        }
    })
}

/// The evidence for the tier, strongest first, with the evidence that disagrees.
fn evidence(launch: &Launch) -> impl IntoView + use<> {
    let tier = launch.moon.tier;
    let items = launch.moon_evidence().into_iter().map(move |one| {
        let stance = one.stance(tier).label();
        view! { <li><b>{one.kind.label()}</b>": "{one.says}" "<span class="m">{stance}</span></li> }
    });
    items.collect_view()
}

fn finding(reach: &MoonReach) -> String {
    match (reach.tier, reach.delta_v_left_km_s) {
        (MoonTier::Surface, _) => "It lands on the Moon".to_owned(),
        (_, Some(left)) => format!("It stops {} km/s short of the surface", range(left)),
        (MoonTier::Cannot, None) => "It does not go to the Moon".to_owned(),
        (_, None) => "How close it gets to the Moon is unknown".to_owned(),
    }
}

fn range(left: DeltaV) -> String {
    if (left.high - left.low).abs() < 0.05 {
        format!("{:.1}", left.low)
    } else {
        format!("{:.1} to {:.1}", left.low, left.high)
    }
}

fn drawing(tier: MoonTier, left: Option<DeltaV>) -> impl IntoView {
    let y = |left: f64| TOP + left.clamp(0.0, WHOLE) / WHOLE * HEIGHT;
    let foot = TOP + HEIGHT;
    let class = format!("ladder tone-{}", moon_class(tier));
    let words = match left {
        Some(left) => format!("{} of {WHOLE:.1} km/s to the lunar surface remain", range(left)),
        None => "The remaining velocity to the lunar surface is unknown".to_owned(),
    };
    let nearest = left.and_then(|left| {
        // A landing ends on the surface, however far its range reaches.
        let ends = if tier == MoonTier::Surface { left.low } else { f64::midpoint(left.low, left.high) };
        let distance = |rung: f64| (rung - ends).abs();
        RUNGS.map(|(rung, _)| rung).into_iter().min_by(|one, other| distance(*one).total_cmp(&distance(*other)))
    });
    let rungs = RUNGS.map(|(rung, name)| {
        let at = y(rung);
        view! {
            <g class="rung" class:here=nearest == Some(rung)>
                <line x1="46" x2="70" y1=at y2=at></line>
                <text x="80" y=at + 4.5>{name}</text>
                <text class="num" x="100%" dx="-4" y=at + 4.5 text-anchor="end">{format!("{rung:.1}")}</text>
            </g>
        }
    });
    let (near, far) = left.map_or((foot, foot), |left| (y(left.low), y(left.high)));
    view! {
        <svg class=class width="100%" height=HEIGHT + TOP * 2.0 role="img" aria-label=words>
            <line class="whole" x1="32" x2="32" y1=TOP y2=foot></line>
            <line class="left" x1="32" x2="32" y1=TOP y2=near></line>
            {left.is_some().then(|| view! {
                <line class="climbed" x1="32" x2="32" y1=far y2=foot></line>
                // A class of orbits is a range: the block shows where the payload may end.
                <rect class="range" x="23" width="18" y=near - 3.0 height=(far - near).max(0.0) + 6.0 rx="3"></rect>
            })}
            {rungs}
        </svg>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_title_states_the_remaining_velocity() {
        let reach = |tier, left: Option<(f64, f64)>| MoonReach {
            tier,
            delta_v_left_km_s: left.map(|(low, high)| DeltaV { low, high }),
            reason: String::new(),
        };
        assert_eq!(
            finding(&reach(MoonTier::LunarTransfer, Some((2.9, 2.9)))),
            "It stops 2.9 km/s short of the surface"
        );
        assert_eq!(
            finding(&reach(MoonTier::EarthOrbit, Some((5.9, 6.2)))),
            "It stops 5.9 to 6.2 km/s short of the surface"
        );
        assert_eq!(finding(&reach(MoonTier::Surface, Some((0.0, 0.0)))), "It lands on the Moon");
        assert_eq!(finding(&reach(MoonTier::Unknown, None)), "How close it gets to the Moon is unknown");
    }
}
