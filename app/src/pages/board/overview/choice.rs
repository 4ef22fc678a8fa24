use domain::{Board, Decision, DecisionQuery};
use leptos::prelude::*;

use crate::{
    components::{
        bars::{bar, factors, interval, points},
        fact::date,
    },
    erase::Erase as _,
    pages::{board::state::Filters, choose::Deadline},
};

/// The currently best choice with its reason and its certainty, or a clear statement that there is none. The largest element of the page.
pub(in crate::pages::board) fn choice(filters: Filters) -> AnyView {
    view! {
        <section class="panel choice" aria-labelledby="choice">
            {move || filters.board.with_value(|board| answer(board))}
        </section>
    }
    .erase()
}

fn answer(board: &Board) -> AnyView {
    let query = DecisionQuery::default();
    let launches = board.upcoming();
    let decision = Decision::make(launches, &query, board.movement, board.now);
    let cap = format!("Recommendation · window to {}", date(query.last_day(board.now)));
    let best = decision.best().and_then(|best| Some((best, launches.get(best.at)?)));
    let Some((best, launch)) = best else {
        return view! {
            <div class="choice-words">
                <p class="cap">{cap}</p>
                <h1 id="choice" class="home"><a href="/choose">"Board no launch."</a></h1>
                <p class="choice-why">{decision.why_none_recommended(launches, &query, board.now)}</p>
                <p class="choice-ways"><a class="btn" href="/choose">"How launches are ranked"</a></p>
            </div>
        }
        .erase();
    };
    let score = best.score;
    let by = Deadline::of(board, &query, &decision).map(|by| {
        let when = by.when.replacen("About", "about", 1).replacen("Now", "now", 1);
        view! { <p class="choice-by"><b>{format!("Decide by {when}.")}</b>" "{by.fallback}</p> }
    });
    view! {
        <div class="choice-words">
            <p class="cap">{cap}</p>
            <h1 id="choice"><a href="/choose">{format!("Board {}.", launch.title())}</a></h1>
            <p class="choice-why">{decision.sentence(0, launches, &query)}</p>
            {by}
            <p class="choice-ways">
                <a class="btn pri" href="/choose">"Compare the rides"</a>
                <a class="btn" href=format!("/launches/{}", launch.id)>"Open the launch"</a>
            </p>
        </div>
        <div class="choice-score answer">
            <p class="cap">"Score of 100"</p>
            <p class="choice-points"><b>{points(score.estimate())}</b>" "<span class="f s13">{interval(score)}</span></p>
            {bar(score, "tone-score")}
            {factors(best, launch.moon.tier)}
        </div>
    }
    .erase()
}
