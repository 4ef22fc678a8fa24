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
