use leptos::prelude::*;

use super::{cluster::Cluster, site::Sites};
use crate::{components::world::Window, pages::board::state::Filters};

/// State that the parts of the map share.
#[derive(Clone, Copy)]
pub(super) struct Map {
    pub(super) filters: Filters,
    pub(super) sites: Memo<Sites>,
    pub(super) clusters: Memo<Vec<Cluster>>,
    pub(super) window: RwSignal<Window>,
    /// Size of a pixel in map units.
    pub(super) unit: Memo<f64>,
    /// The pad whose pin was chosen.
    pub(super) chosen: RwSignal<Option<i32>>,
}

impl Map {
    /// Returns the pin that is described next to the map: the chosen one, else that of the next launch.
    pub(super) fn described(&self) -> Option<Cluster> {
        self.sites.with(|sites| {
            let next = || {
                self.filters.board.with_value(|board| {
                    let soonest = sites.placed.iter().min_by_key(|site| site.distance(&board.launches));
                    soonest.map(|site| site.pad)
                })
            };
            let is_there = |pad: &i32| sites.placed.iter().any(|site| site.pad == *pad);
            let pad = self.chosen.get().filter(is_there).or_else(next)?;
            let holds = |cluster: &&Cluster| {
                cluster.sites.iter().any(|at| sites.placed.get(*at).is_some_and(|site| site.pad == pad))
            };
            self.clusters.with(|clusters| clusters.iter().find(holds).cloned())
        })
    }
}
