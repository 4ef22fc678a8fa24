use domain::{FreshnessState, PipelineState, RunOutcome};
use leptos::prelude::*;

use super::words;
use crate::{components::axis::percent, drawn::html};

/// The state of the pipeline in words, and what runs next.
pub(super) fn headline(state: &PipelineState) -> String {
    let newest = state.history.first();
    let stamp = match newest {
        Some(run) => match run.finished_at {
            Some(at) => format!("Run {} · finished {} UTC", run.id, at.format("%-d %b %H:%M:%S")),
            None => format!("Run {} · running since {} UTC", run.id, run.started_at.format("%H:%M:%S")),
        },
        None => "No run yet".to_owned(),
    };
    let last = match state.freshness.as_of {
        Some(as_of) => {
            format!("The board is as of {} UTC.", words::moment(as_of, state.now))
        }
        None => "The board is empty.".to_owned(),
    };
    html(view! {
        <p class="cap">{stamp}</p>
        <h1>{title(state)}</h1>
        <p class="m pl-lead">{last}" "{next(state)}" Times are UTC."</p>
        {state.is_read_as_owner.then(|| view! {
            <p class="m pl-lead">
                "Pages read the database as the owner of its tables. A read-only role is safer: set "
                <code>"DATABASE_WEB_URL"</code>"."
            </p>
        })}
    })
}

fn title(state: &PipelineState) -> String {
    let Some(newest) = state.history.first() else { return "Waiting for the first run.".to_owned() };
    let age = match state.freshness.state(state.now) {
        FreshnessState::Fresh => "Fresh",
        FreshnessState::Unreachable => "Unreachable",
        FreshnessState::Stale => "Stale",
        FreshnessState::Failed | FreshnessState::Blocked => "Last good data",
        FreshnessState::Empty => "Empty",
    };
    match newest.outcome() {
        RunOutcome::Running if state.freshness.as_of.is_none() => "The first run is in progress.".to_owned(),
        RunOutcome::Running => format!("{age}; a run is in progress."),
        RunOutcome::Blocked => match newest.blocked_count {
            1 => "Not published: one test failed.".to_owned(),
            count => format!("Not published: {count} tests failed."),
        },
        // There is no last good data, as "The board is empty" already says.
        RunOutcome::Failed if state.freshness.as_of.is_none() => "The last run failed.".to_owned(),
        RunOutcome::Failed => "The last run failed. The last good data is shown.".to_owned(),
        RunOutcome::Published | RunOutcome::NoChange => match newest.warned_count {
            0 => format!("{age}, published, no warning."),
            1 => format!("{age}, published, one warning."),
            count => format!("{age}, published, {count} warnings."),
        },
    }
}

/// States the next task of the job, and when it is due.
fn next(state: &PipelineState) -> String {
    if state.paused.is_some() {
        return "The job is paused until it is resumed.".to_owned();
    }
    match state.plan.iter().min_by_key(|task| task.due_at) {
        Some(task) if task.due_at <= state.now => format!("Next: {}, due now.", words::spoken(task.task.into_str())),
        Some(task) => {
            format!("Next: {}, at {}.", words::spoken(task.task.into_str()), words::moment(task.due_at, state.now))
        }
        None => "No task is planned yet.".to_owned(),
    }
}

/// The age of the data, on a scale that shows when it is stale.
pub(super) fn freshness(state: &PipelineState) -> String {
    let poll_minutes = (state.freshness.poll_seconds / 60).max(1);
    // The right end of the scale: a quarter more than the age at which data is stale.
    let whole = poll_minutes * 5 / 2;
    let age = state.freshness.as_of.map(|as_of| (state.now - as_of).num_minutes().max(0));
    #[expect(clippy::cast_precision_loss, reason = "minutes")]
    let share = |minutes: i64| percent((minutes as f64 / whole as f64).clamp(0.0, 1.0));
    let title = match state.freshness.as_of {
        Some(as_of) => format!("Freshness: {}", words::span(state.now - as_of)),
        None => "Freshness: no data yet".to_owned(),
    };
    let sentence = match (state.freshness.failed_at, state.freshness.blocked) {
        (Some(at), true) => {
            format!("The run of {} did not pass its tests. Every page shows a warning.", words::moment(at, state.now))
        }
        (Some(at), false) => {
            format!("The run of {} failed. Every page shows a warning.", words::moment(at, state.now))
        }
        (None, _) => "If data is older than this, every page shows a warning.".to_owned(),
    };
    html(view! {
        <h2 class="pl-h">{title}</h2>
        <p class="unit">{format!("Age of the newest published data; stale at {} min", poll_minutes * 2)}</p>
        <svg class="pl-scale" width="100%" height="44" aria-hidden="true">
            <rect x="0" y="10" width=share(poll_minutes) height="8" fill="var(--go)" opacity=".45"/>
            <rect x=share(poll_minutes) y="10" width=share(poll_minutes) height="8" fill="var(--tbc)" opacity=".5"/>
            <rect x=share(poll_minutes * 2) y="10" width=share(whole - poll_minutes * 2) height="8" fill="var(--failure)" opacity=".6"/>
            {age.map(|age| view! { <rect x=share(age.min(whole)) y="3" width="4" height="22" rx="1" fill="var(--text)" stroke="var(--surface)"/> })}
            <text x="0" y="40" class="pl-tick">"0"</text>
            <text x=share(poll_minutes) y="40" text-anchor="middle" class="pl-tick">{format!("{poll_minutes} late")}</text>
            <text x=share(poll_minutes * 2) y="40" text-anchor="middle" class="pl-tick">{format!("{} stale", poll_minutes * 2)}</text>
        </svg>
        <p class="s13 m pl-note">{sentence}</p>
    })
}
