//! Durations in the browser's User Timing API, where `cargo xtask bench web` and any profiler find them.

/// Does the work, and in the browser reports how long it took. Only the last measure of a name is kept.
pub(crate) fn timed<T>(name: &str, work: impl FnOnce() -> T) -> T {
    #[cfg(feature = "hydrate")]
    {
        let Some(performance) = web_sys::window().and_then(|window| window.performance()) else { return work() };
        performance.clear_measures_with_measure_name(name);
        // An error only means that there is no measure.
        let _ = performance.mark(name);
        let result = work();
        let _ = performance.measure_with_start_mark(name, name);
        performance.clear_marks_with_mark_name(name);
        result
    }
    #[cfg(not(feature = "hydrate"))]
    {
        let _ = name;
        work()
    }
}
