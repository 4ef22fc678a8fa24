use leptos::prelude::*;

use crate::erase::Erase as _;

/// Defines every number of the page: the rules as implemented, in words.
pub(super) fn definitions() -> AnyView {
    let entries: [(&str, &str); 10] = [
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
            "It contains the true value in 80 % of the cases. That the intervals of two rides overlap says little about which is better: see \
             the next entry.",
        ),
        (
            "Best ride",
            "The chance that no other ranked ride is better. All factors are drawn 4,000 times within what is known about them, and the share of \
             the draws is counted in which the ride has the highest score. What is unknown about a rocket, its family and its provider, and about \
             the dates of one provider, is drawn once for all the rides that it concerns: it does not change their order. The chances of all rides \
             add up to 100 %.",
        ),
        (
            "Cannot be told apart",
            "The fewest rides that together hold the best one with a chance of at least 80 %. If that is one ride, the answer is clear. If it is \
             more, what is known does not tell which of them is the best.",
        ),
        (
            "Regret",
            "The points of 100 that you can expect to lose with this ride against the one that turns out to be the best: the mean over the draws. \
             Of two rides that cannot be told apart, both can have a small regret: then the choice between them matters little.",
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
