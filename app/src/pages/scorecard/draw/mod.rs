mod dates;

use domain::{CalibrationBin, Interval, Retrodicted, ScoreGain, Scorecard, SuccessScore, text::isolated};
use leptos::prelude::*;

/// Fewer flights than this show little about a chance near 1: one failure in twenty is expected.
const ENOUGH: i64 = 30;

/// The whole page.
pub(super) fn page(scorecard: &Scorecard) -> String {
    let as_of = scorecard.as_of.map(|at| at.format("%-d %b %Y, %H:%M UTC").to_string());
    view! {
        <header>
            <h1>"Scorecard"</h1>
            <p class="m pl-lead">
                "How accurate our forecasts have been. Each was stored when it was made, and is scored against the outcome and compared with simple rules. "
                {as_of.map(|as_of| format!("Outcomes are known as of {as_of}."))}
            </p>
        </header>
        {success(scorecard)}
        {retrodicted(&scorecard.retrodicted)}
        {dates::dates(scorecard)}
    }
    .into_view()
    .to_html()
}

fn success(scorecard: &Scorecard) -> impl IntoView + use<> {
    let verdict = success_verdict(scorecard.success.first(), "with a forecast");
    let body = success_body(&scorecard.success, &scorecard.calibration, "");
    view! {
        <section class="panel" aria-labelledby="score-success">
            <header class="pad">
                <h2 id="score-success">"Chance of success"</h2>
                <p class="m">{verdict}</p>
            </header>
            {body}
            <details class="pad score-words">
                <summary>"Definitions"</summary>
                <dl>
                    <dt>"Forecast"</dt>
                    <dd>"The last chance of success that was given before a flight, from the flights before it. A partial failure is not a success. Forecasts are made again when a run finds an upcoming launch changed, and by the first run of each UTC day. "<a href="/dictionary#mart_forecast_success">"mart_forecast_success"</a></dd>
                    {measures()}
                </dl>
            </details>
        </section>
    }
}

/// The tables of one set of forecasts; `of` distinguishes their names from those of the other set.
fn success_body(scores: &[SuccessScore], bins: &[CalibrationBin], of: &'static str) -> Option<impl IntoView + use<>> {
    let all = scores.first()?;
    let providers = scores.iter().skip(1).cloned().collect::<Vec<_>>();
    Some(view! {
        <div class="score-pair">
            <div>
                {forecasters(all, of)}
            </div>
            <figure class="score-plot">
                {plot(bins)}
                <figcaption class="f s13">"Observed against predicted share of successes. On the line: calibrated; below it: overconfident."</figcaption>
            </figure>
        </div>
        {calibration(bins, of)}
        {by_provider(&providers, of)}
    })
}

/// Definitions that apply to forecasts regardless of when they were made.
fn measures() -> impl IntoView {
    view! {
        <dt>"Log loss"</dt>
        <dd>"Minus the natural logarithm of the chance given to what happened, averaged. Lower is better; a constant forecast of one half scores 0.693."</dd>
        <dt>"Brier score"</dt>
        <dd>"The squared distance between the chance and what happened (1 or 0), averaged. Lower is better; a constant forecast of one half scores 0.25."</dd>
        <dt>"Our gain"</dt>
        <dd>"How much lower our log loss is than that of the rule, as a share of the latter. Negative where the rule was better."</dd>
        <dt>"95 % interval"</dt>
        <dd>"Below a figure: the range that contains it in 19 of 20 repetitions, if weeks are independent and their mean is nearly normal. Not given for fewer than eight weeks."</dd>
        <dt>"Predicted, succeeded"</dt>
        <dd>"Flights grouped by their predicted chance: the mean of the predicted chances, and the share that succeeded."</dd>
        <dt>"Rules of thumb"</dt>
        <dd>"Simple forecasts from the k successes in the n flights of the same configuration known at the time; the constant is from all flights."</dd>
    }
}

/// Flights that were loaded with the history. They are never added to those that were predicted in advance.
fn retrodicted(retrodicted: &Retrodicted) -> impl IntoView + use<> {
    let since = retrodicted.since.format("%-d %b %Y");
    let words = match retrodicted.success.first() {
        None => format!("Every recorded flight since {since} had a forecast before it flew, or none is recorded yet."),
        all @ Some(_) => success_verdict(all, "with a forecast made afterwards"),
    };
    let body = success_body(&retrodicted.success, &retrodicted.calibration, ", afterwards");
    view! {
        <section class="panel" aria-labelledby="score-afterwards">
            <header class="pad">
                <h2 id="score-afterwards">"Forecasts made afterwards"</h2>
                <p class="m">{words}</p>
                <p class="f s13">
                    "Made afterwards, with today's model: each from earlier flights only. Flights with a forecast made in time are not included. "
                    {format!("The model's constants were chosen on flights before {since}, which are not scored.")}
                </p>
            </header>
            {body}
            <details class="pad score-words">
                <summary>"Definitions"</summary>
                <dl>
                    <dt>"Forecast"</dt>
                    <dd>"The chance that today's model gives to a flight, from the flights before it. Flights are those of "<a href="/dictionary#fact_launch">"fact_launch"</a>" with an outcome; flights that are not fetched yet are not used."</dd>
                    {measures()}
                </dl>
            </details>
        </section>
    }
}

/// The finding in a sentence: a loss is stated as plainly as a gain.
fn success_verdict(all: Option<&SuccessScore>, which: &str) -> String {
    let Some(all) = all else {
        return format!("No flight {which} has been flown yet. Flights are scored after their launch.");
    };
    let flights = if all.flights == 1 { "1 flight".to_owned() } else { format!("{} flights", all.flights) };
    let best = all.baselines.iter().min_by(|one, other| one.log_loss.total_cmp(&other.log_loss));
    let compared = best.and_then(|best| best.gain.map(|gain| (best, gain))).map(|(best, gain)| {
        let side = if gain.share >= 0.0 { "better" } else { "worse" };
        format!(
            " Our log loss is {:.0} % {side} than that of the best rule of thumb ({}){}.",
            gain.share.abs() * 100.0,
            best.formula,
            significance(gain),
        )
    });
    let few = if all.flights < ENOUGH { " That is too few to distinguish skill from chance." } else { "" };
    format!("{flights}, of which {} succeeded.{}{few}", all.successes, compared.unwrap_or_default())
}

/// The uncertainty of a gain, as the continuation of a sentence.
fn significance(gain: ScoreGain) -> String {
    let Some(Interval { low, high }) = gain.interval else { return String::new() };
    let unsure = if low < 0.0 && high > 0.0 { ", so the difference may be chance" } else { "" };
    format!("; 95 % interval {:.0} to {:.0} %{unsure}", low * 100.0, high * 100.0)
}

fn forecasters(all: &SuccessScore, of: &'static str) -> impl IntoView + use<> {
    let rows = all
        .baselines
        .iter()
        .map(|rule| {
            view! {
                <tr>
                    <th scope="row">{rule.name}" "<span class="f s13">{rule.formula}</span></th>
                    <td class="num">{loss(rule.log_loss)}{range(rule.log_loss_interval, loss)}</td>
                    <td class="num">{loss(rule.brier)}{range(rule.brier_interval, loss)}</td>
                    <td class="num">{gained(rule.gain)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="table-scroll" tabindex="0" role="group" aria-label=format!("Success by forecaster{of}")>
            <table class="tbl">
                <thead><tr><th scope="col">"Forecaster"</th><th scope="col" class="num">"Log loss"</th><th scope="col" class="num">"Brier"</th><th scope="col" class="num">"Our gain"</th></tr></thead>
                <tbody>
                    <tr class="score-ours">
                        <th scope="row">"Mooncoon"</th>
                        <td class="num">{loss(all.log_loss)}{range(all.log_loss_interval, loss)}</td>
                        <td class="num">{loss(all.brier)}{range(all.brier_interval, loss)}</td>
                        <td class="num f">"ours"</td>
                    </tr>
                    {rows}
                </tbody>
            </table>
        </div>
    }
}

fn calibration(bins: &[CalibrationBin], of: &'static str) -> impl IntoView + use<> {
    let rows = bins
        .iter()
        .map(|bin| {
            let came = bin.successes as f64 / bin.flights.max(1) as f64;
            view! {
                <tr>
                    <th scope="row">{format!("{} to {}", percent_text(bin.from), percent_text(bin.to))}</th>
                    <td class="num">{bin.flights}</td>
                    <td class="num">{percent_text(bin.predicted)}</td>
                    <td class="num">{percent_text(came)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="table-scroll" tabindex="0" role="group" aria-label=format!("Calibration{of}")>
            <table class="tbl">
                <thead><tr>
                    <th scope="col">"Chance given"</th><th scope="col" class="num">"Flights"</th>
                    <th scope="col" class="num">"Predicted"</th><th scope="col" class="num">"Succeeded"</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

/// The calibration plot from 0.5 to 1, the range in which rockets are; lower values are drawn on the edge.
fn plot(bins: &[CalibrationBin]) -> impl IntoView + use<> {
    let place = |share: f64| (share.clamp(0.5, 1.0) - 0.5) * 2.0 * 200.0;
    let dots = bins
        .iter()
        .map(|bin| {
            let came = bin.successes as f64 / bin.flights.max(1) as f64;
            let radius = (3.0 + (bin.flights as f64).sqrt() / 2.0).min(12.0);
            view! { <circle cx=format!("{:.1}", place(bin.predicted) + 20.0) cy=format!("{:.1}", 210.0 - place(came)) r=format!("{radius:.1}")/> }
        })
        .collect_view();
    view! {
        <svg viewBox="0 0 240 240" role="img" aria-label="Calibration; the table below has the same data">
            <path class="score-line" d="M20 210 L220 10"/>
            <path class="score-axis" d="M20 10 V210 H220"/>
            {dots}
            <text x="20" y="228">"50 %"</text>
            <text x="220" y="228" text-anchor="end">"predicted 100 %"</text>
        </svg>
    }
}

fn by_provider(scores: &[SuccessScore], of: &'static str) -> impl IntoView + use<> {
    let rows = scores
        .iter()
        .map(|score| {
            let best = score.baselines.iter().min_by(|one, other| one.log_loss.total_cmp(&other.log_loss));
            view! {
                <tr>
                    <th scope="row">{score.provider.as_deref().map(|name| isolated(name).into_owned())}</th>
                    <td class="num">{score.flights}</td>
                    <td class="num">{score.successes}</td>
                    <td class="num">{loss(score.log_loss)}{range(score.log_loss_interval, loss)}</td>
                    <td class="num">{best.map(|best| loss(best.log_loss))}</td>
                    <td class="num">{best.map(|best| gained(best.gain))}</td>
                </tr>
            }
        })
        .collect_view();
    (!scores.is_empty()).then(|| {
        let table = view! {
            <div class="table-scroll" tabindex="0" role="group" aria-label=format!("Success by provider{of}")>
                <table class="tbl">
                    <thead><tr>
                        <th scope="col">"Provider"</th><th scope="col" class="num">"Flights"</th><th scope="col" class="num">"Successes"</th>
                        <th scope="col" class="num">"Log loss"</th><th scope="col" class="num">"Best rule"</th><th scope="col" class="num">"Our gain"</th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        };
        folded(scores.len(), table)
    })
}

/// A disclosure for dozens of rows that few readers need.
fn folded(providers: usize, table: impl IntoView + 'static) -> impl IntoView {
    let words = if providers == 1 {
        "The same for 1 provider".to_owned()
    } else {
        format!("The same for {providers} providers")
    };
    view! {
        <details class="score-words score-folded">
            <summary class="pad">{words}</summary>
            {table}
        </details>
    }
}

fn loss(value: f64) -> String {
    format!("{value:.3}")
}

/// An interval below its figure; nothing if none is known.
fn range(interval: Option<Interval>, words: fn(f64) -> String) -> Option<impl IntoView + use<>> {
    let Interval { low, high } = interval?;
    Some(view! { <small class="score-range">{format!("{} to {}", words(low), words(high))}</small> })
}

fn gained(gain: Option<ScoreGain>) -> impl IntoView + use<> {
    let words = gain.map_or_else(|| "no loss to compare".to_owned(), |gain| percent_text(gain.share));
    view! { {words}{gain.and_then(|gain| range(gain.interval, percent_text))} }
}

fn percent_text(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}
