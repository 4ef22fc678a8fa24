use leptos::prelude::*;

use crate::erase::Erase as _;

/// Defines every number of the page: the rules as implemented, in words.
pub(super) fn definitions() -> AnyView {
    let entries: [(&str, &str); 7] = [
        (
            "Score",
            "Nearness × in window × succeeds, each to the power of its weight, times 100. With plain weights it is nearness times the two \
             chances. Its interval moves each factor alone to the ends of its own and adds what that does by the root of the sum of squares.",
        ),
        (
            "Nearness",
            "1 where the mission lands. (1 − km/s left ÷ 6)² where it orbits or passes the Moon; 6 km/s is the way from low Earth orbit to the \
             surface. 0 where it does not go there: you cannot make burns, and nobody waits in an orbit of the Earth. Where the evidence \
             disagrees the interval holds all of it. An unknown destination is no 0 and has no rank.",
        ),
        (
            "In window",
            "The chance that it flies between the day you are ready (today and your days to prepare, or the first day of your window) and the \
             last day of your window, from our forecast of its date. What flies before you are ready is missed.",
        ),
        (
            "Succeeds",
            "The chance that the flight succeeds wholly, from our forecast: its own record, its family's, its maker's, everybody's, in that order. \
             A partial failure is not a success.",
        ),
        (
            "Decide by",
            "The earlier of two boarding times: that of the best ride, and that of the best other that reaches your bar and can still be reached. A \
             boarding time is the one by which the ride has left with one chance in ten, less your days to prepare. Until then both are open.",
        ),
        (
            "Bar",
            "The score a ride must reach, 10 of 100 unless you say otherwise. When none does, the answer is to stay home.",
        ),
        (
            "80 % interval",
            "In four of five such cases the truth lies in it. Two rides whose score intervals touch cannot be told apart, and are ties.",
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
