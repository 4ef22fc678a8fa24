//! A world of invented launches, generated from a seed.
//!
//! The list of upcoming launches is a number of places. Each place holds one launch at a time. When that has flown or
//! is withdrawn, the next one is listed there a few days later. So the list keeps its length, and its content at a
//! moment depends only on seed and moment: not on when the simulator was started or on earlier requests.

mod calendar;
mod codes;
pub(crate) mod facts;
mod hardware;
mod item;
mod launch;
mod life;
mod mission;
mod shape;
mod stages;
mod totals;
mod v220;
mod v230;
mod view;

use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Utc};

use crate::{Error, Result};
pub(crate) use launch::slug;
use launch::{Launch, Lotteries, Opening, UPCOMING_SERIALS};
pub(crate) use view::View;

/// The end of the history and the start of the generated lives: 2026-01-01T00:00:00Z.
///
/// A constant, so that a simulator that is restarted tomorrow shows the same launches one day older.
const ANCHOR: i64 = 1_767_225_600;

/// The parameters of an invented world.
#[derive(Clone, Debug, PartialEq)]
pub struct InventedOptions {
    /// The same seed and time produce the same bytes.
    pub seed: u64,
    /// Places on the list of upcoming launches.
    pub upcoming: usize,
    /// Launches that flew before 2026, or before `start` if that is earlier.
    pub past: usize,
    /// Virtual seconds per real second.
    pub speed: f64,
    /// The world's time when the simulator starts. For a world in the present, pass the present.
    pub start: DateTime<Utc>,
}

impl Default for InventedOptions {
    fn default() -> Self {
        InventedOptions {
            seed: 1,
            upcoming: 360,
            past: 7000,
            speed: 1.0,
            start: DateTime::from_timestamp(ANCHOR, 0).unwrap_or_default(),
        }
    }
}

/// A generated world that can be viewed at any moment from its `start` on.
#[derive(Debug)]
pub struct InventedWorld {
    seed: u64,
    anchor: i64,
    lotteries: Lotteries,
    population: Mutex<Population>,
}

#[derive(Debug)]
struct Population {
    launches: Vec<Arc<Launch>>,
    places: Vec<Place>,
    /// The last requested moment: a crawl requests many pages within one second.
    view: Option<Arc<View>>,
}

/// How far the launches of one place are generated.
#[derive(Clone, Copy, Debug)]
struct Place {
    generations: u64,
    free_at: i64,
}

impl InventedWorld {
    /// Generates the world; 100,000 launches are not a problem.
    pub fn new(options: InventedOptions) -> Result<InventedWorld> {
        if !(options.speed.is_finite() && options.speed >= 0.0) {
            return Err(Error::BadWorld("a speed that is negative or not a number"));
        }
        if options.past as u64 >= UPCOMING_SERIALS {
            return Err(Error::BadWorld("ten million past launches or more"));
        }
        if options.start.timestamp() < calendar::start_of_year(1960) {
            return Err(Error::BadWorld("a start before 1960"));
        }
        let anchor = ANCHOR.min(options.start.timestamp());
        let seed = options.seed;
        let lotteries = Lotteries::new();
        let launches = (0..options.past as u64).map(|index| Arc::new(lotteries.past(seed, index, anchor))).collect();
        let places = vec![Place { generations: 0, free_at: anchor }; options.upcoming];
        let population = Population { launches, places, view: None };
        Ok(InventedWorld { seed, anchor, lotteries, population: Mutex::new(population) })
    }

    /// Returns the whole world at a moment.
    pub(crate) fn at(&self, now: DateTime<Utc>) -> Arc<View> {
        let now = now.timestamp().max(self.anchor);
        // Whole launches are added; a panic during generation leaves the population as it was before the last one.
        let mut population = self.population.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(view) = population.view.as_ref().filter(|view| view.now() == now) {
            return Arc::clone(view);
        }
        self.populate(&mut population, now);
        let view = Arc::new(View::new(&population.launches, now));
        population.view = Some(Arc::clone(&view));
        view
    }

    fn populate(&self, population: &mut Population, now: i64) {
        let Population { launches, places, .. } = population;
        let count = places.len() as u64;
        for (slot, place) in places.iter_mut().enumerate() {
            while place.generations == 0 || place.free_at <= now {
                let opening =
                    if place.generations == 0 { Opening::Anchor(self.anchor) } else { Opening::After(place.free_at) };
                let launch = self.lotteries.upcoming(self.seed, slot as u64, place.generations, count, opening);
                place.free_at = launch.life.leaves_at;
                place.generations += 1;
                launches.push(Arc::new(launch));
            }
        }
    }
}
