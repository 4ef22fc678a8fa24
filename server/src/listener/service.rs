//! Passes requests from hyper to the router and responses back.

use std::{
    convert::Infallible,
    future::poll_fn,
    net::SocketAddr,
    panic::AssertUnwindSafe,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use axum::{Router, body::Body, extract::ConnectInfo, http::StatusCode, response::Response};
use bytes::Bytes;
use futures::{FutureExt as _, future::Either};
use hyper::{
    Request,
    body::{Body as _, Frame, Incoming, SizeHint},
};
use tower::Service as _;

use super::{
    activity::{Activity, Busy},
    admission::Kind,
    answers::{plain, to_excess},
    request::normalize,
};

/// The data that the router does not get from the request itself.
pub(super) struct Service {
    pub(super) router: Router,
    pub(super) peer: SocketAddr,
    pub(super) kind: Kind,
    pub(super) activity: Arc<Activity>,
}

impl hyper::service::Service<Request<Incoming>> for Service {
    type Response = Response<Tracked>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Infallible>> + Send>>;

    fn call(&self, request: Request<Incoming>) -> Self::Future {
        let busy = self.activity.begin(request.body().is_end_stream());
        let answer = self.answer(request);
        Box::pin(async move {
            yield_once().await;
            Ok(answer.await.map(|body| Tracked { body, _busy: busy }))
        })
    }
}

/// Returns to the connection's task once before the response starts. The task marks its place as busy after each poll of hyper; a response
/// that is ready at once would reach the client before that, and a newcomer could take the place of a connection that is being served.
async fn yield_once() {
    let mut has_yielded = false;
    poll_fn(|context| {
        if std::mem::replace(&mut has_yielded, true) {
            return Poll::Ready(());
        }
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

impl Service {
    fn answer(&self, request: Request<Incoming>) -> impl Future<Output = Response> + Send + use<> {
        let mut request = match normalize(request) {
            Ok(request) => request,
            Err(refusal) => return Either::Left(std::future::ready(refusal)),
        };
        // Monitoring must be able to check the program's health, above all when it is full.
        if !matches!(request.uri().path(), "/healthz" | "/readyz")
            && let Some(refusal) = to_excess(self.kind)
        {
            return Either::Left(std::future::ready(refusal));
        }
        request.extensions_mut().insert(ConnectInfo(self.peer));
        let mut router = self.router.clone();
        Either::Right(async move {
            // Panics within the router are caught there as well; this is for the router itself and for code outside its layers.
            match AssertUnwindSafe(async move { router.call(request).await }).catch_unwind().await {
                Ok(Ok(response)) => response,
                Ok(Err(never)) => match never {},
                Err(_) => {
                    plain(StatusCode::INTERNAL_SERVER_ERROR, "Internal error. The server's log has the reason.\n")
                }
            }
        })
    }
}

/// A response body that ends its request when it is dropped.
#[derive(Debug)]
pub(super) struct Tracked {
    body: Body,
    _busy: Busy,
}

impl hyper::body::Body for Tracked {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
