//! The frame of a chart: its finding, the drawn area, the source and age, the table, and ways to save it.

#[cfg(feature = "hydrate")]
mod bridge;
#[cfg(feature = "hydrate")]
mod canvas;
mod cursor;
mod data_table;
mod drawing;
mod foot;
mod questions;

use leptos::prelude::*;

use self::{cursor::Cursor, data_table::DataTable, drawing::Drawing, foot::Foot, questions::link};
pub use self::{foot::Origin, questions::Questions};
use super::{StatusGlyph, status_class};
use crate::{
    charts::{Figure, Key, Remainder},
    erase::Erase as _,
};

/// A chart with its title, unit, labels and table.
///
/// The server renders everything except the canvas: text, table and filters work before any script, and without one. The canvas is
/// drawn when it comes near the viewport, so that neither ECharts nor its drawing delays the first view.
#[component]
pub fn ChartFigure(
    /// Unique on the page; also used in the names of downloaded files.
    id: &'static str,
    figure: Memo<Figure>,
    /// None if the marks are not selectable.
    #[prop(optional_no_strip)]
    questions: Option<Questions>,
    origin: Origin,
) -> impl IntoView {
    let area = NodeRef::<leptos::html::Div>::new();
    let drawing = RwSignal::new(Drawing::default());
    let cursor = Cursor::new(figure, questions);
    #[cfg(feature = "hydrate")]
    canvas::draw(area, figure, cursor, drawing);
    let keys = Memo::new(move |_| figure.with(|figure| figure.keys.clone()));
    let remainder = Memo::new(move |_| figure.with(|figure| figure.remainder.clone()));
    let can_be_walked = move || drawing.get() == Drawing::Done && figure.with(|figure| !figure.marks.is_empty());
    view! {
        <figure class="panel fig chart" aria-labelledby=id>
            <h3 id=id>{move || figure.with(|figure| figure.finding.clone())}</h3>
            <p class="unit">{move || figure.with(|figure| figure.unit.clone())}</p>
            {move || keys.with(|keys| (!keys.is_empty()).then(|| key_line(keys, questions)))}
            // Role `application`, so that a screen reader passes the arrow keys on; an image while there are no marks to walk over.
            <div
                class="chart-area"
                class:leads=questions.is_some()
                node_ref=area
                role=move || if can_be_walked() { "application" } else { "img" }
                aria-roledescription=move || can_be_walked().then_some("chart")
                aria-label=move || figure.with(|figure| figure.sentence.clone())
                aria-describedby=move || can_be_walked().then(|| format!("{id}-keys"))
                tabindex=move || can_be_walked().then_some("0")
                hidden=move || drawing.get() == Drawing::Failed
                on:keydown=move |event| cursor.press(&event)
                on:blur=move |_| cursor.leave()
            ></div>
            <p class="sr" id=format!("{id}-keys")>{cursor.manual()}</p>
            <p class="sr" role="status">{move || cursor.said()}</p>
            <p class="chart-failed" hidden=move || drawing.get() != Drawing::Failed>
                "This chart could not be drawn. The table is not affected."
            </p>
            {move || remainder.get().map(|remainder| remainder_bar(&remainder))}
            <Foot id figure area drawing origin/>
            <DataTable figure questions/>
        </figure>
    }
    .erase()
}

fn key_line(keys: &[Key], questions: Option<Questions>) -> impl IntoView + use<> {
    let keys = keys.iter().map(|Key { status, label, count, select }| {
        let text = view! {
            <StatusGlyph kind=*status/>
            {label.clone()}
            <span class="f">{count.to_string()}</span>
        };
        let text = text.erase();
        view! {
            <li class=format!("status {}", status_class(*status))>
                {match questions {
                    Some(questions) => link(text, select.clone(), questions).erase(),
                    None => text,
                }}
            </li>
        }
    });
    view! { <ul class="chart-keys">{keys.collect_view()}</ul> }
}

/// One bar of two parts: the launches that the axis could place and, hatched, those that it could not.
fn remainder_bar(remainder: &Remainder) -> impl IntoView + use<> {
    let Remainder { placed, left, placed_label, left_label } = remainder.clone();
    // Counts of launches are small: the conversion to a percentage loses nothing.
    #[expect(clippy::cast_precision_loss, reason = "far fewer launches than 2^52")]
    let share = placed as f64 * 100.0 / (placed + left).max(1) as f64;
    view! {
        <div class="chart-remainder">
            <svg width="100%" height="8" aria-hidden="true">
                <rect width=format!("{share:.2}%") height="8" class="remainder-placed"></rect>
                <g mask="url(#texture-quarter)">
                    <rect
                        x=format!("{share:.2}%")
                        width=format!("{:.2}%", 100.0 - share)
                        height="8"
                        class="remainder-left"
                    ></rect>
                </g>
            </svg>
            <p>
                <span>{placed_label}</span>
                <span>{left_label}</span>
            </p>
        </div>
    }
}
