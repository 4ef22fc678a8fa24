use domain::Movement;
use leptos::prelude::*;

use super::question::Question;
use crate::erase::Erase as _;

/// Defines every number of the page: the rules as implemented, in words.
pub(super) fn definitions(question: Question) -> AnyView {
    let decide_by = move || question.board.with(|board| decide_by(board.movement));
    let entries: [(&str, AnyView); 10] = [
        (
            "Score",
            "Nearness × in window × succeeds, each to the power of its weight, times 100. With the default weights it is nearness times the two \
             chances. Its interval: each factor alone is moved to the ends of its interval, and the effects are combined as the root of the sum of \
             squares."
                .erase(),
        ),
        (
            "Nearness",
            "1 if the mission lands. (1 − km/s left ÷ 6)² if it orbits or passes the Moon; 6 km/s is the velocity from low Earth orbit to the \
             surface. 0 if it does not go to the Moon. If the evidence disagrees, the interval covers all of it. An unknown destination is not 0: \
             it has no rank."
                .erase(),
        ),
        (
            "In window",
            "The chance that it flies between the day you are ready (today and your days to prepare, or the first day of your window) and the \
             last day of your window, from our forecast of its date. A launch before you are ready is missed."
                .erase(),
        ),
        (
            "Succeeds",
            "The chance that the flight is fully successful, from our forecast: from the record of the configuration, the family, the provider and \
             all providers, in that order. \
             A partial failure is not a success."
                .erase(),
        ),
        ("Decide by", decide_by.erase()),
        (
            "Threshold",
            "The score that a ride must reach; the default is 10 of 100. If none reaches it, no launch is recommended."
                .erase(),
        ),
        (
            "80 % interval",
            "It contains the true value in 80 % of the cases. That the intervals of two rides overlap says little about which is better: see \
             the next entry."
                .erase(),
        ),
        (
            "Best ride",
            "The chance that no other ranked ride is better. All factors are drawn 4,000 times within what is known about them, and the share of \
             the draws is counted in which the ride has the highest score. What is unknown about a rocket, its family and its provider, and about \
             the dates of one provider, is drawn once for all the rides that it concerns: it does not change their order. The chances of all rides \
             add up to 100 %."
                .erase(),
        ),
        (
            "Cannot be told apart",
            "The fewest rides that together hold the best one with a chance of at least 80 %. If that is one ride, the answer is clear. If it is \
             more, what is known does not tell which of them is the best."
                .erase(),
        ),
        (
            "Regret",
            "The points of 100 that you can expect to lose with this ride against the one that turns out to be the best: the mean over the draws. \
             Of two rides that cannot be told apart, both can have a small regret: then the choice between them matters little."
                .erase(),
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

fn decide_by(movement: Movement) -> String {
    let points = movement.per_root_day() * 100.0;
    let basis = match movement.launch_count() {
        0 => "an assumption, because no stored forecasts can be compared yet".to_owned(),
        1 => "measured on the stored forecasts of 1 launch, with an assumption that counts as 20".to_owned(),
        count => format!("measured on the stored forecasts of {count} launches, with an assumption that counts as 20"),
    };
    format!(
        "The last time at which waiting pays. Waiting may show that another ride is better, which is the gain; but the best ride may leave before \
         you are ready, which costs its score minus what the other rides are worth then. Waiting pays while the chance of that is at most gain ÷ \
         (gain + cost). A chance of up to 5 % is always accepted, because date forecasts are not exact below it, and one above 10 % never. A ride \
         that must be boarded earlier sets the time only if it is then worth more than waiting. While you wait, a score moves by {points:.1} points \
         times the root of the days (standard deviation, for a mission that lands): {basis}."
    )
}
