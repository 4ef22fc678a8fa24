use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::{
    SsrMode,
    components::{Route, Router, Routes},
    path,
};

use crate::{
    components::{provide_choice, provide_theme},
    erase::Erase as _,
    pages::{BoardPage, NotFoundPage, provide_board_cache},
    parts::{Page, Piece},
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
        </Router>
    }
    // The server's routes are generic over this view: erased here, the pages are compiled in this crate and not once more there.
    .erase()
}

fn page(page: Page) -> AnyView {
    Piece::Page(page).show()
}
