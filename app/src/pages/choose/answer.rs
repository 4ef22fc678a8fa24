use domain::{Board, Clearness, Decision, DecisionQuery, Launch};
use leptos::prelude::*;

use super::question::Question;
use crate::{
    components::{
        Share,
        bars::{interval, points},
        fact::date,
    },
    erase::Erase as _,
};

/// The answer, the largest element of the page, and how clear it is.
pub(super) fn answer(question: Question) -> AnyView {
    view! {
        <header class="ch-head">
            <div>
                <p class="cap">{move || question.with(scope)}</p>
                <h1 id="answer" class:home=move || question.decision.with(|decision| decision.no_recommendation.is_some())>
                    {move || question.with(headline)}
                </h1>
                <p class="ch-lead" role="status">{move || question.with_clearness(lead)}</p>
            </div>
            <div class="lh-actions">
                <a class="btn ch-to" href="#question" rel="external">"Change the parameters"</a>
                {move || view! { <Share path=question.query.with(DecisionQuery::address) title="Which rocket to board".to_owned()/> }}
            </div>
        </header>
    }
    .erase()
}

fn scope(board: &Board, query: &DecisionQuery, decision: &Decision) -> String {
    let rides = match decision.ranked.len() {
        0 => "No ride ranked".to_owned(),
        1 => "1 ride ranked".to_owned(),
        count => format!("{count} rides ranked"),
    };
    let from = decision.window.0.date_naive();
    format!("{rides} · window {} to {}", date(from), date(query.last_day(board.now)))
}

/// Returns the launch to board.
pub(super) fn best<'board>(board: &'board Board, decision: &Decision) -> Option<&'board Launch> {
    board.upcoming().get(decision.best()?.at)
}

fn headline(board: &Board, _: &DecisionQuery, decision: &Decision) -> String {
    best(board, decision).map_or_else(|| "Board no launch.".to_owned(), |launch| format!("Board {}.", launch.title()))
}

fn lead(board: &Board, query: &DecisionQuery, decision: &Decision, clearness: &Clearness) -> String {
    if let Some(why) = decision.why_none_recommended(board.upcoming(), query, board.now) {
        return why;
    }
    let Some(best) = decision.best() else { return String::new() };
    let mut text = format!("Its score is {} of 100, {}", points(best.score.estimate()), interval(best.score));
    match decision.ranked.get(1).and_then(|second| Some((second, board.upcoming().get(second.at)?))) {
        Some((second, launch)) => {
            let ahead = (best.score.estimate() - second.score.estimate()) * 100.0;
            text.push_str(&format!(": {} before {}.", points_words(ahead), launch.title()));
        }
        None => text.push_str(". No other launch can be ranked."),
    }
    if let Some(sentence) = clearness.sentence(decision, board.upcoming()) {
        text.push(' ');
        text.push_str(&sentence);
    }
    text
}

fn points_words(points: f64) -> String {
    match points.round() {
        0.0 => "less than a point".to_owned(),
        1.0 => "1 point".to_owned(),
        whole => format!("{whole:.0} points"),
    }
}
