use leptos::prelude::*;

use crate::erase::Erase as _;

/// Defines every number of the page: the rules as implemented, in words.
pub(super) fn definitions() -> AnyView {
    let entries: [(&str, &str); 7] = [
        (
            "Score",
            "Nearness × in window × succeeds, each to the power of its weight, times 100. With the default weights it is nearness times the two \
             chances. Its interval: each factor alone is moved to the ends of its interval, and the effects are combined as the root of the sum of \
             squares.",
        ),
        (
            "Nearness",
            "1 if the mission lands. (1 − km/s left ÷ 6)² if it orbits or passes the Moon; 6 km/s is the velocity from low Earth orbit to the \
             surface. 0 if it does not go to the Moon. If the evidence disagrees, the interval covers all of it. An unknown destination is not 0: \
             it has no rank.",
        ),
        (
            "In window",
            "The chance that it flies between the day you are ready (today and your days to prepare, or the first day of your window) and the \
             last day of your window, from our forecast of its date. A launch before you are ready is missed.",
        ),
        (
            "Succeeds",
            "The chance that the flight is fully successful, from our forecast: from the record of the configuration, the family, the provider and \
             all providers, in that order. \
             A partial failure is not a success.",
        ),
        (
            "Decide by",
            "The earlier of two boarding times: that of the best ride, and that of the best other ride that reaches your threshold and can still be \
             boarded. The boarding time is the time by which the ride has left with a chance of 10 %, minus your days to prepare. Until then both are \
             possible.",
        ),
        (
            "Threshold",
            "The score that a ride must reach; the default is 10 of 100. If none reaches it, no launch is recommended.",
        ),
        (
            "80 % interval",
            "It contains the true value in 80 % of the cases. Two rides whose score intervals overlap cannot be distinguished and are ties.",
        ),
    ];
    view! {
        <section class="ch-defs" aria-labelledby="defs">
            <h2 id="defs">"What the numbers mean"</h2>
            {entries
                .map(|(name, text)| view! { <details class="panel"><summary>{name}</summary><p class="s13 m">{text}</p></details> })
                .collect_view()}
        </section>
    }
    .erase()
}
