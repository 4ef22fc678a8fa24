use std::sync::Arc;

use domain::{Board, Launch};
use leptos::{prelude::*, reactive::graph::Observer};
use uuid::Uuid;

use super::rows::Catalog;

/// The board that the page shows. It is replaced when a run publishes, when past launches are added, and when another time is requested;
/// everything drawn from it updates.
#[derive(Clone, Copy)]
pub struct CurrentBoard(RwSignal<Arc<Catalog>>);

impl CurrentBoard {
    pub(super) fn of(catalog: RwSignal<Arc<Catalog>>) -> Self {
        Self(catalog)
    }

    /// Reads the board. A reactive caller runs again with the next board.
    ///
    /// Not `with`: that warns about calls outside a reactive context, and the body of a component is one on purpose.
    pub fn with_value<T>(&self, read: impl FnOnce(&Arc<Board>) -> T) -> T {
        if Observer::get().is_some() {
            self.0.track();
        }
        self.0.with_untracked(|catalog| read(&catalog.board))
    }

    /// Reads a launch by its id, because its position differs between boards.
    pub(in crate::pages::board) fn with_launch<T>(&self, id: Uuid, read: impl FnOnce(&Launch) -> T) -> Option<T> {
        self.0.with(|catalog| catalog.board.launches.iter().find(|launch| launch.id == id).map(read))
    }

    #[cfg(feature = "hydrate")]
    pub(in crate::pages::board) fn untracked(&self) -> Arc<Board> {
        self.0.with_untracked(|catalog| Arc::clone(&catalog.board))
    }
}
