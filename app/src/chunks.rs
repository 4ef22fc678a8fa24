//! What the browser half draws with code that comes when it is asked for.
//!
//! The program that everybody downloads holds the board with its cards. The other pages, and the other views of the board, are parts of
//! their own: `frontend` says where the program is cut, `xtask` cuts it. The server has everything and draws at once, and a page that it
//! drew is taken over only when its part is there, so that both halves draw the same.

use domain::View;
use leptos::prelude::*;

use crate::{
    erase::Erase as _,
    pages::{
        AnalysisPage, ChoosePage, ComparePage, DictionaryPage, LaunchPage, PadPage, PipelinePage, ProviderPage,
        RocketPage, ScorecardPage, board,
    },
};

/// A page other than the board.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    Launch,
    Provider,
    Rocket,
    Pad,
    Choose,
    Compare,
    Analysis,
    Pipeline,
    Scorecard,
    Dictionary,
}

impl Page {
    /// The keys that its address may have; none where the page reads its address itself.
    pub(crate) fn keys(self) -> Option<&'static [&'static str]> {
        Some(match self {
            Self::Choose => return None,
            Self::Provider | Self::Rocket | Self::Pad => &["page"],
            Self::Compare => &["ids"],
            Self::Pipeline => &["run"],
            Self::Dictionary => &["q"],
            Self::Launch | Self::Analysis | Self::Scorecard => &[],
        })
    }

    /// The page, drawn. In the browser only the part that holds the pages may call this: who calls it has the code of all.
    pub fn draw(self) -> AnyView {
        match self {
            Self::Launch => view! { <LaunchPage/> }.erase(),
            Self::Provider => view! { <ProviderPage/> }.erase(),
            Self::Rocket => view! { <RocketPage/> }.erase(),
            Self::Pad => view! { <PadPage/> }.erase(),
            Self::Choose => view! { <ChoosePage/> }.erase(),
            Self::Compare => view! { <ComparePage/> }.erase(),
            Self::Analysis => view! { <AnalysisPage/> }.erase(),
            Self::Pipeline => view! { <PipelinePage/> }.erase(),
            Self::Scorecard => view! { <ScorecardPage/> }.erase(),
            Self::Dictionary => view! { <DictionaryPage/> }.erase(),
        }
    }
}

/// A view of the board, drawn. In the browser only the part that holds the views may call this; the cards are drawn by the program
/// itself.
pub fn draw_view(view: View) -> AnyView {
    board::draw(view)
}

/// Something that is not in the program itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LazyChunk {
    Page(Page),
    /// Of the board; the cards are in the program itself.
    View(View),
}

impl LazyChunk {
    /// What the page at an address is made of, besides the program itself.
    ///
    /// An address that we do not know has nothing there either, and is told so by the program.
    pub fn at(path: &str, query: &str) -> Option<Self> {
        let first = path.split('/').nth(1).unwrap_or_default();
        let page = match first {
            "" => {
                // A query that the board refuses is answered by the program.
                let view = domain::BoardQuery::parse(query).ok()?.view;
                return (view != View::Cards).then_some(Self::View(view));
            }
            "launches" => Page::Launch,
            "providers" => Page::Provider,
            "rockets" => Page::Rocket,
            "pads" => Page::Pad,
            "choose" => Page::Choose,
            "compare" => Page::Compare,
            "analysis" => Page::Analysis,
            "pipeline" => Page::Pipeline,
            "scorecard" => Page::Scorecard,
            "dictionary" => Page::Dictionary,
            _ => return None,
        };
        Some(Self::Page(page))
    }

    /// The chunk in its place.
    #[cfg(not(feature = "hydrate"))]
    pub(crate) fn show(self) -> AnyView {
        match self {
            Self::Page(page) => page.draw(),
            Self::View(view) => draw_view(view),
        }
    }

    /// The chunk in its place: at once when its part is here, otherwise when it has come.
    #[cfg(feature = "hydrate")]
    pub(crate) fn show(self) -> AnyView {
        let chunks = expect_context::<Chunks>();
        chunks.draw(self).unwrap_or_else(|| self.show_when_loaded(chunks))
    }

    #[cfg(feature = "hydrate")]
    fn show_when_loaded(self, chunks: Chunks) -> AnyView {
        use crate::{
            AppError,
            components::{ErrorPanel, Frame, Skeleton},
            version,
        };
        let failed = |error| view! { <ErrorPanel error/> }.erase();
        let has_come = RwSignal::new(None);
        leptos::task::spawn_local(async move {
            let came = if chunks.load(self).await {
                Ok(())
            } else {
                // Where the page is being loaded whole, the skeleton stays until then.
                let Some(error) = version::missing().await else { return };
                Err(error)
            };
            // Nobody waits for it any more where the visitor went on.
            has_come.try_set(Some(came));
        });
        (move || {
            let instead = match has_come.get() {
                Some(Ok(())) => match chunks.draw(self) {
                    Some(view) => return view,
                    None => failed(AppError::Misread),
                },
                Some(Err(error)) => failed(error),
                None => view! { <Skeleton/> }.erase(),
            };
            match self {
                Self::Page(_) => view! { <Frame known=None>{instead}</Frame> }.erase(),
                Self::View(_) => instead,
            }
        })
        .erase()
    }
}

/// Where pieces come from, in the browser.
#[cfg(feature = "hydrate")]
pub trait ChunkLoader: Sync {
    /// The chunk, drawn, unless its part is not here.
    fn draw(&self, chunk: LazyChunk) -> Option<AnyView>;
    /// Fetches the part with this chunk; whether it is here now. What failed is tried again by the next call.
    fn load(&self, chunk: LazyChunk) -> std::pin::Pin<Box<dyn Future<Output = bool>>>;
    /// A dialog over the page, drawn, unless its part is not here.
    fn draw_panel(&self, panel: crate::palette::Panel) -> Option<AnyView>;
    /// Fetches the part with the dialogs, as [`ChunkLoader::load`] does.
    fn load_panels(&self) -> std::pin::Pin<Box<dyn Future<Output = bool>>>;
}

/// Where pieces come from: context of the whole app.
#[cfg(feature = "hydrate")]
pub type Chunks = &'static dyn ChunkLoader;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_its_piece() {
        assert_eq!(LazyChunk::at("/", ""), None);
        assert_eq!(LazyChunk::at("/", "?status=go"), None);
        assert_eq!(LazyChunk::at("/", "?view=map&status=go"), Some(LazyChunk::View(View::Map)));
        assert_eq!(LazyChunk::at("/", "?view=nothing"), None);
        assert_eq!(LazyChunk::at("/launches/1f4b", ""), Some(LazyChunk::Page(Page::Launch)));
        assert_eq!(LazyChunk::at("/choose", "?by=2026-04-01"), Some(LazyChunk::Page(Page::Choose)));
        assert_eq!(LazyChunk::at("/no/such/place", ""), None);
    }
}
