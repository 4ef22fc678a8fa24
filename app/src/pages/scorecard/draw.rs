use domain::{CalibrationBin, DateGroup, DateScore, Scorecard, SuccessScore};
use leptos::prelude::*;

/// Fewer flights than this tell little of a chance near 1: one failure in twenty is expected.
const ENOUGH: i64 = 30;

/// The whole page.
pub(super) fn page(scorecard: &Scorecard) -> String {
    let as_of = scorecard.as_of.map(|at| at.format("%-d %b %Y, %H:%M UTC").to_string());
    view! {
        <header>
            <h1>"Scorecard"</h1>
            <p class="m pl-lead">
                "How good our own forecasts have been. Each was kept as it was made, and is scored against what came, beside rules that know less. "
                {as_of.map(|as_of| format!("What came is known as of {as_of}."))}
            </p>
        </header>
        {success(scorecard)}
        {dates(scorecard)}
    }
    .into_view()
    .to_html()
}

fn success(scorecard: &Scorecard) -> impl IntoView + use<> {
    let verdict = success_verdict(scorecard.success.first());
    let body = scorecard.success.first().map(|all| {
        let providers = scorecard.success.iter().skip(1).cloned().collect::<Vec<_>>();
        view! {
            <div class="score-pair">
                <div>
                    {forecasters(all)}
                </div>
                <figure class="score-plot">
                    {plot(&scorecard.calibration)}
                    <figcaption class="f s13">"What came against what was foretold. On the line is right; below it we were too sure."</figcaption>
                </figure>
            </div>
            {calibration(&scorecard.calibration)}
            {by_provider(&providers)}
        }
    });
    view! {
        <section class="panel" aria-labelledby="score-success">
            <header class="pad">
                <h2 id="score-success">"Does it succeed?"</h2>
                <p class="m">{verdict}</p>
            </header>
            {body}
            <details class="pad score-words">
                <summary>"What these numbers are"</summary>
                <dl>
                    <dt>"Forecast"</dt>
                    <dd>"The last chance of success that was given before a flight, from the flights before it. A partial failure is no success. "<a href="/dictionary#mart_forecast_success">"mart_forecast_success"</a></dd>
                    <dt>"Log loss"</dt>
                    <dd>"Minus the natural logarithm of the chance given to what happened, averaged. Less is better; saying one half each time costs 0.693."</dd>
                    <dt>"Brier score"</dt>
                    <dd>"The squared distance between the chance and what happened (1 or 0), averaged. Less is better; saying one half each time costs 0.25."</dd>
                    <dt>"Rules of thumb"</dt>
                    <dd>"What anybody could say from the k successes in the n flights of the same configuration that were known then; the constant, from all flights."</dd>
                </dl>
            </details>
        </section>
    }
}

/// The finding in a sentence: a loss is said as plainly as a gain.
fn success_verdict(all: Option<&SuccessScore>) -> String {
    let Some(all) = all else {
        return "No flight that was foretold here has been flown yet. The first ones will be scored as they are."
            .to_owned();
    };
    let flights = if all.flights == 1 { "1 flight".to_owned() } else { format!("{} flights", all.flights) };
    let best = all.baselines.iter().min_by(|one, other| one.log_loss.total_cmp(&other.log_loss));
    let compared = best.filter(|best| best.log_loss > 0.0).map(|best| {
        let gain = (1.0 - all.log_loss / best.log_loss) * 100.0;
        let side = if gain >= 0.0 { "better" } else { "worse" };
        format!(" Our log loss is {:.0} % {side} than that of the best rule of thumb ({}).", gain.abs(), best.formula)
    });
    let few = if all.flights < ENOUGH { " That is too few to tell skill from luck." } else { "" };
    format!("{flights}, of which {} succeeded.{}{few}", all.successes, compared.unwrap_or_default())
}

fn forecasters(all: &SuccessScore) -> impl IntoView + use<> {
    let rows = all
        .baselines
        .iter()
        .map(|rule| {
            view! {
                <tr>
                    <th scope="row">{rule.name}" "<span class="f s13">{rule.formula}</span></th>
                    <td class="num">{loss(rule.log_loss)}</td>
                    <td class="num">{loss(rule.brier)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="table-scroll" tabindex="0" role="group" aria-label="Success by forecaster">
            <table class="tbl">
                <thead><tr><th scope="col">"Forecaster"</th><th scope="col" class="num">"Log loss"</th><th scope="col" class="num">"Brier"</th></tr></thead>
                <tbody>
                    <tr class="score-ours">
                        <th scope="row">"Mooncoon"</th>
                        <td class="num">{loss(all.log_loss)}</td>
                        <td class="num">{loss(all.brier)}</td>
                    </tr>
                    {rows}
                </tbody>
            </table>
        </div>
    }
}

fn calibration(bins: &[CalibrationBin]) -> impl IntoView + use<> {
    let rows = bins
        .iter()
        .map(|bin| {
            let came = bin.successes as f64 / bin.flights.max(1) as f64;
            view! {
                <tr>
                    <th scope="row">{format!("{} to {}", percent(bin.from), percent(bin.to))}</th>
                    <td class="num">{bin.flights}</td>
                    <td class="num">{percent(bin.foretold)}</td>
                    <td class="num">{percent(came)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="table-scroll" tabindex="0" role="group" aria-label="Calibration">
            <table class="tbl">
                <thead><tr>
                    <th scope="col">"Chance given"</th><th scope="col" class="num">"Flights"</th>
                    <th scope="col" class="num">"Foretold"</th><th scope="col" class="num">"Succeeded"</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

/// From one half to one, since that is where rockets are; what lies below is drawn on the edge.
fn plot(bins: &[CalibrationBin]) -> impl IntoView + use<> {
    let place = |share: f64| (share.clamp(0.5, 1.0) - 0.5) * 2.0 * 200.0;
    let dots = bins
        .iter()
        .map(|bin| {
            let came = bin.successes as f64 / bin.flights.max(1) as f64;
            let radius = (3.0 + (bin.flights as f64).sqrt() / 2.0).min(12.0);
            view! { <circle cx=format!("{:.1}", place(bin.foretold) + 20.0) cy=format!("{:.1}", 210.0 - place(came)) r=format!("{radius:.1}")/> }
        })
        .collect_view();
    view! {
        <svg viewBox="0 0 240 240" role="img" aria-label="Calibration; the table below has its numbers">
            <path class="score-line" d="M20 210 L220 10"/>
            <path class="score-axis" d="M20 10 V210 H220"/>
            {dots}
            <text x="20" y="228">"50 %"</text>
            <text x="220" y="228" text-anchor="end">"foretold 100 %"</text>
        </svg>
    }
}

fn by_provider(scores: &[SuccessScore]) -> impl IntoView + use<> {
    let rows = scores
        .iter()
        .map(|score| {
            let best = score.baselines.iter().map(|rule| rule.log_loss).min_by(f64::total_cmp);
            view! {
                <tr>
                    <th scope="row">{score.provider.clone()}</th>
                    <td class="num">{score.flights}</td>
                    <td class="num">{score.successes}</td>
                    <td class="num">{loss(score.log_loss)}</td>
                    <td class="num">{best.map(loss)}</td>
                </tr>
            }
        })
        .collect_view();
    (!scores.is_empty()).then(|| {
        let table = view! {
            <div class="table-scroll" tabindex="0" role="group" aria-label="Success by provider">
                <table class="tbl">
                    <thead><tr>
                        <th scope="col">"Provider"</th><th scope="col" class="num">"Flights"</th><th scope="col" class="num">"Successes"</th>
                        <th scope="col" class="num">"Log loss"</th><th scope="col" class="num">"Best rule"</th>
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
    let table = (!all.is_empty()).then(|| date_table("Dates by horizon", &all));
    let by_provider =
        (!providers.is_empty()).then(|| folded(providers.len(), date_table("Dates by provider", &providers)));
    view! {
        <section class="panel" aria-labelledby="score-dates">
            <header class="pad">
                <h2 id="score-dates">"When does it really go?"</h2>
                <p class="m">{verdict}</p>
            </header>
            {table}
            {by_provider}
            <details class="pad score-words">
                <summary>"What these numbers are"</summary>
                <dl>
                    <dt>"Forecast"</dt>
                    <dd>"One a day and launch, from what was known on that day; horizons count from there to the announced NET. "<a href="/dictionary#mart_forecast_date">"mart_forecast_date"</a></dd>
                    <dt>"Pinball loss"</dt>
                    <dd>"What P50 and P80 missed the flight by, in days beyond the announced period, weighted so that saying the true quantile costs least. First P50, then P80; less is better. A date that was only made finer is no miss."</dd>
                    <dt>"Waiting"</dt>
                    <dd>"Forecasts of launches that have not flown. They are not left out: times after the end of what is known count as that end, for us and for the baselines alike."</dd>
                    <dt>"Announced, by horizon"</dt>
                    <dd>"The baselines: that the announced date is right; and how late half, and four of five, of all launches announced as far ahead were."</dd>
                    <dt>"In 80 % band"</dt>
                    <dd>"The share of launches that flew between P10 and P90, of those whose place is decided. 80 % is right; more means that our band is too wide."</dd>
                    <dt>"Brier score"</dt>
                    <dd>"Of the chance to fly as announced: on the day of a NET that names one, else in its period. Beside it, that of taking the announcement as certain."</dd>
                </dl>
            </details>
        </section>
    }
}

fn date_table(label: &'static str, scores: &[&DateScore]) -> impl IntoView + use<> {
    let rows = scores
        .iter()
        .map(|score| {
            let name = match &score.group {
                DateGroup::All => "All forecasts".to_owned(),
                DateGroup::Horizon(horizon) => format!("{horizon} ahead"),
                DateGroup::Provider(provider) => provider.clone(),
            };
            view! {
                <tr class:score-ours=matches!(score.group, DateGroup::All)>
                    <th scope="row">{name}</th>
                    <td class="num">{score.forecasts}</td>
                    <td class="num">{score.launches}</td>
                    <td class="num">{score.waiting}</td>
                    <td class="num">{both(score.pinball_days)}</td>
                    <td class="num">{both(score.announced_pinball_days)}</td>
                    <td class="num">{both(score.horizon_pinball_days)}</td>
                    <td class="num">{score.coverage.map_or_else(|| "none decided".to_owned(), percent)}</td>
                    <td class="num">{score.coverage_forecasts}</td>
                    <td class="num">{score.brier.map_or_else(|| "none decided".to_owned(), loss)}</td>
                    <td class="num">{score.announced_brier.map_or_else(|| "none decided".to_owned(), loss)}</td>
                </tr>
            }
        })
        .collect_view();
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
                    <th scope="col" class="num">"By horizon"</th>
                    <th scope="col" class="num">"In 80 % band"</th>
                    <th scope="col" class="num">"Decided"</th>
                    <th scope="col" class="num">"Brier: ours"</th>
                    <th scope="col" class="num">"Announced"</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

/// Dozens of rows that few look for.
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
        return "No date that was foretold here can be scored yet: that takes at least one later look at LL2."
            .to_owned();
    };
    let total = |losses: [f64; 2]| losses[0] + losses[1];
    let best = total(all.announced_pinball_days).min(total(all.horizon_pinball_days));
    let compared = if best > 0.0 {
        let gain = (1.0 - total(all.pinball_days) / best) * 100.0;
        let side = if gain >= 0.0 { "better" } else { "worse" };
        format!(" Our pinball loss is {:.0} % {side} than that of the better baseline.", gain.abs())
    } else {
        String::new()
    };
    let flown = all.forecasts - all.waiting;
    let few = if flown < ENOUGH {
        " Too few of them are about launches that have flown to tell skill from luck."
    } else {
        ""
    };
    format!(
        "{} forecasts of {} launches; {flown} of them about launches that have flown.{compared}{few}",
        all.forecasts, all.launches
    )
}

fn loss(value: f64) -> String {
    format!("{value:.3}")
}

fn both(losses: [f64; 2]) -> String {
    format!("{:.2} / {:.2}", losses[0], losses[1])
}

fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}
