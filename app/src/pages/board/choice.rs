use domain::{Board, Decision, DecisionQuery};
use leptos::prelude::*;

use super::Filters;
use crate::erase::Erase as _;

/// The best choice of the moment with its reason and how sure it is, or plainly that there is none. Not on a board of the past, of
/// which no forecast is kept.
pub(super) fn choice(filters: Filters) -> AnyView {
    (move || {
        filters.board.with_value(|board| match board.then {
            Some(_) => ().erase(),
            None => answer(board),
        })
    })
    .erase()
}

fn answer(board: &Board) -> AnyView {
    let query = DecisionQuery::default();
    let launches = board.upcoming();
    let decision = Decision::make(launches, &query, board.now);
    let best = decision.best().and_then(|best| Some((best, launches.get(best.at)?)));
    let (title, text) = match best {
        Some((best, launch)) => {
            let score = best.score;
            let hundred = |share: f64| (share * 100.0).round();
            let sure = format!(
                "Score {} of 100, {} to {}. {}",
                hundred(score.estimate()),
                hundred(score.low()),
                hundred(score.high()),
                decision.sentence(0, launches, &query)
            );
            (format!("Board {}", launch.title()), sure)
        }
        None => ("Stay home".to_owned(), decision.why_stay(launches, &query, board.now).unwrap_or_default()),
    };
    view! {
        <p class="cap">"The choice"</p>
        <h2 id="choice" class:home=best.is_none()><a href="/choose">{title}</a></h2>
        <p class="s13 m">{text}" "<a class="inline" href="/choose">"How it is chosen"</a></p>
    }
    .erase()
}
