//! The analysis: what past launches show, one question per chart.

mod api;
#[cfg(feature = "ssr")]
mod draw;
mod wire;

use domain::{BoardQuery, Freshness};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{NavigateOptions, hooks::use_navigate};

use self::wire::unpacked;
use crate::{
    components::{ChartFigure, ErrorPanel, Frame, Origin, Questions, Skeleton},
    drawn::Drawn,
    erase::Erase as _,
};

/// The parts of the page and the charts in them, in the order in which the server builds them: id of the chart, and whether it is wide.
const PARTS: [(&str, &[(&str, bool)]); 4] = [
    ("How many", &[("per-year", true), ("per-provider", false), ("per-country", false), ("per-orbit", false)]),
    ("How well", &[("success", true)]),
    ("How often", &[("cadence", false), ("turnaround", false)]),
    ("How late", &[("late-by-days", false), ("late-by-provider", false), ("standing", true)]),
];

/// The page at `/analysis`.
#[component]
pub fn AnalysisPage() -> impl IntoView {
    let drawn = Resource::new_blocking(|| (), |()| async move { api::analysis().await });
    view! {
        <Title text="Analysis"/>
        <Suspense fallback=|| view! { <Frame known=None><Skeleton/></Frame> }>
            {move || Suspend::new(async move {
                match drawn.await {
                    Ok(drawn) => whole(drawn),
                    Err(error) => view! { <Frame known=None><ErrorPanel error/></Frame> }.erase(),
                }
            })}
        </Suspense>
    }
    .erase()
}

fn whole(drawn: Drawn) -> AnyView {
    let Drawn { freshness, now, panels, .. } = drawn;
    let known = Some((freshness.clone(), now));
    let mut panels = panels.into_iter().map(|panel| panel.html.unwrap_or_default());
    let head = panels.next().unwrap_or_default();
    // A mark links to its launches on the board, past ones included.
    let navigate = use_navigate();
    let questions = Questions {
        query: Memo::new(|_| BoardQuery { past: true, ..BoardQuery::default() }),
        ask: Callback::new(move |asked: BoardQuery| navigate(&asked.address(), NavigateOptions::default())),
        is_elsewhere: true,
    };
    let parts = PARTS
        .map(|(title, charts)| {
            let id = title.replace(' ', "-").to_lowercase();
            let label = id.clone();
            let charts = charts
                .iter()
                .map(|(id, is_wide)| chart(id, *is_wide, &panels.next().unwrap_or_default(), &freshness, questions))
                .collect_view();
            view! {
                <section aria-labelledby=label>
                    <h2 id=id>{title}</h2>
                    <div class="an-charts">{charts}</div>
                </section>
            }
            .erase()
        })
        .collect_view();
    view! {
        <Frame known>
            <div class="wrap analysis">
                <header class="pl-head" inner_html=head></header>
                {parts}
            </div>
        </Frame>
    }
    .erase()
}

/// One chart with its method; nothing if the server sent none.
fn chart(id: &'static str, is_wide: bool, panel: &str, freshness: &Freshness, questions: Questions) -> AnyView {
    let Some((method, figure)) = unpacked(panel) else { return ().erase() };
    let method = method.to_owned();
    let as_of = freshness.as_of;
    let origin = Origin { source: freshness.source, as_of: Signal::derive(move || as_of) };
    let chart = if figure.marks.is_empty() {
        // Empty axes would look like a chart that is still loading.
        view! {
            <figure class="panel fig chart" aria-labelledby=id>
                <h3 id=id>{figure.finding}</h3>
                <p class="unit">{figure.sentence}</p>
            </figure>
        }
        .erase()
    } else {
        let questions = figure.marks.iter().any(|mark| mark.select.is_some()).then_some(questions);
        let figure = Memo::new(move |_| figure.clone());
        view! { <ChartFigure id figure questions origin/> }.erase()
    };
    view! {
        <div class="an-chart" class:wide=is_wide>
            {chart}
            <details class="an-method">
                <summary>"How this is counted"</summary>
                <p class="s13 m">{method}</p>
            </details>
        </div>
    }
    .erase()
}
