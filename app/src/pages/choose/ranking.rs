use domain::{BestChance, Board, Clearness, Decision, DecisionQuery, ExclusionReason, MoonTier, Ranked};
use leptos::prelude::*;

use super::{grounds::grounds, question::Question};
use crate::{
    components::{
        MoonStamp,
        axis::Axis,
        bars::{bar, factors, interval, points},
        compare_box,
    },
    erase::Erase as _,
    time::net_time,
};

/// The rides, best first.
pub(super) fn ranking(question: Question) -> AnyView {
    view! {
        <section aria-labelledby="rides">
            <h2 id="rides" class="sr">"The rides, best first"</h2>
            {move || question.with_clearness(list)}
        </section>
    }
    .erase()
}

fn list(board: &Board, query: &DecisionQuery, decision: &Decision, clearness: &Clearness) -> AnyView {
    if decision.ranked.is_empty() {
        return view! {
            <div class="panel pad ch-none">
                <svg class="mask" viewBox="0 0 26 20" aria-hidden="true"><use href="#mask"></use></svg>
                <p class="m">"No launch is ranked. Launches that may go to the Moon are listed below, with the reason."</p>
            </div>
        }
        .erase();
    }
    let (start, end) = (board.now, decision.window.1.max(board.now));
    let axis = Axis::new(start - (end - start) / 8, end + (end - start) / 8);
    // Rides with a score of about zero in this window are known and ranked, but no choice: one line each, in a disclosure.
    let shown = decision.ranked.iter().take_while(|one| one.score.estimate() >= 0.005).count();
    let rest = decision
        .ranked
        .iter()
        .enumerate()
        .skip(shown)
        .filter_map(|(rank, one)| Some(far(board.upcoming().get(one.at)?, &Best::of(clearness, rank))));
    let rest: Vec<_> = rest.collect();
    let rows = decision.ranked.iter().take(shown).enumerate().filter_map(|(rank, one)| {
        let launch = board.upcoming().get(one.at)?;
        Some(ride(one, &Best::of(clearness, rank), decision, board, query, axis, launch))
    });
    view! {
        <div class="ch-heads s13 f" aria-hidden="true" hidden=shown == 0>
            <span>"Ride"</span><span>"Listed for"</span><span>"Factors, 80 % intervals"</span><span>"Score of 100"</span>
        </div>
        {(shown > 0).then(|| view! { <ol class="panel rides">{rows.collect_view()}</ol> })}
        {(!rest.is_empty()).then(|| view! {
            <details class="panel ch-why ch-rest">
                <summary><b>{rest.len()}</b>" ranked below 1 of 100: very unlikely to fly in your window"</summary>
                <ul>{rest}</ul>
            </details>
        })}
    }
    .erase()
}

fn ride(
    one: &Ranked,
    best: &Best,
    decision: &Decision,
    board: &Board,
    query: &DecisionQuery,
    axis: Axis,
    launch: &domain::Launch,
) -> AnyView {
    let rank = best.rank;
    let is_answer = rank == 0 && decision.no_recommendation.is_none();
    let title = launch.title().to_owned();
    let line = format!("{:.2}%", axis.place(board.now));
    // A launch that begins beyond the axis has no band on it.
    let is_later = axis.place(launch.span().start) >= 100.0;
    view! {
        <li class="ride" class:answer=is_answer data-p-best=best.p_best.clone() data-regret=best.regret.clone()>
            <span class="rank" aria-hidden="true">{rank + 1}</span>
            <div class="r-name">
                <h3><a href=format!("/launches/{}", launch.id)>{title.clone()}</a></h3>
                <p class="s13 m">{format!("{} · {}", launch.rocket.name, launch.provider.name)}</p>
                <p class="sm f">{decision.sentence(rank, board.upcoming(), query)}</p>
                <details class="grounds">
                    <summary>"What this is based on"</summary>
                    {grounds(launch)}
                </details>
            </div>
            <div class="r-date">
                <p class="s13"><b>{net_time(launch)}</b></p>
                <svg class="mini" width="100%" height="18" aria-hidden="true">
                    <line class="rule" x1="0" x2="100%" y1="9" y2="9"></line>
                    {axis.band(launch)}
                    {is_later.then(|| view! { <text class="later" x="100%" y="13" text-anchor="end">"\u{2192}"</text> })}
                    <line class="now" x1=line.clone() x2=line y1="2" y2="16"></line>
                </svg>
                <MoonStamp tier=launch.moon.tier/>
            </div>
            {factors(one, launch.moon.tier)}
            <div class="r-score">
                <p>
                    <b>{points(one.score.estimate())}</b>
                    <span class="sm f"><span class="sr">"of 100, "</span>{interval(one.score)}</span>
                </p>
                {bar(one.score, "tone-score")}
                <dl class="r-best">
                    <dt>"Best ride"</dt><dd>{best.p_best_text.clone()}</dd>
                    <dt>"Regret"</dt><dd>{best.regret_text.clone()}</dd>
                </dl>
            </div>
            {compare_box(launch.id, title)}
        </li>
    }
    .erase()
}

/// A ride's chance of being the best and its regret: in words, and as the numbers that the API has.
struct Best {
    /// The ride's place in the ranking.
    rank: usize,
    p_best: Option<String>,
    regret: Option<String>,
    p_best_text: String,
    regret_text: String,
}

impl Best {
    fn of(clearness: &Clearness, rank: usize) -> Self {
        let chance = clearness.rides.get(rank).copied().flatten();
        let text = |text: Option<String>| text.unwrap_or_else(|| "not computed".to_owned());
        Self {
            rank,
            p_best: chance.map(|BestChance { p_best, .. }| p_best.to_string()),
            regret: chance.map(|BestChance { regret, .. }| regret.to_string()),
            p_best_text: text(clearness.p_best_text(rank)),
            regret_text: text(clearness.regret_text(rank)),
        }
    }
}

fn far(launch: &domain::Launch, best: &Best) -> AnyView {
    view! {
        <li data-p-best=best.p_best.clone() data-regret=best.regret.clone()>
            <a href=format!("/launches/{}", launch.id)>{launch.title().to_owned()}</a>
            <span class="f">{launch.span().label_utc()}</span>
            <span class="f">{format!("best ride: {}, regret: {}", best.p_best_text, best.regret_text)}</span>
            <MoonStamp tier=launch.moon.tier/>
        </li>
    }
    .erase()
}

/// Launches that may go to the Moon but have no rank, grouped by reason.
pub(super) fn excluded(question: Question) -> AnyView {
    view! { <section aria-label="Not ranked" class="ch-apart">{move || question.with(not_ranked)}</section> }.erase()
}

fn not_ranked(board: &Board, _: &DecisionQuery, decision: &Decision) -> AnyView {
    let launches = board.upcoming();
    let total = usize::try_from(board.freshness.upcoming_count).unwrap_or_default().max(launches.len());
    let elsewhere = decision.elsewhere + (total - launches.len());
    let mut reasons: Vec<ExclusionReason> = decision.excluded.iter().map(|excluded| excluded.why).collect();
    reasons.sort_unstable();
    reasons.dedup();
    let groups = reasons.into_iter().map(|why| {
        // Launches that are known to go to the Moon come first: readers would miss those.
        let mut of_it: Vec<_> = decision
            .excluded
            .iter()
            .filter(|excluded| excluded.why == why)
            .filter_map(|excluded| launches.get(excluded.at))
            .collect();
        of_it.sort_by_key(|launch| launch.moon.tier);
        let count = of_it.len();
        let items = of_it.into_iter().map(|launch| {
            let tier = launch.moon.tier;
            view! {
                <li>
                    <a href=format!("/launches/{}", launch.id)>{launch.title().to_owned()}</a>
                    {(tier != MoonTier::Unknown).then(|| view! { <MoonStamp tier/> })}
                </li>
            }
        });
        view! {
            <details class="panel ch-why">
                <summary><b>{count}</b>" not ranked: "{why.describe()}</summary>
                <ul>{items.collect_view()}</ul>
            </details>
        }
    });
    view! {
        <p class="sm f">
            {(total > 0).then(|| format!("{elsewhere} of {total} upcoming launches do not go to the Moon and score 0. "))}
            {(!decision.excluded.is_empty()).then_some("Launches that may go there but cannot be scored:")}
        </p>
        {groups.collect_view()}
    }
    .erase()
}
