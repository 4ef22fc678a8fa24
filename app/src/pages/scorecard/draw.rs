use domain::{
    CalibrationBin, DateGroup, DateScore, Interval, Retrodicted, ScoreGain, Scorecard, SuccessScore, text::isolated,
};
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
        {dates(scorecard)}
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

fn dates(scorecard: &Scorecard) -> impl IntoView + use<> {
    let verdict = date_verdict(scorecard.dates.first());
    let is_of_provider = |score: &&DateScore| matches!(score.group, DateGroup::Provider(_));
    let all: Vec<_> = scorecard.dates.iter().filter(|score| !is_of_provider(score)).collect();
    let providers: Vec<_> = scorecard.dates.iter().filter(is_of_provider).collect();
    let table = (!all.is_empty()).then(|| date_tables("Dates by horizon", &all));
    let by_provider =
        (!providers.is_empty()).then(|| folded(providers.len(), date_tables("Dates by provider", &providers)));
    view! {
        <section class="panel" aria-labelledby="score-dates">
            <header class="pad">
                <h2 id="score-dates">"Launch date"</h2>
                <p class="m">{verdict}</p>
            </header>
            {table}
            {by_provider}
            <details class="pad score-words">
                <summary>"Definitions"</summary>
                <dl>
                    <dt>"Forecast"</dt>
                    <dd>"One per day and launch, from what was known on that day; the horizon is the time from there to the announced NET. "<a href="/dictionary#mart_forecast_date">"mart_forecast_date"</a></dd>
                    <dt>"Pinball loss"</dt>
                    <dd>"The error of P50 and P80 in days beyond the announced period, weighted so that the true quantile has the lowest loss. First P50, then P80; lower is better. A date that only became more precise is not an error."</dd>
                    <dt>"Waiting"</dt>
                    <dd>"Forecasts of launches that have not flown. They are included: times after the end of the observations count as that end, for our forecasts and the baselines."</dd>
                    <dt>"Announced, by horizon"</dt>
                    <dd>"The baselines: that the announced date is right; and how late 50 % and 80 % of all launches announced as far ahead were."</dd>
                    <dt>"Our gain over it"</dt>
                    <dd>"How much lower the loss of our P50 and P80 together is than that of the baseline, as a share of the latter. Negative where the baseline was better."</dd>
                    <dt>"Of launches that flew"</dt>
                    <dd>"Mostly punctual launches: of dates far ahead, those that slipped have not flown yet. Only both groups together give a fair score."</dd>
                    <dt>"95 % interval"</dt>
                    <dd>"Below a figure: the range that contains it in 19 of 20 repetitions, if launches are independent and their mean is nearly normal. Not given for fewer than eight launches."</dd>
                    <dt>"In 80 % band"</dt>
                    <dd>"The share of launches that flew between P10 and P90, of those that are decided. 80 % is right; more means that the band is too wide. A launch that has not flown is decided when the band has passed, and then counts as a miss."</dd>
                    <dt>"Brier score"</dt>
                    <dd>"Of the chance to fly as announced: on the day of a NET that names one, else in its period. Next to it, that of a forecast of 100 %."</dd>
                </dl>
            </details>
        </section>
    }
}

/// Two tables: how far the dates were off, and how accurate band and chance were. One table would not fit on a screen.
fn date_tables(label: &'static str, scores: &[&DateScore]) -> impl IntoView + use<> {
    let losses = scores.iter().map(|score| {
        view! {
            <tr class:score-ours=matches!(score.group, DateGroup::All)>
                <th scope="row">{group_name(&score.group)}</th>
                <td class="num">{score.forecasts}</td>
                <td class="num">{score.launches}</td>
                <td class="num">{score.waiting}</td>
                <td class="num">{both(score.pinball_days)}{ranges(score.pinball_intervals)}</td>
                <td class="num">{both(score.announced_pinball_days)}{ranges(score.announced_pinball_intervals)}</td>
                <td class="num">{gained(score.gain_over_announced)}</td>
                <td class="num">{both(score.horizon_pinball_days)}{ranges(score.horizon_pinball_intervals)}</td>
                <td class="num">{gained(score.gain_over_horizon)}</td>
            </tr>
        }
    });
    let truths = scores.iter().map(|score| {
        view! {
            <tr class:score-ours=matches!(score.group, DateGroup::All)>
                <th scope="row">{group_name(&score.group)}</th>
                <td class="num">{score.coverage_forecasts}</td>
                <td class="num">{decided(score.coverage, percent_text)}{range(score.coverage_interval, percent_text)}</td>
                <td class="num">{decided(score.brier, loss)}{range(score.brier_interval, loss)}</td>
                <td class="num">{decided(score.announced_brier, loss)}{range(score.announced_brier_interval, loss)}</td>
            </tr>
        }
    });
    view! {
        <div class="table-scroll" tabindex="0" role="group" aria-label=label>
            <table class="tbl score-dates">
                <thead><tr>
                    <th scope="col">"Group"</th>
                    <th scope="col" class="num">"Forecasts"</th>
                    <th scope="col" class="num">"Launches"</th>
                    <th scope="col" class="num">"Waiting"</th>
                    <th scope="col" class="num">"Pinball, days: ours"</th>
                    <th scope="col" class="num">"Announced"</th>
                    <th scope="col" class="num">"Our gain over it"</th>
                    <th scope="col" class="num">"By horizon"</th>
                    <th scope="col" class="num">"Our gain over it"</th>
                </tr></thead>
                <tbody>{losses.collect_view()}</tbody>
            </table>
        </div>
        <div class="table-scroll" tabindex="0" role="group" aria-label=format!("{label}: band and chance")>
            <table class="tbl">
                <thead><tr>
                    <th scope="col">"Group"</th>
                    <th scope="col" class="num">"Decided"</th>
                    <th scope="col" class="num">"In 80 % band"</th>
                    <th scope="col" class="num">"Brier: ours"</th>
                    <th scope="col" class="num">"Announced"</th>
                </tr></thead>
                <tbody>{truths.collect_view()}</tbody>
            </table>
        </div>
    }
}

fn group_name(group: &DateGroup) -> String {
    match group {
        DateGroup::All => "All forecasts".to_owned(),
        DateGroup::Flown => "Of launches that flew".to_owned(),
        DateGroup::Waiting => "Of launches that have not flown".to_owned(),
        DateGroup::Horizon(horizon) => format!("{horizon} ahead"),
        DateGroup::Provider(provider) => isolated(provider).into_owned(),
    }
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

fn date_verdict(all: Option<&DateScore>) -> String {
    let Some(all) = all else {
        return "No forecast of a date can be scored yet: at least one later observation of LL2 is necessary."
            .to_owned();
    };
    let better = [all.gain_over_announced, all.gain_over_horizon];
    let worst = better.into_iter().flatten().min_by(|one, other| one.share.total_cmp(&other.share));
    let compared = worst.map_or_else(String::new, |gain| {
        let side = if gain.share >= 0.0 { "better" } else { "worse" };
        format!(
            " Our pinball loss is {:.0} % {side} than that of the better baseline{}.",
            gain.share.abs() * 100.0,
            significance(gain)
        )
    });
    let flown = all.forecasts - all.waiting;
    let few = if flown < ENOUGH {
        " Too few of them are for launches that have flown to distinguish skill from chance."
    } else {
        ""
    };
    format!(
        "{} forecasts of {} launches; {flown} of them for launches that have flown.{compared}{few}",
        all.forecasts, all.launches
    )
}

fn loss(value: f64) -> String {
    format!("{value:.3}")
}

fn decided(value: Option<f64>, words: fn(f64) -> String) -> String {
    value.map_or_else(|| "none decided".to_owned(), words)
}

/// An interval below its figure; nothing if none is known.
fn range(interval: Option<Interval>, words: fn(f64) -> String) -> Option<impl IntoView + use<>> {
    let Interval { low, high } = interval?;
    Some(view! { <small class="score-range">{format!("{} to {}", words(low), words(high))}</small> })
}

fn ranges(intervals: [Option<Interval>; 2]) -> Option<impl IntoView + use<>> {
    let [Some(p50), Some(p80)] = intervals else { return None };
    let words = format!("{:.2} to {:.2} / {:.2} to {:.2}", p50.low, p50.high, p80.low, p80.high);
    Some(view! { <small class="score-range">{words}</small> })
}

fn gained(gain: Option<ScoreGain>) -> impl IntoView + use<> {
    let words = gain.map_or_else(|| "no loss to compare".to_owned(), |gain| percent_text(gain.share));
    view! { {words}{gain.and_then(|gain| range(gain.interval, percent_text))} }
}

fn both(losses: [f64; 2]) -> String {
    format!("{:.2} / {:.2}", losses[0], losses[1])
}

fn percent_text(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}
