use std::{
    hash::{BuildHasher as _, RandomState},
    sync::{
        LazyLock,
        atomic::{AtomicU64, Ordering},
    },
};

use axum::http::HeaderValue;

/// Returns an id that distinguishes the requests in the log. It has no other use, so a keyed hash of a counter is random enough.
pub(super) fn fresh() -> String {
    static KEY: LazyLock<RandomState> = LazyLock::new(RandomState::new);
    static COUNTED: AtomicU64 = AtomicU64::new(0);
    format!("{:016x}", KEY.hash_one(COUNTED.fetch_add(1, Ordering::Relaxed)))
}

/// Returns the id from a proxy, if it is safe to write to a log.
pub(super) fn given(id: &HeaderValue) -> Option<String> {
    let id = id.to_str().ok()?;
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    ((1..=64).contains(&id.len()) && id.bytes().all(is_plain)).then(|| id.to_owned())
}
