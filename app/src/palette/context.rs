use leptos::prelude::*;

use super::Panel;
use crate::{pages::board::OpenBoard, time::Zone};

/// The open dialog: the context of both dialogs.
#[derive(Clone, Copy)]
pub(super) struct OpenPanel(pub(super) RwSignal<Option<Panel>>);

/// The context that actions need.
#[derive(Clone, Copy)]
pub(super) struct Context {
    pub board: OpenBoard,
    pub zone: RwSignal<Zone>,
    pub open: RwSignal<Option<Panel>>,
}
