//! One connection, from its first byte to its close.

use std::{
    future::poll_fn,
    io,
    net::SocketAddr,
    pin::{Pin, pin},
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::{
    io::AsyncWriteExt as _,
    net::TcpStream,
    time::{Instant, Sleep, sleep_until},
};
use tokio_util::sync::CancellationToken;

use super::{
    activity::{Activity, HEAD, Watched},
    admission::{Kind, Place},
    answers::{PREFACE_LENGTH, for_other_protocol},
    service::Service,
};

/// Limit on the size of a request head, in bytes. The longest address on our pages is some 8 kB, and cookies of other services on the same
/// host name may be as much again.
const LARGEST_HEAD: usize = 32 * 1024;
/// Limit on the number of headers; browsers and two proxies send about thirty.
const MOST_HEADERS: usize = 100;
/// Time limit for a client that will be refused to send its request.
const RESERVE_TIMEOUT: Duration = Duration::from_secs(3);
/// Time limit for a client that speaks another protocol to read the response.
const OTHER_PROTOCOL_TIMEOUT: Duration = Duration::from_secs(1);

type Http = http1::Connection<TokioIo<Watched>, Service>;

/// An accepted socket and its place.
#[derive(Debug)]
pub(super) struct Connection {
    stream: TcpStream,
    peer: SocketAddr,
    place: Place,
    router: Router,
    accepted: Instant,
}

impl Connection {
    pub(super) fn new(stream: TcpStream, peer: SocketAddr, place: Place, router: Router) -> Self {
        Self { stream, peer, place, router, accepted: Instant::now() }
    }

    /// Serves requests until either side closes the connection. After `stop`, a response in progress is finished; after `abort`, the
    /// connection is cut off.
    pub(super) async fn run(self, stop: CancellationToken, abort: CancellationToken) {
        let Self { stream, peer, mut place, router, accepted } = self;
        tokio::select! {
            first = first_bytes(&stream, &place) => match first {
                Ok(None) => {}
                Ok(Some(answer)) => {
                    let _ = tokio::time::timeout(OTHER_PROTOCOL_TIMEOUT, send_refusal(stream, &answer)).await;
                    return;
                }
                Err(_) => return,
            },
            () = stop.cancelled() => return,
        }
        let activity = Arc::new(Activity::new(accepted));
        let mut socket = Watched::new(stream, Arc::clone(&activity));
        loop {
            let service = Service { router: router.clone(), peer, kind: place.kind(), activity: Arc::clone(&activity) };
            // Boxed separately and freed between two requests: a silent socket must not use as much memory as one with requests.
            match Box::pin(speak(socket, service, &mut place, &stop, &abort)).await {
                Some(resting) => socket = resting,
                None => return,
            }
            if !socket.has_unread() && !has_more(&socket, &place, activity.deadline(), &stop).await {
                return;
            }
        }
    }
}

/// Waits for the first bytes, and returns a response if they are not HTTP/1.
async fn first_bytes(stream: &TcpStream, place: &Place) -> io::Result<Option<Vec<u8>>> {
    let patience = if place.kind() == Kind::Full { HEAD } else { RESERVE_TIMEOUT };
    let deadline = tokio::time::sleep(patience);
    let mut glimpse = [0; PREFACE_LENGTH];
    tokio::select! {
        seen = stream.peek(&mut glimpse) => {
            let length = seen?;
            if length == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            Ok(for_other_protocol(glimpse.get(..length).unwrap_or_default()))
        }
        () = deadline => Err(io::ErrorKind::TimedOut.into()),
        () = poll_fn(|context| place.poll_wanted(context)) => Err(io::ErrorKind::TimedOut.into()),
    }
}

/// Waits between two requests, and returns whether something arrived before the connection had to end.
async fn has_more(socket: &Watched, place: &Place, deadline: Option<Instant>, stop: &CancellationToken) -> bool {
    let too_late = async {
        match deadline {
            Some(deadline) => sleep_until(deadline).await,
            None => std::future::pending().await,
        }
    };
    tokio::select! {
        readable = socket.readable() => readable.is_ok(),
        () = too_late => false,
        () = poll_fn(|context| place.poll_wanted(context)) => false,
        () = stop.cancelled() => false,
    }
}

/// Handles requests until the connection ends, or until it rests between two requests: then the socket is returned.
///
/// hyper keeps a read buffer of 8 kB and 8 kB for heads as long as it has a connection. Idle connections would pay for these, so they are
/// taken out of hyper.
async fn speak(
    socket: Watched,
    service: Service,
    place: &mut Place,
    stop: &CancellationToken,
    abort: &CancellationToken,
) -> Option<Watched> {
    let activity = Arc::clone(&service.activity);
    let mut http: Http = http1::Builder::new()
        .keep_alive(place.kind() == Kind::Full)
        // Our own timeout counts from the first byte, so that a connection may be idle for longer than a head may take.
        .header_read_timeout(None)
        .max_headers(MOST_HEADERS)
        // The buffer size alone is no limit: a single read may exceed it.
        .max_header_size(LARGEST_HEAD)
        .max_buf_size(LARGEST_HEAD)
        .serve_connection(TokioIo::new(socket), service);
    let mut stopped = pin!(stop.cancelled());
    let mut aborted = pin!(abort.cancelled());
    let mut alarm = pin!(sleep_until(activity.deadline().unwrap_or_else(Instant::now)));
    let mut is_last = false;
    let is_resting = poll_fn(|context| {
        if aborted.as_mut().poll(context).is_ready() {
            return Poll::Ready(false);
        }
        loop {
            if let Poll::Ready(ended) = Pin::new(&mut http).poll(context) {
                log_failure(ended);
                return Poll::Ready(false);
            }
            let is_waiting = activity.is_waiting();
            place.set_waiting(is_waiting);
            if !is_last && (place.poll_wanted(context).is_ready() || stopped.as_mut().poll(context).is_ready()) {
                if is_waiting {
                    return Poll::Ready(false);
                }
                is_last = true;
                Pin::new(&mut http).graceful_shutdown();
                continue;
            }
            if activity.is_resting() {
                // Without a request in progress this writes nothing and closes nothing: hyper releases the socket at once.
                Pin::new(&mut http).graceful_shutdown();
                if let Poll::Ready(ended) = http.poll_without_shutdown(context) {
                    return Poll::Ready(log_failure(ended));
                }
            }
            return poll_alarm(alarm.as_mut(), activity.deadline(), context).map(|()| false);
        }
    })
    .await;
    is_resting.then(|| {
        let parts = http.into_parts();
        parts.io.into_inner().with_unread(parts.read_buf)
    })
}

/// Returns whether a connection ended without an error. Errors are logged at debug level only: they come from clients that disconnect or
/// send invalid data.
fn log_failure(ended: hyper::Result<()>) -> bool {
    ended.inspect_err(|error| tracing::debug!(%error, "a connection failed")).is_ok()
}

/// Polls one timer for the next deadline; the timer is reset instead of created again.
fn poll_alarm(mut alarm: Pin<&mut Sleep>, deadline: Option<Instant>, context: &mut Context<'_>) -> Poll<()> {
    let Some(deadline) = deadline else { return Poll::Pending };
    if alarm.deadline() != deadline {
        alarm.as_mut().reset(deadline);
    }
    alarm.poll(context)
}

/// Writes the response, and reads a little more before closing: closing a socket with unread bytes resets the connection and loses the
/// response.
async fn send_refusal(mut stream: TcpStream, answer: &[u8]) {
    if stream.write_all(answer).await.is_err() || stream.shutdown().await.is_err() {
        return;
    }
    let mut rest = [0; 4096];
    for _ in 0..16 {
        if !matches!(tokio::io::AsyncReadExt::read(&mut stream, &mut rest).await, Ok(1..)) {
            return;
        }
    }
}
