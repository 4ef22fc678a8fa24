//! The part above the list: the recommendation, the next launch, the rides to the Moon, time travel, and the changes since the last visit.

mod choice;
mod moon_bound;
mod next_launch;
mod since_visit;
mod time_travel;

pub(super) use choice::choice;
pub(super) use moon_bound::MoonBound;
pub(super) use next_launch::NextLaunch;
pub(super) use since_visit::SinceVisit;
pub(super) use time_travel::{NotObservedYet, PastBanner, TimeTravel};
