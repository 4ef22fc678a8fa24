use domain::{PipelineState, Run, RunOutcome};
use leptos::prelude::*;

use super::words;
use crate::drawn::html;

/// Number of runs drawn as bars.
const BARS: usize = 48;

/// Durations and outcomes of the last runs. The history below has the same data as a table.
pub(super) fn panel(state: &PipelineState) -> String {
    let ended: Vec<&Run> = state.history.iter().filter(|run| run.took_seconds.is_some()).take(BARS).collect();
    if ended.is_empty() {
        return html(view! {
            <h2 class="pl-h">"No run has finished yet"</h2>
            <p class="unit">"Seconds per run"</p>
        });
    }
    let good = ended.iter().filter(|run| matches!(run.outcome(), RunOutcome::Published | RunOutcome::NoChange)).count();
    let slowest = ended.iter().filter_map(|run| run.took_seconds).fold(0.1, f64::max);
    let top = round_up(slowest);
    let title = match ended.len() {
        1 if good == 1 => "The only run was published".to_owned(),
        1 => "The only run was not published".to_owned(),
        all if good == all => format!("All of the last {all} runs were published or found nothing new"),
        all => format!("{good} of the last {all} runs were published or found nothing new"),
    };
    // A few runs are drawn at the right, next to the newest, with bars as narrow as those of many runs.
    let slots = ended.len().max(16);
    #[expect(clippy::cast_precision_loss, reason = "at most 48 bars")]
    let bars = ended.iter().enumerate().map(|(at, run)| {
        let width = 94.0 / slots as f64;
        let x = 100.0 - (at + 1) as f64 * width;
        let height = (run.took_seconds.unwrap_or_default() / top * 92.0).max(2.0);
        let (class, symbol, word) = words::outcome_mark(run.outcome());
        let bad = matches!(run.outcome(), RunOutcome::Failed | RunOutcome::Blocked);
        view! {
            <g class=if bad { format!("tone-{class}") } else { String::new() }>
                <title>{format!("Run {}, {}: {word}, {}", run.id, words::moment(run.started_at, state.now), words::took(run.took_seconds.unwrap_or_default()))}</title>
                <rect x=format!("{x:.2}%") y=format!("{:.1}", 112.0 - height) width=format!("{:.2}%", width * 0.72) height=format!("{height:.1}")
                    rx="1.5" fill=if bad { "currentColor" } else { "var(--c-other)" }></rect>
                {bad.then(|| view! {
                    <svg x=format!("{x:.2}%") y=format!("{:.1}", (98.0 - height).max(0.0)) width="12" height="12"><use href=format!("#{symbol}")></use></svg>
                })}
            </g>
        }
    });
    let first = ended.last().map(|run| words::moment(run.started_at, state.now)).unwrap_or_default();
    #[expect(clippy::cast_precision_loss, reason = "at most 48 bars")]
    let first_at = format!("{:.2}%", 100.0 - ended.len() as f64 * 94.0 / slots as f64);
    let label = format!("Seconds of the last {} runs, the slowest {}.", ended.len(), words::took(slowest));
    html(view! {
        <h2 class="pl-h">{title}</h2>
        <p class="unit">"Time per run, including requests. After a failed run, the last good data is shown"</p>
        <svg class="pl-bars" width="100%" height="134" role="img" aria-label=label>
            {[(0.0, 112.0), (0.5, 66.0), (1.0, 20.0)].map(|(share, y)| view! {
                <line x1="6%" x2="100%" y1=y y2=y stroke="var(--grid)"></line>
                <text x="5.4%" y=y + 4.0 text-anchor="end" class="pl-tick">{if share == 0.0 { "0".to_owned() } else { axis(top * share) }}</text>
            }).collect_view()}
            {bars.collect_view()}
            {if ended.len() > 8 {
                view! {
                    <text x=first_at y="130" class="pl-tick">{first}</text>
                    <text x="100%" y="130" text-anchor="end" class="pl-tick">"newest"</text>
                }.into_any()
            } else {
                view! { <text x="100%" y="130" text-anchor="end" class="pl-tick">{format!("since {first}")}</text> }.into_any()
            }}
        </svg>
    })
}

fn axis(seconds: f64) -> String {
    if seconds >= 1.0 { format!("{seconds:.0} s") } else { format!("{:.0} ms", seconds * 1000.0) }
}

/// Rounds up to the next of 1, 2, 4, 10, 20, 40 ..., so that half of it is a round number too.
fn round_up(seconds: f64) -> f64 {
    let magnitude = 10f64.powf(seconds.log10().floor());
    [1.0, 2.0, 4.0, 10.0].map(|step| step * magnitude).into_iter().find(|top| *top >= seconds).unwrap_or(seconds)
}
