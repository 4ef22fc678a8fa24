//! Two to four launches side by side.

mod api;
mod rows;
mod state;

use domain::Comparison;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use self::{api::Answer, rows::rows, state::too_few};
use crate::{
    AppError,
    components::{Chosen, ErrorPanel, Frame, MoonStamp, Share, Skeleton, StatusStamp, use_choice},
    erase::Erase as _,
};

/// The page at `/compare?ids=`.
#[component]
pub fn ComparePage() -> impl IntoView {
    let query = use_query_map();
    let ids = Memo::new(move |_| query.with(|query| query.get("ids").unwrap_or_default()));
    let answer = Resource::new_blocking(move || ids.get(), |ids| async move { api::compare(ids).await });
    view! {
        <Title text="Compare"/>
        <Transition fallback=|| view! { <Frame known=None><Skeleton/></Frame> }>
            {move || Suspend::new(async move {
                match answer.await {
                    Ok(Answer::Comparison(comparison)) => whole(*comparison),
                    Ok(Answer::Refused(error)) => state::refused(&error),
                    Err(error) => view! { <Frame known=None><ErrorPanel error/></Frame> }.erase(),
                }
            })}
        </Transition>
    }
}

fn whole(comparison: Comparison) -> AnyView {
    let known = Some((comparison.freshness.clone(), comparison.now));
    let chosen: Vec<_> = comparison
        .launches
        .iter()
        .map(|one| Chosen { id: one.launch.id, title: one.launch.title().to_owned() })
        .collect();
    let choice = use_choice();
    // The compare check boxes on the other pages continue from the last comparison.
    Effect::new(move || {
        if chosen.len() > 1 {
            choice.replace(chosen.clone());
        }
    });
    if comparison.launches.is_empty() && !comparison.missing.is_empty() {
        AppError::NotFound.set_status();
    }
    let comparison = StoredValue::new(comparison);
    view! { <Frame known>{everything(comparison)}</Frame> }.erase()
}

fn everything(comparison: StoredValue<Comparison>) -> AnyView {
    comparison.with_value(|comparison| {
        if comparison.launches.len() < 2 {
            return too_few(comparison);
        }
        let ids: Vec<_> = comparison.launches.iter().map(|one| one.launch.id).collect();
        let path = Comparison::address(ids.iter().copied());
        let rows = rows(&comparison.launches);
        let different = rows.iter().filter(|row| row.differs).count();
        let count = rows.len();
        let only = RwSignal::new(false);
        let heads = comparison.launches.iter().map(|one| head(comparison, one)).collect_view();
        let body = rows
            .into_iter()
            .map(|row| {
                let differs = row.differs;
                let cells = row.cells.into_iter().map(|cell| view! { <td>{cell}</td> }).collect_view();
                view! {
                    <tr class:differs=differs hidden=move || only.get() && !differs>
                        <th scope="row">
                            {row.name}
                            {differs.then(|| view! { <span class="cmp-mark">"differs"</span> })}
                        </th>
                        {cells}
                    </tr>
                }
            })
            .collect_view();
        view! {
            <div class="wrap launch-page">
                <div class="cmp-title">
                    <div>
                        <h1>{format!("{} launches side by side", ids.len())}</h1>
                        <p class="m">{format!("They differ in {different} of {count} rows.")}</p>
                    </div>
                    <div class="lh-actions">
                        <label class="tick-label">
                            <input type="checkbox" on:change=move |event| only.set(event_target_checked(&event))/>
                            <span>"Only differences"</span>
                        </label>
                        <Share path title="Launches side by side".to_owned()/>
                    </div>
                </div>
                {state::missing(&comparison.missing)}
                <div class="panel cmp-scroll" role="region" aria-label="Comparison" tabindex="0">
                    <table class=format!("cmp of-{}", ids.len())>
                        <thead><tr><td class="cmp-corner"></td>{heads}</tr></thead>
                        <tbody>{body}</tbody>
                    </table>
                </div>
                <p class="s13 m">
                    "Records state the number of launches counted. "
                    <a href="/">"Choose other launches on the board"</a>
                </p>
            </div>
        }
        .erase()
    })
}

/// The header of a column, which stays visible while the reader scrolls, with a link to remove the column.
fn head(comparison: &Comparison, one: &domain::Compared) -> AnyView {
    let launch = &one.launch;
    let rest = comparison.launches.iter().map(|other| other.launch.id).filter(|id| *id != launch.id);
    let without = Comparison::address(rest);
    let title = launch.title().to_owned();
    view! {
        <th scope="col">
            <a class="cmp-name" href=format!("/launches/{}", launch.id)>{title.clone()}</a>
            <span class="cmp-stamps">
                <StatusStamp status=launch.status.clone()/>
                <MoonStamp tier=launch.moon.tier/>
            </span>
            <a class="s13 cmp-out" href=without aria-label=format!("Remove {title}")>"Remove"</a>
        </th>
    }
    .erase()
}
