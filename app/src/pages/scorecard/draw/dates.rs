//! The scores of dates: by horizon, their bands, and the reliability of the chances.

use domain::{DateReliability, DateRule, DateScore, Scorecard, text::isolated};
use leptos::prelude::*;

use super::{ENOUGH, folded, percent_text, range};

pub(super) fn dates(scorecard: &Scorecard) -> impl IntoView + use<> {
    let verdict = verdict(scorecard);
    let needed = scorecard.fewest_launches;
    let (of_all, of_providers): (Vec<&DateScore>, Vec<&DateScore>) =
        scorecard.dates.iter().partition(|score| score.provider.is_none());
    let tables = (!of_all.is_empty()).then(|| tables("Dates by horizon", &of_all, needed));
    let by_provider = (!of_providers.is_empty()).then(|| {
        let providers: std::collections::BTreeSet<_> =
            of_providers.iter().filter_map(|score| score.provider.as_deref()).collect();
        folded(providers.len(), self::tables("Dates by provider", &of_providers, needed))
    });
    let reliability = (!scorecard.date_reliability.is_empty()).then(|| reliability(&scorecard.date_reliability));
    view! {
        <section class="panel" aria-labelledby="score-dates">
            <header class="pad">
                <h2 id="score-dates">"Launch date"</h2>
                <p class="m">{verdict}</p>
            </header>
            {tables}
            {by_provider}
            {reliability}
            {definitions(needed)}
        </section>
    }
}

fn definitions(needed: i64) -> impl IntoView {
    let enough = format!(
        "Better or worse: the 95 % interval of our gain over the quantiles does not contain 0. Cannot tell: fewer than {needed} launches, or hardly any that fly within the look-ahead."
    );
    view! {
        <details class="pad score-words">
            <summary>"Definitions"</summary>
            <dl>
                <dt>"Forecast"</dt>
                <dd>"The first of each launch and UTC day. It is scored when its look-ahead is over, whether or not the launch has flown. Left out: launches that LL2 no longer listed at the time, and those last seen after their T-0, which may have flown unseen. "<a href="/dictionary#mart_forecast_date">"mart_forecast_date"</a></dd>
                <dt>"Announced ahead"</dt>
                <dd>"The time from the forecast to the announced T-0, or to the end of the announced period if no time of day is announced. Overdue: it has passed."</dd>
                <dt>"Look-ahead"</dt>
                <dd>"The days after the forecast over which it is scored: the same for all launches of a row, so that neither slow nor punctual launches are missing. Scores over different look-aheads cannot be added, so there is no score of all forecasts."</dd>
                <dt>"Launches"</dt>
                <dd>"Each has one vote in a row: the mean of its forecasts."</dd>
                <dt>"Integrated Brier score"</dt>
                <dd>"For each moment of the look-ahead, the squared distance between the chance to have flown by then and what happened (1 or 0), added up. In days; lower is better, and 0 is a forecast that is certain and right."</dd>
                <dt>"Announced"</dt>
                <dd>"The rule that the announced date is right; a launch whose date has passed flies at once."</dd>
                <dt>"Quantiles"</dt>
                <dd>"The rule of how late all launches were that had been announced as far ahead and as exactly, as known at 00:00 UTC of that day."</dd>
                <dt>"Weibull"</dt>
                <dd>"A published model of delays, fitted to cargo flights to the space station from 2012 to 2017."</dd>
                <dt>"Our gain"</dt>
                <dd>"Below a rule's figure: how much lower our loss is, as a share of the rule's, and the range that contains it in 19 of 20 repetitions if launches are independent and their mean is nearly normal. Negative where the rule was better; without a range for fewer than eight launches."</dd>
                <dt>"Verdict"</dt>
                <dd>{enough}</dd>
                <dt>"Pinball loss"</dt>
                <dd>"The error of P50 and of P80 in days, weighted so that the true quantile has the lowest loss. Times after the look-ahead count as its end. Lower is better."</dd>
                <dt>"In 80 % band"</dt>
                <dd>"The share of launches that flew between P10 and P90, over forecasts whose P90 lies before the end of what is known. 80 % is right; more means that the band is too wide. By P90: 90 % is right."</dd>
                <dt>"Given, came"</dt>
                <dd>"Forecasts grouped by the chance to fly within 7, 30 or 90 days: the mean of the chances, and the share that flew. They are equal if the chances can be trusted."</dd>
            </dl>
        </details>
    }
}

/// Two tables: the whole distribution, and its quantiles with the band. One table would not fit on a screen.
fn tables(label: &'static str, scores: &[&DateScore], needed: i64) -> impl IntoView + use<> {
    let briers = scores.iter().map(|score| {
        let rules = score.rules.iter().map(|rule| {
            view! { <td class="num">{days(rule.integrated_brier_days)}{gain(rule.gain)}</td> }
        });
        view! {
            <tr>
                <th scope="row">{name(score)}</th>
                <td class="score-verdict">{verdict_words(score, needed)}</td>
                <td class="num">{format!("{:.0} days", score.look_ahead_days)}</td>
                <td class="num">{score.launches}</td>
                <td class="num">{score.forecasts}</td>
                <td class="num score-our">{days(score.integrated_brier_days)}{range(score.integrated_brier_interval, days)}</td>
                {rules.collect_view()}
            </tr>
        }
    });
    let quantiles = scores.iter().map(|score| {
        let rules = score.rules.iter().map(|rule| {
            view! { <td class="num">{both(rule.pinball_days)}{gain(rule.pinball_gain)}</td> }
        });
        let share = |share: Option<f64>| share.map_or_else(|| "none decided".to_owned(), percent_text);
        view! {
            <tr>
                <th scope="row">{name(score)}</th>
                <td class="num score-our">{both(score.pinball_days)}</td>
                {rules.collect_view()}
                <td class="num">{score.coverage_launches}</td>
                <td class="num">{share(score.coverage)}{range(score.coverage_interval, percent_text)}</td>
                <td class="num">{share(score.by_p90)}</td>
            </tr>
        }
    });
    view! {
        <div class="table-scroll" tabindex="0" role="group" aria-label=label>
            <table class="tbl score-dates">
                <caption class="pad f s13">"Integrated Brier score in days, lower is better; below a rule: our gain over it"</caption>
                <thead><tr>
                    <th scope="col">"Announced ahead"</th>
                    <th scope="col">"Verdict"</th>
                    <th scope="col" class="num">"Look-ahead"</th>
                    <th scope="col" class="num">"Launches"</th>
                    <th scope="col" class="num">"Forecasts"</th>
                    <th scope="col" class="num">"Ours"</th>
                    {rule_heads()}
                </tr></thead>
                <tbody>{briers.collect_view()}</tbody>
            </table>
        </div>
        <div class="table-scroll" tabindex="0" role="group" aria-label=format!("{label}: P50, P80 and band")>
            <table class="tbl score-dates">
                <caption class="pad f s13">"Pinball loss of P50 / P80 in days, lower is better; the 80 % band"</caption>
                <thead><tr>
                    <th scope="col">"Announced ahead"</th>
                    <th scope="col" class="num">"Ours"</th>
                    {rule_heads()}
                    <th scope="col" class="num">"Launches decided"</th>
                    <th scope="col" class="num">"In 80 % band"</th>
                    <th scope="col" class="num">"By P90"</th>
                </tr></thead>
                <tbody>{quantiles.collect_view()}</tbody>
            </table>
        </div>
    }
}

/// In the order of [`DateScore::rules`].
fn rule_heads() -> impl IntoView {
    view! {
        <th scope="col" class="num">"Announced"</th>
        <th scope="col" class="num">"Quantiles"</th>
        <th scope="col" class="num">"Weibull"</th>
    }
}

fn name(score: &DateScore) -> String {
    match &score.provider {
        Some(provider) => format!("{}, {}", isolated(provider), score.horizon_name),
        None => score.horizon_name.to_owned(),
    }
}

/// The rule that the verdict is about.
fn compared(score: &DateScore) -> Option<&DateRule> {
    score.rules.iter().find(|rule| rule.name == "horizon")
}

fn verdict_words(score: &DateScore, needed: i64) -> String {
    let Some(rule) = compared(score) else { return String::new() };
    if score.launches < needed {
        let launches = launches(score.launches);
        return format!("{}: {launches}, {needed} are needed", rule.verdict);
    }
    if rule.verdict == "cannot tell" {
        return format!("cannot tell: hardly any flies within {:.0} days", score.look_ahead_days);
    }
    rule.verdict.to_owned()
}

fn launches(count: i64) -> String {
    if count == 1 { "1 launch".to_owned() } else { format!("{count} launches") }
}

/// The finding in sentences: a loss is stated as plainly as a gain.
fn verdict(scorecard: &Scorecard) -> String {
    let waiting = match scorecard.dates_waiting {
        0 => String::new(),
        1 => " 1 forecast waits for the end of its look-ahead.".to_owned(),
        waiting => format!(" {waiting} forecasts wait for the end of their look-ahead."),
    };
    let of_all: Vec<&DateScore> = scorecard.dates.iter().filter(|score| score.provider.is_none()).collect();
    if of_all.is_empty() {
        return format!(
            "No forecast of a date can be scored yet: each is scored over the 7 to 90 days after it was made.{waiting}"
        );
    }
    let forecasts: i64 = of_all.iter().map(|score| score.forecasts).sum();
    let mut verdicts: Vec<&str> = of_all.iter().filter_map(|score| Some(compared(score)?.verdict)).collect();
    verdicts.sort_unstable();
    verdicts.dedup();
    let findings: Vec<String> = verdicts
        .into_iter()
        .map(|verdict| {
            let with = of_all.iter().filter(|score| compared(score).is_some_and(|rule| rule.verdict == verdict));
            format!("{verdict} ({})", with.map(|score| score.horizon_name).collect::<Vec<_>>().join("; "))
        })
        .collect();
    format!(
        "{forecasts} forecasts are scored.{waiting} Compared with the quantiles of launches announced as far ahead and as exactly: {}. Whether dates more than 90 days ahead are calibrated is not known: few launches that were announced so far ahead have flown in the record.",
        findings.join(", ")
    )
}

/// One plot and one part of the table for each number of days.
fn reliability(bins: &[DateReliability]) -> impl IntoView + use<> {
    let by_days: Vec<&[DateReliability]> = bins.chunk_by(|one, other| one.within_days == other.within_days).collect();
    let plots = by_days
        .iter()
        .filter_map(|bins| {
            let within_days = bins.first()?.within_days;
            Some(view! {
                <figure class="score-plot">
                    {plot(bins)}
                    <figcaption class="f s13">{format!("Flies within {within_days} days")}</figcaption>
                </figure>
            })
        })
        .collect_view();
    let rows = bins.iter().map(|bin| {
        let few = (bin.launches < ENOUGH).then(|| view! { <small class="score-range">"few launches"</small> });
        view! {
            <tr>
                <th scope="row">{format!("{} days", bin.within_days)}</th>
                <td class="num">{format!("{} to {}", percent_text(bin.from), percent_text(bin.to))}</td>
                <td class="num">{bin.forecasts}</td>
                <td class="num">{bin.launches}{few}</td>
                <td class="num">{fine_percent(bin.predicted)}</td>
                <td class="num">{fine_percent(bin.came)}{range(bin.came_interval, percent_text)}</td>
            </tr>
        }
    });
    view! {
        <div class="pad score-reliability">
            <h3>"Chance to fly within 7, 30 and 90 days"</h3>
            <p class="m">"The chance that was given against how often launches flew. On the line: the chances can be trusted; above it: launches flew more often than predicted. A hollow dot has fewer than 30 launches."</p>
            <div class="score-plots">{plots}</div>
        </div>
        <div class="table-scroll" tabindex="0" role="group" aria-label="Reliability of the chance to fly within some days">
            <table class="tbl">
                <thead><tr>
                    <th scope="col">"Flies within"</th>
                    <th scope="col" class="num">"Chance given"</th>
                    <th scope="col" class="num">"Forecasts"</th>
                    <th scope="col" class="num">"Launches"</th>
                    <th scope="col" class="num">"Mean given"</th>
                    <th scope="col" class="num">"Came"</th>
                </tr></thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
}

fn plot(bins: &[DateReliability]) -> impl IntoView + use<> {
    let dots = bins
        .iter()
        .map(|bin| {
            let (x, y) = (30.0 + 200.0 * bin.predicted, 210.0 - 200.0 * bin.came);
            let radius = (3.0 + (bin.launches as f64).sqrt() / 2.0).min(9.0);
            let reach = bin.came_interval.map(|came| {
                let (top, bottom) = (210.0 - 200.0 * came.high, 210.0 - 200.0 * came.low);
                view! { <path class="score-reach" d=format!("M{x:.1} {top:.1} V{bottom:.1}")/> }
            });
            view! {
                {reach}
                <circle class:score-few=bin.launches < ENOUGH cx=format!("{x:.1}") cy=format!("{y:.1}") r=format!("{radius:.1}")/>
            }
        })
        .collect_view();
    let within_days = bins.first().map_or(0, |bin| bin.within_days);
    view! {
        <svg viewBox="0 0 240 240" role="img" aria-label=format!("Flies within {within_days} days; the table below has the same data")>
            <path class="score-line" d="M30 210 L230 10"/>
            <path class="score-axis" d="M30 10 V210 H230"/>
            {dots}
            <text x="30" y="228">"0 %"</text>
            <text x="230" y="228" text-anchor="end">"given 100 %"</text>
            <text x="36" y="18">"came 100 %"</text>
        </svg>
    }
}

/// Our gain over a rule, below its figure.
fn gain(gain: Option<domain::ScoreGain>) -> Option<impl IntoView + use<>> {
    let gain = gain?;
    // Adding zero turns a rounded -0 into 0.
    let whole = |share: f64| (share * 100.0).round() + 0.0;
    let interval = gain
        .interval
        .map_or_else(String::new, |interval| format!(" ({} to {})", whole(interval.low), whole(interval.high)));
    Some(view! { <small class="score-range">{format!("gain {}{interval}", percent_text(gain.share))}</small> })
}

fn days(value: f64) -> String {
    format!("{value:.2}")
}

fn both(losses: [f64; 2]) -> String {
    format!("{:.2} / {:.2}", losses[0], losses[1])
}

/// Chances near 0 differ by less than a percent.
fn fine_percent(share: f64) -> String {
    if share < 0.1 { format!("{:.1} %", share * 100.0) } else { percent_text(share) }
}
