use domain::{
    QueryError,
    route::{Page, PageKeys, PageRoute},
};
use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::{
    any_nested_route::AnyNestedRoute,
    components::{Router, Routes},
    hooks::use_location,
};

use crate::{
    AppError,
    board_cache::provide_board_cache,
    chunks::LazyChunk,
    components::{ErrorPanel, Frame, lazy, provide_choice, provide_theme},
    erase::Erase as _,
    pages::{BoardPage, NotFoundPage, board::provide_open_board},
    palette::PanelHost,
    router::routes,
    time::{provide_clock_correction, provide_zone},
    title,
};

/// The application: the pages of [`domain::route`], each at its address.
#[component]
pub fn App() -> impl IntoView {
    #[cfg(not(feature = "hydrate"))]
    provide_context::<crate::chunks::Chunks>(&crate::draw::WholeProgram);
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
            <Routes fallback=NotFoundPage><PageRoutes/></Routes>
            <PanelHost/>
        </Router>
    }
    // Type-erased here: the server's routes are generic over this view and would otherwise compile the pages again there.
    .erase()
}

/// One route per page of the table. Transparent, because the router accepts only routes, no views.
#[component(transparent)]
fn PageRoutes() -> AnyNestedRoute {
    routes(page)
}

/// Returns the page, or an error if its address has a key that the page does not know: a misspelt key is not ignored.
///
/// The check runs when the page is opened; links from a page to itself use known keys only.
fn page(route: &'static PageRoute) -> AnyView {
    let search = use_location().search.get_untracked();
    if let PageKeys::Known(keys) = route.keys
        && let Err(error) = domain::known_pairs(&search, keys)
    {
        return refused(error);
    }
    match route.page {
        Page::Board => view! { <BoardPage/> }.erase(),
        page => lazy(LazyChunk::Page(page)),
    }
}

fn refused(error: QueryError) -> AnyView {
    view! {
        <Title text="Error"/>
        <Frame known=None><ErrorPanel error=AppError::BadRequest(error)/></Frame>
    }
    .erase()
}

/// Removes what other sites have appended to the address, so that no link copied or shared from here contains it.
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
        // If the browser refuses (it limits the rate of calls), the address stays unchanged; nothing else depends on it.
        let _ = history.replace_state_with_url(&history.state().unwrap_or_default(), "", Some(&address));
    }
}
