//! Pads with the launches that leave from them.

use chrono::{DateTime, Utc};
use domain::{Launch, place_on_map};

use crate::components::world::on_earth;

/// A pad with a place on the map.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Site {
    pub(super) pad: i32,
    pub(super) name: String,
    pub(super) location: i32,
    pub(super) location_name: String,
    pub(super) latitude: f64,
    pub(super) longitude: f64,
    pub(super) x: f64,
    pub(super) y: f64,
    /// Positions in the whole list, in NET order; never empty.
    pub(super) positions: Vec<usize>,
    /// The first of them that is still ahead, else the last.
    pub(super) next: usize,
    /// Whether `next` is still ahead.
    pub(super) is_ahead: bool,
}

impl Site {
    /// Returns a sort key: launches still ahead in order of NET, then past launches, the latest first.
    pub(super) fn distance(&self, launches: &[Launch]) -> (bool, i64, i32) {
        let net = launches.get(self.next).map_or(i64::MAX, |launch| launch.net.timestamp());
        (!self.is_ahead, if self.is_ahead { net } else { net.saturating_neg() }, self.pad)
    }
}

/// The pads of the given launches, and the launches whose pad has no coordinates.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Sites {
    /// Most launches first.
    pub(super) placed: Vec<Site>,
    pub(super) unplaced: Vec<usize>,
}

impl Sites {
    pub(super) fn of(launches: &[Launch], positions: &[usize], now: DateTime<Utc>) -> Self {
        let mut sites = Self::default();
        let mut in_order = positions.to_vec();
        domain::sort::sort_by_key(&mut in_order, |position| {
            let launch = &launches[*position];
            (launch.net, launch.granularity(), launch.id)
        });
        for position in in_order {
            let launch = &launches[position];
            let Some((latitude, longitude)) = on_earth(launch.pad.latitude, launch.pad.longitude) else {
                sites.unplaced.push(position);
                continue;
            };
            if let Some(site) = sites.placed.iter_mut().find(|site| site.pad == launch.pad.id) {
                if !site.is_ahead {
                    (site.next, site.is_ahead) = (position, is_ahead(launch, now));
                }
                site.positions.push(position);
                continue;
            }
            let (x, y) = place_on_map(latitude, longitude);
            sites.placed.push(Site {
                pad: launch.pad.id,
                name: launch.pad.name.clone(),
                location: launch.location.id,
                location_name: launch.location.name.clone(),
                latitude,
                longitude,
                x,
                y,
                positions: vec![position],
                next: position,
                is_ahead: is_ahead(launch, now),
            });
        }
        domain::sort::sort_by_key(&mut sites.placed, |site| (std::cmp::Reverse(site.positions.len()), site.pad));
        sites
    }
}

fn is_ahead(launch: &Launch, now: DateTime<Utc>) -> bool {
    !launch.status_kind().has_left_the_pad() && !launch.net_passed(now)
}
