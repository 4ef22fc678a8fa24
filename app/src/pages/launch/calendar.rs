use leptos::prelude::*;
use uuid::Uuid;

use crate::{components::Icon, erase::Erase as _};

/// The launch as an event for the reader's own calendar. A vague date spans its whole period there too; a later download updates the same
/// event.
pub(super) fn add_to_calendar(id: Uuid) -> impl IntoView {
    view! {
        <a class="btn" href=format!("/api/v1/launches/{id}.ics") rel="external" download="">
            <Icon name="i-calendar"/>
            "Add to calendar"
        </a>
    }
    .erase()
}
