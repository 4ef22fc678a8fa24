use domain::{Backfill, PipelineState};
use leptos::prelude::*;

use super::words;
use crate::{components::axis::percent, drawn::html};

/// The next tasks and their reasons, and how far the past has been read.
pub(super) fn panel(state: &PipelineState) -> String {
    let paused = state.paused.as_ref().map(|(since, reason)| {
        let reason = reason.clone().map(|reason| format!(": {reason}")).unwrap_or_default();
        view! { <p class="pl-error">{words::stamp(("hold", "st-hold", "Paused"))}" since "{words::moment(*since, state.now)}{reason}</p> }
    });
    let tasks = state.plan.iter().map(|task| {
        let due = if task.due_at <= state.now {
            "now".to_owned()
        } else {
            words::moment(task.due_at, state.now)
        };
        view! {
            <li>
                <span class="mono nw">{due}</span>
                <span class="pl-test"><b>{words::spoken(task.task.into_str())}</b><span class="f sm">{task.reason.clone()}</span></span>
                <span class="m nw">{words::counted(i64::from(task.request_count), "request", "requests")}</span>
            </li>
        }
    });
    html(view! {
        <h2>"Next requests"</h2>
        {paused}
        {if state.plan.is_empty() {
            view! { <p class="s13 m">"No plan yet."</p> }.into_any()
        } else {
            view! { <ol class="pl-plan">{tasks.collect_view()}</ol> }.into_any()
        }}
        {state.backfill.as_ref().map(|backfill| past(backfill, state))}
    })
}

fn past(backfill: &Backfill, state: &PipelineState) -> impl IntoView + use<> {
    let share = backfill.share();
    let title = match (share, backfill.finished_at) {
        (_, Some(at)) => format!("History: complete since {}", words::moment(at, state.now)),
        (Some(share), None) => format!("History: {:.1}% loaded", share * 100.0),
        (None, None) => "History: not started".to_owned(),
    };
    let counts = match backfill.total_count {
        Some(total) => format!("{} of {} past launches", words::grouped(backfill.seen_count), words::grouped(total)),
        None => "no request for past launches yet".to_owned(),
    };
    let down_to = backfill.position_at.map(|at| format!(", down to {}", at.format("%-d %b %Y"))).unwrap_or_default();
    let end = match (backfill.ends_at(state.now), backfill.finished_at) {
        (Some(at), _) => {
            format!(
                "At the pace of the last day it will finish in about {}, on {}.",
                words::span(at - state.now),
                at.format("%-d %b %Y")
            )
        }
        (None, Some(_)) => String::new(),
        (None, None) => "Too few runs to estimate when it will finish.".to_owned(),
    };
    view! {
        <h3 class="pl-sub">{title}</h3>
        <p class="unit">{counts}{down_to}</p>
        <svg width="100%" height="10" aria-hidden="true">
            <rect width="100%" height="8" y="1" rx="4" fill="var(--sunk)" stroke="var(--edge)"></rect>
            <rect width=percent(share.unwrap_or_default().clamp(0.0, 1.0)) height="8" y="1" rx="4" fill="var(--c1)"></rect>
        </svg>
        <p class="s13 m pl-note">{end}</p>
    }
}
