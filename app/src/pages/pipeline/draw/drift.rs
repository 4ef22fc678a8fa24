use domain::PipelineState;
use leptos::prelude::*;

use super::words;
use crate::drawn::html;

/// What LL2 began or ceased to send, or sends with another type.
pub(super) fn panel(state: &PipelineState) -> String {
    let lead = match state.drift.len() {
        0 => "LL2's responses have the expected format.".to_owned(),
        1 => "One path differs from the expected format. It is stored in the landing layer.".to_owned(),
        count => format!("{count} paths differ from the expected format. They are stored in the landing layer."),
    };
    let rows = state.drift.iter().map(|drift| {
        view! {
            <li>
                <code class="mono">{drift.json_path.clone()}</code>
                <span class="sm f">
                    {format!(
                        "{}, {}, {} of {}, {}, since {}",
                        words::spoken(drift.state.into_str()),
                        drift.json_type,
                        drift.entity,
                        drift.api_version,
                        words::counted(drift.seen_count, "time", "times"),
                        words::moment(drift.first_seen_at, state.now),
                    )}
                </span>
            </li>
        }
    });
    let defects = state.defects.iter().map(|defect| {
        let launch = defect.last_launch_id.map(|id| {
            view! { ", last in " <a href=format!("/launches/{id}")>"this launch"</a> }
        });
        view! {
            <li>
                <code class="mono">{defect.part.clone()}</code>
                <span class="sm f">
                    {format!(
                        "{}, {}, {}, last {}",
                        words::spoken(defect.treatment.into_str()),
                        defect.api_version,
                        words::counted(defect.record_count, "record", "records"),
                        words::moment(defect.last_seen_at, state.now),
                    )}
                    {launch}
                </span>
            </li>
        }
    });
    html(view! {
        <h2>"Drift"</h2>
        <p class="s13 m">{lead}</p>
        {(!state.drift.is_empty()).then(|| view! { <ul class="pl-list scrolls" tabindex="0" aria-label="Paths that differ">{rows.collect_view()}</ul> })}
        {(!state.defects.is_empty()).then(|| view! {
            <p class="s13 m pl-sub">"Parts of records that could not be stored as LL2 sent them:"</p>
            <ul class="pl-list scrolls" tabindex="0" aria-label="Parts that were not stored">{defects.collect_view()}</ul>
        })}
    })
}
