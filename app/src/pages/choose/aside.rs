use chrono::{DateTime, Utc};
use domain::{
    Board, DecideBy, Decision, DecisionQuery, FactorKind, LATEST, overtaken_by_slip, overtaken_by_weight,
    shares_by_window_end,
};
use leptos::prelude::*;

use super::{answer::best, chart::chart, question::Question};
use crate::{components::fact::date, erase::Erase as _};

/// Number of launches, from the top of the ranking, in the chart.
const DRAWN: usize = 3;

/// The time until which the choice can wait; nothing if there is no choice.
pub(super) fn decide_by(question: Question) -> AnyView {
    (move || question.with(deadline)).erase()
}

fn deadline(board: &Board, query: &DecisionQuery, decision: &Decision) -> AnyView {
    let Some(Deadline { when, reason, fallback, let_go }) = Deadline::of(board, query, decision) else {
        return ().erase();
    };
    view! {
        <section class="panel pad ch-wait" aria-labelledby="decide-by">
            <p class="cap" id="decide-by">"Decide by"</p>
            <p class="ch-when">{when}</p>
            <p class="s13 m">{reason}" "{fallback}" "{let_go}</p>
        </section>
    }
    .erase()
}

/// The time until which the choice can wait, in words.
pub(in crate::pages) struct Deadline {
    pub(in crate::pages) when: String,
    reason: String,
    pub(in crate::pages) fallback: String,
    let_go: String,
}

impl Deadline {
    /// Returns `None` if there is no choice.
    pub(in crate::pages) fn of(board: &Board, query: &DecisionQuery, decision: &Decision) -> Option<Self> {
        let by = decision.decide_by.as_ref()?;
        let title = |at: usize| board.upcoming().get(at).map(|launch| launch.title().to_owned()).unwrap_or_default();
        let is_precise = board.upcoming().get(by.held_by).is_some_and(|launch| launch.granularity().ticks());
        let when = if by.is_now(board.now) {
            "Now".to_owned()
        } else if is_precise {
            by.at.format("%a %-d %b %Y, %H:%M UTC").to_string()
        } else {
            // The deadline depends on a vague date: even a day is more exact than what is known.
            format!("About {}", date(by.at.date_naive()))
        };
        let is_best = decision.best().is_some_and(|best| best.at == by.held_by);
        let reason = reason(by, &title(by.held_by), is_best, query.prepare, board.now);
        let fallback = match by.fallback {
            Some(at) => format!("Until then you can still switch to {}.", title(at)),
            None => "No other launch that can be boarded then reaches your threshold.".to_owned(),
        };
        let let_go: Vec<_> = by.let_go.iter().map(|at| title(*at)).collect();
        let let_go = match let_go.as_slice() {
            [] => "Waiting misses no launch that reaches your threshold.".to_owned(),
            [first, second, third, _, ..] => {
                format!("Waiting misses {first}, {second}, {third} and {} more.", let_go.len() - 3)
            }
            titles => format!("Waiting misses {}.", titles.join(", ")),
        };
        Some(Self { when, reason, fallback, let_go })
    }
}

/// Why the deadline is when it is. `title` is that of the launch that sets it.
fn reason(by: &DecideBy, title: &str, is_best: bool, prepare: u16, now: DateTime<Utc>) -> String {
    let chance = format!("{:.0} %", by.gone * 100.0);
    if by.is_now(now) {
        return match prepare {
            0 => format!("{title} may leave at any time."),
            _ => format!(
                "{title} has left before you are ready with a chance of {chance}: waiting risks more than it gains."
            ),
        };
    }
    let time = match prepare {
        0 => "The time by which".to_owned(),
        1 => "1 day before the time by which".to_owned(),
        days => format!("{days} days before the time by which"),
    };
    let why = if !is_best {
        "then it is worth more than waiting for the best ride"
    } else if by.gone < LATEST {
        "waiting longer risks more than it gains"
    } else {
        "no greater risk is taken"
    };
    format!("{time} {title} has left with a chance of {chance}: {why}.")
}

/// What would change the answer.
pub(super) fn sensitivity(question: Question) -> AnyView {
    (move || question.with(changes)).erase()
}

fn changes(board: &Board, query: &DecisionQuery, decision: &Decision) -> AnyView {
    let launches = board.upcoming();
    let Some(first) = best(board, decision) else { return ().erase() };
    let title = |at: usize| launches.get(at).map(|launch| launch.title().to_owned()).unwrap_or_default();
    let slip = match overtaken_by_slip(decision, launches, query) {
        Some(change) if change.when == 1 => format!("If it slips one day, {} ranks first.", title(change.leader)),
        Some(change) => format!("If it slips {} days, {} ranks first.", change.when, title(change.leader)),
        None if decision.ranked.len() > 1 => "No slip within two years changes the first rank.".to_owned(),
        None => "No other launch is ranked.".to_owned(),
    };
    let weight = match overtaken_by_weight(decision, query) {
        Some(change) => {
            let (kind, weight) = change.when;
            let than = if weight < kind.get(query.weights) { "or less" } else { "or more" };
            let name = match kind {
                FactorKind::Nearness => "nearness",
                FactorKind::Window => "the window",
                FactorKind::Success => "success",
            };
            format!(
                "If {name} has a weight of {:.1} {than}, {} ranks first.",
                f64::from(weight) / 100.0,
                title(change.leader)
            )
        }
        None => "No change of a single weight changes the first rank.".to_owned(),
    };
    let points = shares_by_window_end(decision, launches, query, board.now, DRAWN);
    let names: Vec<_> = decision.ranked.iter().take(DRAWN).map(|one| title(one.at)).collect();
    view! {
        <figure class="panel fig ch-change" aria-labelledby="change">
            <h3 id="change">{finding(first.title(), &points)}</h3>
            <p class="unit">"Score of 100, by the month in which your window ends"</p>
            {chart(&points, &names)}
            <ul class="s13 m"><li>{slip}</li><li>{weight}</li></ul>
        </figure>
    }
    .erase()
}

/// States from which window end on the leader leads, as the chart shows it.
fn finding(first: &str, points: &[domain::WindowEnd]) -> String {
    let leads = |point: &domain::WindowEnd| {
        let score = |at: usize| point.scores.get(at).copied().flatten().unwrap_or_default();
        score(0) > 0.0 && (1..point.scores.len()).all(|other| score(0) >= score(other))
    };
    match points.iter().position(leads) {
        Some(0) => format!("{first} leads whenever your window ends"),
        Some(at) => format!("{first} leads if your window reaches {}", points[at].day.format("%B %Y")),
        None => format!("{first} leads in your window, and in no whole month before it ends"),
    }
}
