use std::collections::HashMap;

use super::{family::kind_of, levels::LEVELS, record::Keys, ride::Ride};

/// Maps names to the indexes of their records, by level.
#[derive(Clone, Debug, Default)]
pub(super) struct Names([HashMap<String, usize>; LEVELS]);

impl Names {
    fn of(ride: Ride<'_>) -> [String; LEVELS] {
        let kind = kind_of(ride.rocket);
        let family = ride.family.filter(|family| !family.trim().is_empty()).map_or_else(|| kind.clone(), str::to_owned);
        [ride.maker.to_owned(), family, kind, ride.rocket.to_owned()]
    }

    /// Returns the indexes of a ride's records. None for levels without a flight.
    pub(super) fn find(&self, ride: Ride<'_>) -> Keys {
        let names = Self::of(ride);
        std::array::from_fn(|level| self.0[level].get(&names[level]).copied())
    }

    /// Returns the permanent keys of a ride's records, with or without a flight: stored forecasts contain them.
    pub(super) fn keys(ride: Ride<'_>) -> [u32; LEVELS] {
        Self::of(ride).map(|name| fnv(&name))
    }

    /// Like `find`, but adds an index for new names.
    pub(super) fn place(&mut self, ride: Ride<'_>) -> Keys {
        let mut levels = self.0.iter_mut();
        Self::of(ride).map(|name| {
            let level = levels.next()?;
            let next = level.len();
            Some(*level.entry(name).or_insert(next))
        })
    }
}

/// The 32-bit FNV-1a hash. Of a thousand names of one level, two have the same hash with a chance of 1 in 8,600.
fn fnv(name: &str) -> u32 {
    name.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}
