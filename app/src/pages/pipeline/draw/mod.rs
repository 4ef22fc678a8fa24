//! The panels as HTML. Compiled only for the server.

mod background;
mod budget;
mod drift;
mod head;
mod history;
mod layout;
mod lineage;
mod plan;
mod quarantine;
mod runs;
mod steps;
mod tests;
mod words;

use crate::drawn::{Drawn, Panel};
use domain::{BackgroundTask, Blueprint, PipelineState};

/// Returns the page as panels, in the order of `PLACES`.
pub(super) fn page(state: &PipelineState, blueprint: &Blueprint, tasks: &[BackgroundTask]) -> Drawn {
    let panels = [
        head::headline(state) + &background::list(tasks, state.now),
        head::freshness(state),
        budget::panel(state, blueprint.request_limit),
        runs::panel(state),
        lineage::panel(state, blueprint),
        steps::panel(state),
        tests::panel(state, blueprint),
        history::panel(state),
        plan::panel(state),
        drift::panel(state),
        quarantine::panel(state),
    ];
    Drawn {
        freshness: state.freshness.clone(),
        now: state.now,
        is_running: state.is_running(),
        panels: panels.map(Panel::new).into(),
    }
}
