use leptos::prelude::*;

use super::Icon;
use crate::AppError;
use crate::erase::Erase as _;

/// An error instead of a page's content: what happened, what still works, what to do.
#[component]
pub fn ErrorPanel(error: AppError) -> impl IntoView {
    error.set_status();
    // If another version is the reason, the page reloads itself.
    #[cfg(feature = "hydrate")]
    if error == AppError::Misread {
        leptos::task::spawn_local(async {
            crate::version::missing().await;
        });
    }
    let (title, text) = match &error {
        AppError::NotFound => (
            "Page not found".to_owned(),
            "There is no page at this address. A launch that LL2 has deleted keeps its page.".to_owned(),
        ),
        AppError::BadRequest(error) => {
            (format!("The board does not accept this \"{}\"", error.key), format!("{error}."))
        }
        AppError::Internal => (
            "The board could not be read".to_owned(),
            "The server's log has the reason. The data is not affected. Try again in a minute.".to_owned(),
        ),
        AppError::Unavailable => (
            "The database does not respond".to_owned(),
            "This page needs the database. The board shows the last launches read. Try again in a minute.".to_owned(),
        ),
        AppError::Unreachable => {
            ("The server could not be reached".to_owned(), "Check the connection and try again.".to_owned())
        }
        AppError::Misread => (
            "Unexpected response".to_owned(),
            "The server sent a response that this page does not understand. The server may have been updated: reload the page."
                .to_owned(),
        ),
    };
    let is_missing = error == AppError::NotFound;
    let can_be_mended =
        matches!(error, AppError::Internal | AppError::Unavailable | AppError::Unreachable | AppError::Misread);
    view! {
        <div class="wrap">
            <section class="panel pad state" aria-labelledby="state-title">
                {if is_missing {
                    view! { <svg class="mask" viewBox="0 0 26 20" aria-hidden="true"><use href="#mask"></use></svg> }.erase()
                } else {
                    view! { <span class="status failure"><Icon name="st-failure" class="st-glyph"/>"Error"</span> }.erase()
                }}
                <h1 id="state-title">{title}</h1>
                <p class="m">{text}</p>
                <p class="row">
                    // The same address, loaded from the server: the router would respond with what it has.
                    {can_be_mended.then(|| view! { <a class="btn pri" href="" rel="external">"Try again"</a> })}
                    <a class="btn" href="/">"Back to the board"</a>
                </p>
            </section>
        </div>
    }
    .erase()
}

/// The placeholder of a page that is loading. It appears after a short delay, so that a fast page never flashes grey.
#[component]
pub fn Skeleton() -> impl IntoView {
    view! {
        <div class="wrap">
            <section class="panel pad skeleton" aria-busy="true" aria-label="Loading">
                <i class="w34"></i><i class="w72"></i><i class="w56"></i><i class="w100"></i><i class="w40"></i>
            </section>
        </div>
    }
    .erase()
}
