//! The states of the page in which there is nothing to compare.

use domain::{Comparison, ComparisonError, QueryError};
use leptos::prelude::*;
use uuid::Uuid;

use crate::{
    AppError,
    components::{Frame, use_choice},
    erase::Erase as _,
};

/// The list of ids is invalid: shows the reason and sets the status of a bad request.
pub(super) fn refused(error: &ComparisonError) -> AnyView {
    let reason = error.to_string();
    AppError::BadRequest(QueryError { key: "ids".to_owned(), reason: reason.clone() }).set_status();
    let text =
        format!("{reason}. The address must have the form /compare?ids= with two to four ids, separated by commas.");
    view! { <Frame known=None>{panel("This cannot be compared", text)}</Frame> }.erase()
}

/// Shown if fewer than two launches are known.
pub(super) fn too_few(comparison: &Comparison) -> AnyView {
    let (title, text) = match (comparison.launches.first(), comparison.missing.len()) {
        (None, 0) => (
            "No launches chosen",
            "Select \"Compare\" on two to four launches of the board, or on their pages.".to_owned(),
        ),
        (None, _) => ("Unknown launches", "None of the ids belongs to a known launch.".to_owned()),
        (Some(one), 0) => (
            "Choose a second launch",
            format!("Only {} is chosen. Select \"Compare\" on a second launch.", one.launch.title()),
        ),
        (Some(one), _) => (
            "Only one of these launches is known",
            format!("Only {} is known; the other ids are unknown.", one.launch.title()),
        ),
    };
    panel(title, text)
}

fn panel(title: &'static str, text: String) -> AnyView {
    let choice = use_choice();
    view! {
        <div class="wrap">
            <section class="panel pad state" aria-labelledby="state-title">
                <svg class="mask" viewBox="0 0 26 20" aria-hidden="true"><use href="#mask"></use></svg>
                <h1 id="state-title">{title}</h1>
                <p class="m">{text}</p>
                <p class="row wrapf">
                    <a class="btn pri" href="/">"Choose on the board"</a>
                    {move || choice.address().map(|address| view! { <a class="btn" href=address>"Compare the launches chosen before"</a> })}
                </p>
            </section>
        </div>
    }
    .erase()
}

/// Names the unknown ids, if there are any; the other launches are compared.
pub(super) fn missing(missing: &[Uuid]) -> Option<AnyView> {
    if missing.is_empty() {
        return None;
    }
    let names: Vec<_> = missing.iter().map(Uuid::to_string).collect();
    Some(
        view! {
            <p class="ban off">
                <span><b>"Not all of the launches are known."</b>{format!(" Unknown: {}.", names.join(", "))}</span>
            </p>
        }
        .erase(),
    )
}
