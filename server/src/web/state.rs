//! The state shared by all handlers, and the parts of it that a handler may take alone.

use std::sync::Arc;

use axum::extract::FromRef;
use domain::Blueprint;
use leptos::prelude::LeptosOptions;
use warehouse::Db;

use super::{media::MediaStore, site::Site};
use crate::{background::BackgroundTasks, news::News};

/// The state shared by all handlers.
#[derive(Clone)]
pub(crate) struct AppState {
    pub(crate) db: Db,
    pub(crate) site: Site,
    pub(crate) media: MediaStore,
    pub(crate) news: News,
    pub(crate) tasks: BackgroundTasks,
    pub(super) blueprint: Arc<Blueprint>,
    leptos: LeptosOptions,
}

impl AppState {
    /// `blueprint` is the ingest job's description of itself. Pages show it and know nothing else about the job.
    pub(crate) fn new(
        db: Db,
        site: Site,
        media: MediaStore,
        news: News,
        tasks: BackgroundTasks,
        blueprint: Blueprint,
    ) -> Self {
        let leptos = LeptosOptions::builder().output_name("mooncoon").build();
        Self { db, site, media, news, tasks, blueprint: Arc::new(blueprint), leptos }
    }
}

impl FromRef<AppState> for LeptosOptions {
    fn from_ref(state: &AppState) -> Self {
        state.leptos.clone()
    }
}

impl FromRef<AppState> for MediaStore {
    fn from_ref(state: &AppState) -> Self {
        state.media.clone()
    }
}

impl FromRef<AppState> for Db {
    fn from_ref(state: &AppState) -> Self {
        state.db.clone()
    }
}
