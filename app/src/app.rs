use domain::QueryError;
use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::{
    SsrMode,
    components::{Route, Router, Routes},
    hooks::use_location,
    path,
};

use crate::{
    AppError,
    board_cache::provide_board_cache,
    chunks::{LazyChunk, Page},
    components::{ErrorPanel, Frame, provide_choice, provide_theme},
    erase::Erase as _,
    pages::{BoardPage, NotFoundPage, board::provide_open_board},
    palette::PanelHost,
    time::{provide_clock_correction, provide_zone},
    title,
};

/// The application: which page answers which address.
///
/// Every page is rendered in [`SsrMode::Async`]: one complete response, so that the words are on the screen before any
/// WebAssembly arrives, and so that a page may still set its HTTP status after its data is known.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    provide_theme();
    provide_clock_correction();
    provide_zone();
    provide_board_cache();
    provide_choice();
    provide_open_board();
    view! {
        <Title formatter=|page: String| title::of_document(&page)/>
        <Router>
            <Routes fallback=NotFoundPage>
                <Route path=path!("/") view=BoardPage ssr=SsrMode::Async/>
                <Route path=path!("/launches/:id") view=|| page(Page::Launch) ssr=SsrMode::Async/>
                <Route path=path!("/providers/:id") view=|| page(Page::Provider) ssr=SsrMode::Async/>
                <Route path=path!("/rockets/:id") view=|| page(Page::Rocket) ssr=SsrMode::Async/>
                <Route path=path!("/pads/:id") view=|| page(Page::Pad) ssr=SsrMode::Async/>
                <Route path=path!("/choose") view=|| page(Page::Choose) ssr=SsrMode::Async/>
                <Route path=path!("/compare") view=|| page(Page::Compare) ssr=SsrMode::Async/>
                <Route path=path!("/analysis") view=|| page(Page::Analysis) ssr=SsrMode::Async/>
                <Route path=path!("/pipeline") view=|| page(Page::Pipeline) ssr=SsrMode::Async/>
                <Route path=path!("/scorecard") view=|| page(Page::Scorecard) ssr=SsrMode::Async/>
                <Route path=path!("/dictionary") view=|| page(Page::Dictionary) ssr=SsrMode::Async/>
            </Routes>
            <PanelHost/>
        </Router>
    }
    // The server's routes are generic over this view: erased here, the pages are compiled in this crate and not once more there.
    .erase()
}

/// The page, unless its address has a key that it does not know: a misspelt one is named, and not taken for none.
///
/// Looked at when the page is opened; where it links to itself, the keys are its own.
fn page(page: Page) -> AnyView {
    let search = use_location().search.get_untracked();
    match page.keys().and_then(|keys| domain::known_pairs(&search, keys).err()) {
        Some(error) => refused(error),
        None => LazyChunk::Page(page).show(),
    }
}

fn refused(error: QueryError) -> AnyView {
    view! {
        <Title text="Error"/>
        <Frame known=None><ErrorPanel error=AppError::BadRequest(error)/></Frame>
    }
    .erase()
}

/// Takes what other sites have appended to the address out of it, so that it is in no link that is copied or shared from here.
///
/// Called before the router reads the address.
#[cfg(feature = "hydrate")]
pub fn forget_tracking() {
    let location = window().location();
    let (Ok(path), Ok(search), Ok(hash)) = (location.pathname(), location.search(), location.hash()) else { return };
    let kept = domain::without_tracking(&search);
    if kept != search
        && let Ok(history) = window().history()
    {
        let address = format!("{path}{kept}{hash}");
        // A browser that refuses (it limits how often) leaves the address as it was; nothing else depends on it.
        let _ = history.replace_state_with_url(&history.state().unwrap_or_default(), "", Some(&address));
    }
}
