use chrono::{DateTime, DurationRound as _, TimeDelta, Utc};
use leptos::prelude::*;

/// The page's clock. It stops at the server's time until the page is hydrated, so that both sides render the same
/// first view; then it ticks every second.
#[derive(Clone, Copy)]
struct Clock {
    now: Signal<DateTime<Utc>>,
    minute: Memo<DateTime<Utc>>,
    present_minute: Memo<DateTime<Utc>>,
}

/// The difference between the server's clock and the device's, measured once per document; see `browser::tick`.
#[derive(Clone, Copy)]
#[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "only the browser has two clocks to compare"))]
struct Correction(RwSignal<Option<TimeDelta>>);

/// Keeps the difference of the clocks beyond the page that measured it: a later page may be rendered from cached data, whose time
/// is no longer the server's.
pub fn provide_clock_correction() {
    provide_context(Correction(RwSignal::new(None)));
}

/// Starts the clock of a page at the server's time. A page without data has no start time, and shows no time.
///
/// While there is a `past`, the page shows that time, and its clock does not move.
pub fn provide_clock(start: Option<DateTime<Utc>>, past: Option<Signal<Option<DateTime<Utc>>>>) {
    let present = RwSignal::new(start.unwrap_or_default());
    let shown = move || past.and_then(|past| past.get()).unwrap_or_else(|| present.get());
    let minute = Memo::new(move |_| whole_minute(shown()));
    let present_minute = Memo::new(move |_| whole_minute(present.get()));
    provide_context(Clock { now: Signal::derive(shown), minute, present_minute });
    #[cfg(feature = "hydrate")]
    {
        let Correction(correction) = expect_context();
        Effect::new(move || browser::tick(present, start, correction));
    }
}

/// Returns the current time, to the second. Only what shows seconds should read it: everything else reads [`use_minute`].
pub fn use_now() -> Signal<DateTime<Utc>> {
    expect_context::<Clock>().now
}

/// Returns the current time, updated once a minute.
pub fn use_minute() -> Signal<DateTime<Utc>> {
    expect_context::<Clock>().minute.into()
}

/// Returns the present minute, even if the page shows the past: it is used for the age of the data.
pub fn use_present_minute() -> Signal<DateTime<Utc>> {
    expect_context::<Clock>().present_minute.into()
}

fn whole_minute(now: DateTime<Utc>) -> DateTime<Utc> {
    now.duration_trunc(TimeDelta::minutes(1)).unwrap_or(now)
}

#[cfg(feature = "hydrate")]
mod browser {
    use std::time::Duration;

    use leptos::prelude::*;

    use super::{DateTime, TimeDelta, Utc};

    /// Up to this difference the device's clock is trusted: it covers the transfer of the page to the browser. Beyond it the
    /// device's clock is wrong, or the server simulates a time, and the difference is applied.
    const BELIEVED: TimeDelta = TimeDelta::seconds(90);

    pub(super) fn tick(now: RwSignal<DateTime<Utc>>, start: Option<DateTime<Utc>>, kept: RwSignal<Option<TimeDelta>>) {
        let correction = kept.get_untracked().unwrap_or_else(|| {
            let Some(start) = start else { return TimeDelta::zero() };
            // A cached page starts at the time it was rendered, which is not the server's current time.
            if document().document_element().is_some_and(|root| root.has_attribute("data-offline")) {
                return TimeDelta::zero();
            }
            let difference = start - device_now();
            let correction = if difference.abs() <= BELIEVED { TimeDelta::zero() } else { difference };
            kept.set(Some(correction));
            correction
        });
        let advance = move || now.set(device_now() + correction);
        advance();
        if let Ok(handle) = set_interval_with_handle(advance, Duration::from_secs(1)) {
            on_cleanup(move || handle.clear());
        }
    }

    fn device_now() -> DateTime<Utc> {
        #[expect(clippy::cast_possible_truncation, reason = "milliseconds since 1970 fit an i64 by far")]
        let milliseconds = js_sys::Date::now() as i64;
        DateTime::from_timestamp_millis(milliseconds).unwrap_or_default()
    }
}
