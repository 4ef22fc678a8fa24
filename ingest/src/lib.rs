#![doc = include_str!("../README.md")]

mod archive;
mod asking;
mod budget;
pub mod checks;
mod drift;
mod error;
pub mod failpoint;
mod follow_up;
mod import;
pub mod invariants;
mod journal;
mod landing;
pub mod lineage;
pub mod ll2;
mod lock;
mod publish;
mod quarantine;
mod reading;
mod record;
mod replay;
mod report;
mod scheduler;
mod staging;
mod sweep;

pub use budget::Deferral;
pub use domain::Source;
pub use error::Error;
pub use import::{ImportOptions, import};
pub use journal::{Counts, Trigger};
pub use replay::{ReplayOptions, ReplayReport, ReplayScope, replay};
pub use report::{Outcome, RunReport};
pub use scheduler::Scheduler;
pub use sweep::{RunOptions, run};
