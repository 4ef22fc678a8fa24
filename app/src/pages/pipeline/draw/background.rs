use chrono::{DateTime, Utc};
use domain::{BackgroundState, BackgroundTask};
use leptos::prelude::*;

use super::words;
use crate::drawn::html;

/// The background tasks of the process that rendered this page: one line if all are running, else one line per task that is not.
pub(super) fn list(tasks: &[BackgroundTask], now: DateTime<Utc>) -> String {
    let troubled: Vec<_> = tasks.iter().filter(|task| task.state != BackgroundState::Running).collect();
    if tasks.is_empty() {
        return String::new();
    }
    if troubled.is_empty() {
        let names: Vec<&str> = tasks.iter().map(|task| task.name.as_str()).collect();
        return html(
            view! { <p class="s13 m pl-note">{format!("Background tasks: {}, all running.", names.join(", "))}</p> },
        );
    }
    let rows = troubled.into_iter().map(|task| {
        let mark = match task.state {
            BackgroundState::Running => ("success", "st-success", "Running"),
            BackgroundState::Restarting => ("hold", "st-hold", "Restarting"),
            BackgroundState::Failed => ("failure", "st-failure", "Failed"),
        };
        let detail = task.detail.as_ref().map(|detail| format!(": {detail}")).unwrap_or_default();
        let text = format!(" {}, since {}{detail}.", task.name, words::moment(task.since, now));
        view! { <li>{words::stamp(mark)}{text}</li> }
    });
    html(view! { <ul class="pl-note s13" aria-label="Background tasks with problems">{rows.collect_view()}</ul> })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn task(name: &str, state: BackgroundState) -> BackgroundTask {
        BackgroundTask { name: name.to_owned(), state, since: DateTime::UNIX_EPOCH, detail: Some("<why>".to_owned()) }
    }

    #[test]
    fn only_tasks_in_trouble_are_named_with_their_reason() {
        let tasks = [task("ingest", BackgroundState::Restarting), task("listener", BackgroundState::Running)];
        let html = list(&tasks, DateTime::UNIX_EPOCH);
        assert!(html.contains("Restarting") && html.contains("ingest") && html.contains("&lt;why&gt;"), "{html}");
        assert!(!html.contains("listener"), "{html}");
    }

    #[test]
    fn all_well_is_one_line() {
        let html = list(&[task("ingest", BackgroundState::Running)], DateTime::UNIX_EPOCH);
        assert!(html.contains("ingest, all running"), "{html}");
        assert_eq!(list(&[], DateTime::UNIX_EPOCH), "");
    }
}
