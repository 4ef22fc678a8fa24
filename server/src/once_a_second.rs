use std::{
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// Limits repeated events to one log line a second, so that their source cannot fill the disk.
#[derive(Debug)]
pub(crate) struct OnceASecond(Mutex<State>);

#[derive(Debug)]
struct State {
    last: Option<Instant>,
    suppressed: u64,
}

impl OnceASecond {
    pub(crate) const fn new() -> Self {
        Self(Mutex::new(State { last: None, suppressed: 0 }))
    }

    /// Returns whether this event may be logged; if so, the number of events before it that were not.
    pub(crate) fn allow(&self) -> Option<u64> {
        self.allow_at(Instant::now())
    }

    fn allow_at(&self, now: Instant) -> Option<u64> {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if state.last.is_some_and(|last| now.saturating_duration_since(last) < Duration::from_secs(1)) {
            state.suppressed += 1;
            return None;
        }
        state.last = Some(now);
        Some(std::mem::take(&mut state.suppressed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_is_one_line_a_second_with_a_count_of_the_others() {
        let limit = OnceASecond::new();
        let start = Instant::now();
        let at = |milliseconds| limit.allow_at(start + Duration::from_millis(milliseconds));
        assert_eq!(at(0), Some(0));
        assert_eq!(at(1), None);
        assert_eq!(at(999), None);
        assert_eq!(at(1000), Some(2));
        assert_eq!(at(3000), Some(0));
    }
}
