//! Admission of connections: which ones get a place, and which ones must give theirs up.
//!
//! When all places are taken, new connections are not refused: the one that has waited longest without a request (a silent socket, half a
//! header, an idle keep-alive connection) is closed. Silent sockets can therefore keep no client out, however many there are. Only when
//! every place is busy with a response does a new connection get one of the places in reserve, where every request except a health check
//! is refused.

use std::{
    collections::{BTreeMap, HashMap, hash_map::Entry},
    fmt,
    net::{IpAddr, Ipv6Addr},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll},
};

use futures::task::AtomicWaker;

use super::Limits;
use crate::{once_a_second::OnceASecond, trusted_proxies::TrustedProxies};

/// The places of one listener.
#[derive(Debug)]
pub(super) struct Admission {
    limits: Limits,
    proxies: TrustedProxies,
    book: Mutex<Book>,
}

/// Why no place was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turned {
    /// No place is left, not even in reserve.
    Away,
    /// A connection was told to close but has not closed yet; try again in a moment.
    Later,
}

/// What a connection may request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Everything.
    Full,
    /// Health only: every place is taken.
    NoPlace,
    /// Health only: this address has too many.
    TooManyOfAddress,
}

#[derive(Debug, Default)]
struct Book {
    next: u64,
    /// Number of connections of each address that is not exempt.
    addresses: HashMap<IpAddr, usize>,
    full: Room,
    reserve: Room,
}

/// The connections of one kind, and those of them that wait for a request, oldest first.
#[derive(Debug, Default)]
struct Room {
    count: usize,
    /// Connections that were told to close and have not closed yet.
    leaving: usize,
    waiting: BTreeMap<u64, Arc<Notice>>,
}

/// Notifies the task of a connection that its place is needed.
#[derive(Debug, Default)]
struct Notice {
    is_given: AtomicBool,
    waker: AtomicWaker,
}

impl Admission {
    pub(super) fn new(limits: Limits, proxies: TrustedProxies) -> Self {
        Self { limits, proxies, book: Mutex::default() }
    }

    pub(super) fn limits(&self) -> Limits {
        self.limits
    }

    /// Returns a place for a connection from this address. It starts in the waiting state.
    pub(super) fn admit(self: &Arc<Self>, address: IpAddr) -> Result<Place, Turned> {
        static LINES: OnceASecond = OnceASecond::new();
        let key = (!self.proxies.contains(address)).then(|| network(address));
        let mut book = self.book();
        let of_address = key.and_then(|key| book.addresses.get(&key).copied()).unwrap_or(0);
        let Limits { connections, per_address, reserve, .. } = self.limits;
        let (kind, place) = if of_address >= per_address {
            (Kind::TooManyOfAddress, book.reserve.make_room(reserve, reserve / 2))
        } else {
            match book.full.make_room(connections, reserve) {
                Err(Turned::Away) => (Kind::NoPlace, book.reserve.make_room(reserve, reserve / 2)),
                place => (Kind::Full, place),
            }
        };
        // Connections in reserve do not count for their address: they are the ones above its limit.
        let key = key.filter(|_| kind == Kind::Full);
        if kind != Kind::Full
            && let Some(suppressed) = LINES.allow()
        {
            let of_address = if kind == Kind::TooManyOfAddress { of_address } else { 0 };
            drop(book);
            self.log_refusal(kind, address, of_address, suppressed);
            book = self.book();
        }
        place?;
        if let Some(key) = key {
            *book.addresses.entry(key).or_default() += 1;
        }
        let ticket = book.ticket();
        let notice = Arc::new(Notice::default());
        let room = book.room(kind);
        room.count += 1;
        room.waiting.insert(ticket, Arc::clone(&notice));
        drop(book);
        Ok(Place { admission: Arc::clone(self), key, kind, notice, ticket: Some(ticket), is_last: false })
    }

    fn log_refusal(&self, kind: Kind, address: IpAddr, of_address: usize, suppressed: u64) {
        let Limits { connections, per_address, .. } = self.limits;
        match kind {
            Kind::TooManyOfAddress => tracing::warn!(
                %address,
                connections = of_address,
                limit = per_address,
                suppressed,
                "connections refused: too many from one address. A proxy must be listed in MOONCOON_TRUSTED_PROXY"
            ),
            Kind::Full | Kind::NoPlace => {
                tracing::warn!(limit = connections, suppressed, "connections refused: connection limit reached");
            }
        }
    }

    fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Book {
    fn room(&mut self, kind: Kind) -> &mut Room {
        if kind == Kind::Full { &mut self.full } else { &mut self.reserve }
    }

    fn ticket(&mut self) -> u64 {
        self.next += 1;
        self.next
    }
}

impl Room {
    /// Checks whether there is room for one more connection. If the limit is reached, the connection that has waited longest is told to
    /// close. Closing takes a moment, so there may be more connections than the limit, but never more than `overlap` above it.
    fn make_room(&mut self, limit: usize, overlap: usize) -> Result<(), Turned> {
        if self.count - self.leaving >= limit {
            let (_, notice) = self.waiting.pop_first().ok_or(Turned::Away)?;
            self.leaving += 1;
            notice.is_given.store(true, Ordering::Release);
            notice.waker.wake();
        }
        if self.count >= limit + overlap {
            return Err(Turned::Later);
        }
        Ok(())
    }
}

/// The place of one connection, released when dropped.
pub(super) struct Place {
    admission: Arc<Admission>,
    key: Option<IpAddr>,
    kind: Kind,
    notice: Arc<Notice>,
    /// Position among the waiting connections; none while there is a request.
    ticket: Option<u64>,
    /// A request arrived after the connection was told to close: it is the last one to be handled.
    is_last: bool,
}

impl Place {
    pub(super) fn kind(&self) -> Kind {
        self.kind
    }

    /// Records whether the connection waits for a request. While it waits, its place may be taken.
    pub(super) fn set_waiting(&mut self, is_waiting: bool) {
        if self.is_last || is_waiting == self.ticket.is_some() {
            return;
        }
        let mut book = self.admission.book();
        if let Some(ticket) = self.ticket.take() {
            let room = book.room(self.kind);
            if room.waiting.remove(&ticket).is_none() {
                room.leaving -= 1;
                self.is_last = true;
            }
        } else {
            let ticket = book.ticket();
            book.room(self.kind).waiting.insert(ticket, Arc::clone(&self.notice));
            self.ticket = Some(ticket);
        }
    }

    /// Ready when another connection needs the place.
    pub(super) fn poll_wanted(&self, context: &Context<'_>) -> Poll<()> {
        self.notice.waker.register(context.waker());
        if self.notice.is_given.load(Ordering::Acquire) { Poll::Ready(()) } else { Poll::Pending }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut book = self.admission.book();
        let room = book.room(self.kind);
        room.count -= 1;
        if let Some(ticket) = self.ticket
            && room.waiting.remove(&ticket).is_none()
        {
            room.leaving -= 1;
        }
        if let Some(key) = self.key
            && let Entry::Occupied(mut entry) = book.addresses.entry(key)
        {
            *entry.get_mut() -= 1;
            if *entry.get() == 0 {
                entry.remove();
            }
        }
    }
}

impl fmt::Debug for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Place").field("kind", &self.kind).field("ticket", &self.ticket).finish_non_exhaustive()
    }
}

/// Returns what counts as one address. For IPv6 that is the /64 network: a customer gets at least one, and it has too many addresses to
/// count them singly.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << 64))),
        address @ IpAddr::V4(_) => address,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn admission(connections: usize, per_address: usize, reserve: usize, proxies: &str) -> Arc<Admission> {
        let limits = Limits { connections, per_address, reserve, streams: 1 };
        Arc::new(Admission::new(limits, proxies.parse().expect("a list")))
    }

    fn at(admission: &Arc<Admission>, address: &str) -> Result<Place, Turned> {
        admission.admit(address.parse().expect("an address"))
    }

    fn is_wanted(place: &Place) -> bool {
        place.poll_wanted(&Context::from_waker(futures::task::noop_waker_ref())).is_ready()
    }

    fn busy(admission: &Arc<Admission>, address: &str) -> Place {
        let mut place = at(admission, address).expect("a place");
        place.set_waiting(false);
        place
    }

    #[test]
    fn the_connection_idle_longest_is_closed_first() {
        let admission = admission(2, 9, 4, "");
        let mut first = at(&admission, "192.0.2.1").expect("a place");
        let second = at(&admission, "192.0.2.2").expect("a place");
        // It connected first, but it was the last to begin waiting.
        first.set_waiting(false);
        first.set_waiting(true);
        let third = at(&admission, "192.0.2.3").expect("a place");
        assert_eq!(third.kind(), Kind::Full);
        assert!(is_wanted(&second) && !is_wanted(&first));
    }

    #[test]
    fn a_new_connection_waits_for_closing_ones_and_is_not_refused() {
        let admission = admission(2, 9, 1, "");
        let first = at(&admission, "192.0.2.1").expect("a place");
        let mut second = at(&admission, "192.0.2.2").expect("a place");
        let third = at(&admission, "192.0.2.3").expect("a place, for the first is told to go");
        assert_eq!(at(&admission, "192.0.2.4").err(), Some(Turned::Later));
        drop(first);
        let fourth = at(&admission, "192.0.2.4").expect("a place, for the first has gone and the second is told to");
        // A request arrived just then: it is handled, so no connection is left that will close.
        assert!(is_wanted(&second) && !is_wanted(&third));
        second.set_waiting(false);
        assert_eq!(admission.book().full.leaving, 0, "it stays, so no connection may wait for it");
        drop((second, third, fourth));
        let book = admission.book();
        assert_eq!((book.full.count, book.full.leaving), (0, 0));
    }

    #[test]
    fn busy_connections_are_kept_and_new_ones_get_a_503() {
        let admission = admission(2, 9, 2, "");
        let both = [busy(&admission, "192.0.2.1"), busy(&admission, "192.0.2.2")];
        let third = busy(&admission, "192.0.2.3");
        assert_eq!(third.kind(), Kind::NoPlace);
        let fourth = at(&admission, "192.0.2.3").expect("a place in reserve");
        // In reserve, too, the longest waiting connection makes room; if none waits, there is no place.
        let mut fifth = at(&admission, "192.0.2.3").expect("a place in reserve");
        assert!(is_wanted(&fourth));
        drop(fourth);
        fifth.set_waiting(false);
        assert_eq!(at(&admission, "192.0.2.3").err(), Some(Turned::Away));
        drop(both);
        assert_eq!(at(&admission, "192.0.2.3").expect("a place").kind(), Kind::Full);
    }

    #[test]
    fn an_address_has_a_limit_and_a_proxy_has_none() {
        let admission = admission(9, 2, 4, "10.0.0.0/8");
        let _mine = [busy(&admission, "192.0.2.1"), busy(&admission, "::ffff:192.0.2.1")];
        let refused = at(&admission, "192.0.2.1").expect("a place in reserve");
        assert_eq!(refused.kind(), Kind::TooManyOfAddress);
        let proxy: Vec<_> = (0..4).map(|_| busy(&admission, "10.1.2.3")).collect();
        assert!(proxy.iter().all(|place| place.kind() == Kind::Full));
    }

    #[test]
    fn a_network_of_ipv6_counts_as_one_address() {
        let admission = admission(9, 1, 4, "");
        let _first = busy(&admission, "2001:db8:0:1::1");
        assert_eq!(busy(&admission, "2001:db8:0:1:ffff::2").kind(), Kind::TooManyOfAddress);
        assert_eq!(busy(&admission, "2001:db8:0:2::1").kind(), Kind::Full);
    }

    #[test]
    fn all_counts_are_dropped_when_every_connection_is_closed() {
        let admission = admission(4, 1, 4, "");
        let places: Vec<_> = ["192.0.2.1", "192.0.2.1", "2001:db8::1", "192.0.2.2"]
            .into_iter()
            .map(|address| at(&admission, address).expect("a place"))
            .collect();
        drop(places);
        let book = admission.book();
        assert!(book.addresses.is_empty() && book.full.waiting.is_empty() && book.reserve.waiting.is_empty());
        assert_eq!((book.full.count, book.reserve.count, book.full.leaving, book.reserve.leaving), (0, 0, 0, 0));
    }
}
