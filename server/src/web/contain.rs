//! Returns an error response for handlers that panic or take too long.

use std::{
    panic::{self, AssertUnwindSafe},
    sync::Once,
    time::Duration,
};

use any_spawner::{CustomExecutor, Executor, PinnedFuture, PinnedLocalFuture};
use axum::{
    body::Body,
    extract::Request,
    http::{StatusCode, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use futures::{FutureExt as _, StreamExt as _, TryStreamExt as _, future, stream};
use tokio::task::JoinError;
use tokio_util::sync::CancellationToken;
use tracing::Instrument as _;

use super::refusal::Refusal;

/// After this time a visitor has left.
const TIMEOUT: Duration = Duration::from_secs(30);

tokio::task_local! {
    /// Cancelled when a task that was spawned for the request has panicked.
    static ALARM: CancellationToken;
}

/// Responds with 500 at once if a handler, or a task spawned by the page that it renders, has panicked; with 503 if it takes too long.
///
/// The panic itself is logged by the hook of `crate::telemetry`, with path and request id. That is its only log line.
pub(super) async fn contain(request: Request, next: Next) -> Response {
    contain_within(TIMEOUT, next.run(request)).await
}

async fn contain_within(timeout: Duration, answer: impl Future<Output = Response>) -> Response {
    let alarm = CancellationToken::new();
    let answer = ALARM.scope(alarm.clone(), AssertUnwindSafe(answer).catch_unwind());
    tokio::select! {
        // A panic is known at once; code that waits for the task that panicked would wait until the timeout.
        biased;
        () = alarm.cancelled() => Refusal::internal().into_response(),
        outcome = tokio::time::timeout(timeout, answer) => match outcome {
            Ok(Ok(response)) => cut_off_when_raised(response, alarm),
            Ok(Err(_)) => Refusal::internal().into_response(),
            Err(_) => {
                tracing::warn!(seconds = timeout.as_secs(), "request aborted: the response took too long");
                let detail = "the response took too long; try again later".to_owned();
                Refusal::new(StatusCode::SERVICE_UNAVAILABLE, "Timeout", detail).retry_after(Some(30)).into_response()
            }
        },
    }
}

/// A page is streamed, followed by its data. If a task that loads some of the data panics, the page ends with an error instead of never
/// ending: a browser detects that it is cut off.
fn cut_off_when_raised(response: Response, alarm: CancellationToken) -> Response {
    let kind = response.headers().get(header::CONTENT_TYPE);
    if !kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/html")) {
        return response;
    }
    response.map(|body| {
        let end = {
            let alarm = alarm.clone();
            stream::once(future::lazy(move |_| alarm.is_cancelled()))
        };
        let end = end.filter_map(|is_raised| {
            future::ready(is_raised.then(|| Err(std::io::Error::other("a part of the page panicked"))))
        });
        let data = body.into_data_stream().map_err(std::io::Error::other);
        Body::from_stream(data.take_until(alarm.cancelled_owned()).chain(end))
    })
}

/// Does the work of a page to its end even if its client leaves. Dropping a page disposes of its reactive values, and a task that Leptos has
/// spawned for it and that is rendering at that moment panics when it reads one of them.
pub(super) async fn to_completion<T: Send + 'static>(work: impl Future<Output = T> + Send + 'static) -> T {
    let work = work.in_current_span();
    let task = match ALARM.try_with(CancellationToken::clone) {
        Ok(alarm) => tokio::spawn(ALARM.scope(alarm, work)),
        Err(_) => tokio::spawn(work),
    };
    match task.await.map_err(JoinError::try_into_panic) {
        Ok(made) => made,
        Err(Ok(panic)) => panic::resume_unwind(panic),
        // Tasks are only cancelled when the runtime ends, and this one with them.
        Err(Err(_)) => future::pending().await,
    }
}

/// Makes Leptos spawn its tasks through [`Spawner`]. Leptos loads every resource of a page in a task. Without this, a task that panicked
/// just disappeared, and the page waited for it until the timeout.
pub(super) fn watch_spawned_tasks() {
    static SET: Once = Once::new();
    SET.call_once(|| {
        if Executor::init_custom_executor(Spawner).is_err() {
            tracing::warn!(
                "another Leptos executor was already set: a page that panics is detected only by its timeout"
            );
        }
    });
}

struct Spawner;

impl CustomExecutor for Spawner {
    fn spawn(&self, task: PinnedFuture<()>) {
        // So that its log lines have the span of the request.
        let task = task.in_current_span();
        match ALARM.try_with(CancellationToken::clone) {
            Ok(alarm) => {
                let watched = {
                    let alarm = alarm.clone();
                    async move {
                        if AssertUnwindSafe(task).catch_unwind().await.is_err() {
                            alarm.cancel();
                        }
                    }
                };
                // Tasks that this task spawns belong to the same request.
                tokio::spawn(ALARM.scope(alarm, watched));
            }
            Err(_) => {
                tokio::spawn(task);
            }
        }
    }

    fn spawn_local(&self, task: PinnedLocalFuture<()>) {
        tokio::task::spawn_local(task);
    }

    fn poll_local(&self) {}
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use axum::{Router, middleware, routing::get};
    use leptos::prelude::*;
    use leptos_axum::render_app_async_with_context;
    use tower::ServiceExt as _;

    use super::*;

    /// An upper bound in seconds; a response that waits for the timeout takes half a minute.
    const AT_ONCE: Duration = Duration::from_secs(15);

    /// A page like the board: a task loads what it shows.
    #[component]
    fn Page(panics: bool) -> impl IntoView {
        let loaded = Resource::new(
            || (),
            move |()| async move {
                tokio::task::yield_now().await;
                assert!(!panics, "the loading of a page panicked: as this test requires");
                "loaded".to_owned()
            },
        );
        view! { <Suspense>{move || Suspend::new(async move { loaded.await })}</Suspense> }
    }

    #[component]
    fn PanickingView() -> impl IntoView {
        if use_context::<leptos_axum::ResponseOptions>().is_some() {
            panic!("a view panicked: as this test requires");
        }
    }

    fn app() -> Router {
        watch_spawned_tasks();
        Router::new()
            .route("/whole", get(render_app_async_with_context(|| {}, || view! { <Page panics=false/> })))
            .route("/loading", get(render_app_async_with_context(|| {}, || view! { <Page panics=true/> })))
            .route("/view", get(render_app_async_with_context(|| {}, || view! { <PanickingView/> })))
            .route(
                "/handler",
                get(|| async {
                    if true {
                        panic!("a handler panicked: as this test requires")
                    }
                }),
            )
            .layer(middleware::from_fn(contain))
    }

    async fn ask(path: &str) -> (StatusCode, String) {
        let request = Request::builder().uri(path).body(Body::empty()).expect("a request");
        let response = app().oneshot(request).await.expect("it answers");
        let status = response.status();
        let body = axum::body::to_bytes(response.into_body(), 1 << 20).await.expect("a body");
        (status, String::from_utf8_lossy(&body).into_owned())
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn any_panic_while_a_page_is_rendered_is_an_immediate_500() {
        assert!(ask("/whole").await.1.contains("loaded"));
        for path in ["/loading", "/view", "/handler"] {
            let began = Instant::now();
            let (status, body) = ask(path).await;
            assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR, "{path}");
            assert!(body.len() < 200 && !body.contains("as this test requires"), "{path}: {body}");
            assert!(began.elapsed() < AT_ONCE, "{path}: {:?}", began.elapsed());
        }
        assert_eq!(ask("/whole").await.0, StatusCode::OK, "the next request is served normally");
    }

    #[tokio::test]
    async fn a_request_that_takes_too_long_is_a_503() {
        let response = contain_within(Duration::from_millis(20), future::pending()).await;
        assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert!(response.headers().contains_key(header::RETRY_AFTER));
    }

    /// The page has started, and a task that its end waits for panics.
    #[tokio::test]
    async fn a_page_that_does_not_end_is_aborted() {
        watch_spawned_tasks();
        let response = contain_within(AT_ONCE, async {
            let begun = stream::once(future::ready(Ok::<_, std::io::Error>("<!DOCTYPE html>")));
            let body = Body::from_stream(begun.chain(stream::pending()));
            Executor::spawn(async {
                tokio::task::yield_now().await;
                panic!("the end of a page panicked: as this test requires");
            });
            ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], body).into_response()
        });
        let body = axum::body::to_bytes(response.await.into_body(), 1 << 20);
        let body = tokio::time::timeout(AT_ONCE, body).await.expect("it ends");
        assert!(body.is_err(), "an aborted body must not look complete");
    }
}
