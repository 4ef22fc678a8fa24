//! The life of a launch on the list: all its announcements, from "some time this decade" to the outcome.
//!
//! The whole life is generated together with the launch, so the state at any moment is a pure function of seed and
//! time. The true T-0 is drawn first. Every announcement before it is an estimate that is too early by a share of the
//! remaining time. That is why announced dates slip, and firm up as the day approaches.

use rand::Rng;
use rand_chacha::ChaCha8Rng;

use super::{
    calendar::{DAY, HOUR, MINUTE, half, placeholder, quarter},
    codes::{precision, status},
};

/// The data that the API shows of a launch between two edits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct State {
    pub(super) status: i64,
    pub(super) net: i64,
    pub(super) precision: Option<i64>,
    pub(super) window_start: i64,
    pub(super) window_end: i64,
    pub(super) probability: Option<u8>,
    /// Index of the weather rule that may be violated.
    pub(super) weather: Option<u8>,
    pub(super) webcast_live: bool,
    /// True after the provider has announced the payload.
    pub(super) is_named: bool,
    /// True after the reason of the failure has been entered.
    pub(super) is_explained: bool,
}

/// One change of a launch, which updates `last_updated`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Edit {
    pub(super) at: i64,
    pub(super) state: State,
    /// The subject of the edit, for the launch's updates.
    pub(super) about: About,
}

/// Why a launch was edited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum About {
    Listed,
    Slipped,
    Earlier,
    Firmed,
    Loosened,
    Confirmed,
    Go,
    Weather,
    Hold,
    Trimmed,
    Webcast,
    Liftoff,
    Deployed,
    Outcome,
    Reason,
}

/// All past and future events of a launch.
#[derive(Debug)]
pub(super) struct Life {
    /// In chronological order; the first one lists the launch.
    pub(super) edits: Vec<Edit>,
    /// When it leaves the list of upcoming launches.
    pub(super) leaves_at: i64,
    /// When it is deleted without having flown, if it is.
    pub(super) withdrawn_at: Option<i64>,
}

/// The properties of a launch that are chosen before its life is generated.
#[derive(Clone, Copy, Debug)]
pub(super) struct LifePlan {
    /// When the provider lists it.
    pub(super) listed_at: i64,
    /// The true T-0.
    pub(super) flies_at: i64,
    /// Final status.
    pub(super) outcome: i64,
    /// The range publishes a probability of good weather.
    pub(super) has_forecast: bool,
    /// Deleted at some point instead of flying.
    pub(super) is_withdrawn: bool,
    /// Has no precision while its date is coarse.
    pub(super) is_vague: bool,
    /// Its mission is known from the start.
    pub(super) is_named: bool,
    /// Its outcome stays unknown for more than a day.
    pub(super) is_secretive: bool,
}

/// How long a flown launch stays on the list.
pub(super) const AFTERGLOW: i64 = DAY;

/// Generates the life of a past launch: it has only the edit with the outcome.
pub(super) fn flown(flies_at: i64, outcome: i64, precision_id: Option<i64>) -> Life {
    let state = State {
        status: outcome,
        net: flies_at,
        precision: precision_id,
        window_start: flies_at,
        window_end: flies_at,
        probability: None,
        weather: None,
        webcast_live: false,
        is_named: true,
        is_explained: true,
    };
    let edit = Edit { at: flies_at + 2 * HOUR, state, about: About::Outcome };
    Life { edits: vec![edit], leaves_at: flies_at + AFTERGLOW, withdrawn_at: None }
}

/// Generates the life of a launch that is listed first and flies later.
pub(super) fn write(rng: &mut ChaCha8Rng, plan: LifePlan) -> Life {
    let total = plan.flies_at - plan.listed_at;
    let confirmed_at = plan.flies_at - rng.random_range(5 * DAY..45 * DAY).min(total / 2);
    let mut author = Author { plan, edits: Vec::with_capacity(12), window: window(rng) };
    let stays_until = if plan.is_withdrawn { plan.listed_at + total * 2 / 3 } else { confirmed_at };
    author.estimate(rng, stays_until.min(confirmed_at));
    if plan.is_withdrawn {
        let at = stays_until.min(confirmed_at);
        return Life { edits: author.edits, leaves_at: at, withdrawn_at: Some(at) };
    }
    author.count_down(rng, confirmed_at);
    author.fly(rng);
    Life { edits: author.edits, leaves_at: plan.flies_at + AFTERGLOW, withdrawn_at: None }
}

struct Author {
    plan: LifePlan,
    edits: Vec<Edit>,
    /// Seconds between the opening of the window and T-0, and between T-0 and its close.
    window: (i64, i64),
}

impl Author {
    /// Adds placeholder dates, until T-0 is confirmed.
    fn estimate(&mut self, rng: &mut ChaCha8Rng, until: i64) {
        let LifePlan { listed_at, flies_at, .. } = self.plan;
        let haste = rng.random_range(0.7..1.4);
        // One provider in eight announces dates that are too late; the others are optimistic.
        let optimism = if rng.random_bool(0.12) { rng.random_range(-0.15..0.0) } else { rng.random_range(0.1..0.62) };
        let mut now = listed_at;
        while now < until {
            let left = flies_at - now;
            let hope = optimism * rng.random_range(0.85..1.1);
            let estimate = flies_at - (left as f64 * hope) as i64;
            let mut precision_id = coarse(rng, (left as f64 * haste) as i64, estimate);
            let mut net = placeholder(precision_id, estimate);
            if net <= now {
                precision_id = precision::DAY;
                net = placeholder(precision_id, estimate.max(now + DAY));
            }
            let precision_id = if self.plan.is_vague { None } else { Some(precision_id) };
            let state = State {
                status: status::TBD,
                net,
                precision: precision_id,
                window_start: net,
                window_end: net,
                probability: None,
                weather: None,
                webcast_live: false,
                is_named: self.plan.is_named,
                is_explained: false,
            };
            let about = match self.edits.last().map(|edit| edit.state) {
                None => About::Listed,
                Some(before) if precision_id > before.precision => About::Loosened,
                Some(before) if precision_id < before.precision => About::Firmed,
                Some(before) if net < before.net => About::Earlier,
                Some(_) => About::Slipped,
            };
            self.edit(now, about, state);
            let patience = rng.random_range(0.12..0.5);
            let review = now + ((left as f64 * patience) as i64).max(6 * HOUR);
            // Placeholders are moved when their day is reached, a few hours early or late.
            let overdue = net + rng.random_range(-6 * HOUR..18 * HOUR);
            now = review.min(overdue).max(now + HOUR);
        }
    }

    /// Adds dates with a time of day: confirmations, scrubs, holds.
    fn count_down(&mut self, rng: &mut ChaCha8Rng, confirmed_at: i64) {
        let flies_at = self.plan.flies_at;
        let minute = flies_at - flies_at.rem_euclid(MINUTE);
        let trim = if rng.random_bool(0.6) { rng.random_range(-25..=10) * MINUTE } else { 0 };
        // Announced T-0s, last first: each scrub is some days before the next attempt.
        let mut attempts = vec![minute + trim];
        while rng.random_bool(0.5) {
            let days = if rng.random_bool(0.65) { 1 } else { rng.random_range(2..12) };
            let earlier = attempts[attempts.len() - 1] - days * DAY - rng.random_range(-40..40) * MINUTE;
            if earlier < confirmed_at + 2 * DAY {
                break;
            }
            attempts.push(earlier);
        }
        let mut announced = attempts.pop().unwrap_or(minute);
        let by_hour = rng.random_bool(0.25);
        let confirmed = status_of(rng.random_bool(0.7));
        let mut state = self.dated(announced, if by_hour { precision::HOUR } else { precision::MINUTE }, confirmed);
        self.edit(confirmed_at, About::Confirmed, state);
        let mut clear_from = confirmed_at + HOUR;

        while let Some(next) = attempts.pop() {
            let in_countdown = rng.random_bool(0.4);
            let scrub_at =
                if in_countdown { announced + 20 * MINUTE } else { announced - rng.random_range(3..40) * HOUR };
            let scrub_at = scrub_at.max(clear_from + 2 * HOUR);
            if in_countdown {
                let hold_at = (announced - 8 * MINUTE).max(clear_from);
                self.edit(
                    hold_at,
                    About::Hold,
                    State { status: status::HOLD, precision: Some(precision::MINUTE), ..state },
                );
            }
            let confirmed = status_of(rng.random_bool(0.5));
            state = self.dated(next, precision::MINUTE, confirmed);
            self.edit(scrub_at, About::Slipped, state);
            clear_from = scrub_at + HOUR;
            announced = next;
        }
        if state.status != status::GO || state.precision != Some(precision::MINUTE) {
            let at = (announced - rng.random_range(20..80) * HOUR).max(clear_from);
            state = self.dated(announced, precision::MINUTE, status::GO);
            self.edit(at, About::Go, state);
            clear_from = at + HOUR;
        }
        if self.plan.has_forecast {
            for lead in [2 * DAY, DAY] {
                let at = announced - lead + rng.random_range(0..3 * HOUR);
                if at > clear_from {
                    let probability = rng.random_range(4..=19) * 5;
                    let weather = (probability < 85).then(|| rng.random_range(0..6));
                    state = State { probability: Some(probability), weather, ..state };
                    self.edit(at, About::Weather, state);
                    clear_from = at;
                }
            }
        }
        if trim != 0 {
            let at = (announced.min(minute) - rng.random_range(40..600) * MINUTE).max(clear_from + MINUTE);
            let weather = (state.probability, state.weather);
            state = State {
                probability: weather.0,
                weather: weather.1,
                ..self.dated(minute, precision::MINUTE, status::GO)
            };
            self.edit(at, About::Trimmed, state);
            clear_from = at;
        }
        if rng.random_bool(0.6) {
            let at = (flies_at - rng.random_range(15..50) * MINUTE).max(clear_from + MINUTE);
            self.edit(at, About::Webcast, State { webcast_live: true, ..state });
        }
    }

    /// Adds liftoff and outcome.
    fn fly(&mut self, rng: &mut ChaCha8Rng) {
        let LifePlan { flies_at, outcome, is_secretive, .. } = self.plan;
        let Some(last) = self.edits.last().copied() else { return };
        let mut state = State {
            status: status::IN_FLIGHT,
            net: flies_at,
            precision: Some(precision::SECOND),
            window_start: last.state.window_start.min(flies_at),
            window_end: last.state.window_end.max(flies_at),
            ..last.state
        };
        // Some launches are not observed: no liftoff is entered, and the outcome comes days later.
        if rng.random_bool(if is_secretive { 0.5 } else { 0.82 }) {
            self.edit(flies_at + rng.random_range(15..100), About::Liftoff, state);
        }
        // From recorded data: half of the outcomes within 113 minutes, nine in ten within 395.
        let minutes = if rng.random_bool(0.5) { rng.random_range(34..113) } else { rng.random_range(113..430) };
        let known_after = if is_secretive { rng.random_range(26..70) * HOUR } else { minutes * MINUTE };
        if !is_secretive && outcome == status::SUCCESS && known_after > HOUR && rng.random_bool(0.2) {
            self.edit(flies_at + 55 * MINUTE, About::Deployed, State { status: status::DEPLOYED, ..state });
        }
        state = State { status: outcome, webcast_live: false, ..state };
        self.edit(flies_at + known_after, About::Outcome, state);
        if outcome != status::SUCCESS {
            let at = flies_at + known_after + rng.random_range(8..120) * HOUR;
            self.edit(at, About::Reason, State { is_explained: true, ..state });
        } else if rng.random_bool(0.03) {
            let net = flies_at + rng.random_range(-4..=4);
            let (window_start, window_end) = (state.window_start.min(net), state.window_end.max(net));
            let at = flies_at + known_after + rng.random_range(5..40) * HOUR;
            self.edit(at, About::Trimmed, State { net, window_start, window_end, ..state });
        }
    }

    /// Returns a state with a time of day and a window around it.
    fn dated(&self, net: i64, precision_id: i64, status_id: i64) -> State {
        // A NET with a precision of an hour is shown on the hour.
        let net = if precision_id == precision::HOUR { net - net.rem_euclid(HOUR) } else { net };
        State {
            status: status_id,
            net,
            precision: Some(precision_id),
            window_start: net - self.window.0,
            window_end: net + self.window.1,
            probability: None,
            weather: None,
            webcast_live: false,
            is_named: true,
            is_explained: false,
        }
    }

    /// Appends an edit unless it changes nothing; edits never go back in time.
    fn edit(&mut self, at: i64, about: About, state: State) {
        let (at, about) = match self.edits.last() {
            Some(last) if last.state == state => return,
            Some(last) => (at.max(last.at + 1), about),
            None => (at, About::Listed),
        };
        self.edits.push(Edit { at, state, about });
    }
}

fn status_of(is_go: bool) -> i64 {
    if is_go { status::GO } else { status::TBC }
}

/// Returns the seconds of the window before and after T-0; four in ten windows are instantaneous.
fn window(rng: &mut ChaCha8Rng) -> (i64, i64) {
    if rng.random_bool(0.4) {
        return (0, 0);
    }
    let before = if rng.random_bool(0.2) { rng.random_range(1..6) * 10 * MINUTE } else { 0 };
    (before, rng.random_range(2..16) * 15 * MINUTE)
}

/// Returns the precision of a date for the remaining time.
fn coarse(rng: &mut ChaCha8Rng, left: i64, estimate: i64) -> i64 {
    let dice: f64 = rng.random();
    match left / DAY {
        ..60 if dice < 0.4 => precision::DAY,
        ..60 if dice < 0.44 => precision::WEEK,
        ..110 if dice < 0.92 => precision::MONTH,
        ..230 if dice < 0.85 => quarter(estimate),
        ..230 => precision::MONTH,
        ..420 if dice < 0.35 => half(estimate),
        ..420 if dice < 0.5 => quarter(estimate),
        420.. if dice < 0.04 => precision::FISCAL_YEAR,
        1000.. if dice < 0.24 => precision::DECADE,
        _ => precision::YEAR,
    }
}
