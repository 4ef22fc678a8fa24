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
    let text = format!("{reason}. An address here reads /compare?ids= and two to four ids between commas.");
    view! { <Frame known=None>{panel("This cannot be compared", text)}</Frame> }.erase()
}

/// Shown if fewer than two launches are known.
pub(super) fn too_few(comparison: &Comparison) -> AnyView {
    let (title, text) = match (comparison.launches.first(), comparison.missing.len()) {
        (None, 0) => (
            "Nothing is chosen yet",
            "Tick \"Compare\" on two to four launches of the board, or on their pages, and come back.".to_owned(),
        ),
        (None, _) => {
            ("Nobody knows these launches", "None of the ids is of a launch that we have heard of.".to_owned())
        }
        (Some(one), 0) => (
            "One launch is no comparison",
            format!("{} needs another beside it. Tick \"Compare\" on a second launch.", one.launch.title()),
        ),
        (Some(one), _) => (
            "Only one of these launches is known",
            format!("{} needs another beside it; of the other ids we have not heard.", one.launch.title()),
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
                    {move || choice.address().map(|address| view! { <a class="btn" href=address>"Compare those chosen before"</a> })}
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
                <span><b>"Not all of them are known."</b>{format!(" We have not heard of {}.", names.join(", "))}</span>
            </p>
        }
        .erase(),
    )
}
