//! The prior of a cell, used before any launch was observed in it. The figures are rounded. The shape is the published
//! one: a probability of keeping the date, then delays that are longer the further ahead the date lies (launch-delay,
//! Gardner and Grogan: medians of 8, 25, 52, 138 days at up to 30, 90, 180, 360 days ahead). The level is that of
//! crewed and commercial practice. A handful of launches outweighs it.

use super::{
    bins::{BINS, Hazards, ON_TIME, late},
    cell::{CellKey, Exactness, LEADS},
};

/// Weibull shape of delays: below 1, the expected remaining wait grows with the delay so far.
const SHAPE: f64 = 0.8;

pub(super) fn hazards(key: CellKey) -> Hazards {
    // Days ahead: the middle of the cell.
    let ahead = match key.lead {
        0 => 0.0,
        lead if lead == LEADS.len() => 400.0,
        lead => (LEADS[lead - 1] + LEADS[lead]) / 2.0,
    };
    let (kept, early, scale) = match key.exactness {
        Exactness::Confirmed => ((0.75 / (1.0 + ahead / 20.0)).max(0.5), 0.002, 2.0 + 0.3 * ahead),
        Exactness::Clock => ((0.55 / (1.0 + ahead / 30.0)).max(0.4), 0.004, 4.0 + 0.3 * ahead),
        Exactness::Day => (0.4, 0.01, 5.0 + 0.35 * ahead),
        Exactness::Month => (0.35, 0.01, 30.0 + 0.3 * ahead),
        Exactness::Quarter => (0.5, 0.02, 45.0 + 0.3 * ahead),
        Exactness::Year => (0.5, 0.02, 150.0 + 0.4 * ahead),
    };
    let survival = |days: f64| (-(days / scale).powf(SHAPE)).exp();
    let mut hazards = [early; BINS];
    hazards[ON_TIME] = kept;
    for (bin, hazard) in hazards.iter_mut().enumerate().skip(ON_TIME + 1) {
        let (low, high) = late(bin);
        *hazard = 1.0 - survival(high) / survival(low).max(1e-12);
    }
    hazards
}
