//! One module per page.

mod analysis;
pub mod board;
pub mod choose;
pub mod compare;
pub mod dictionary;
pub mod launch;
mod not_found;
pub mod pipeline;
pub mod profile;
pub mod scorecard;

pub use analysis::AnalysisPage;
pub use board::BoardPage;
pub use choose::ChoosePage;
pub use compare::ComparePage;
pub use dictionary::DictionaryPage;
pub use launch::LaunchPage;
pub use not_found::*;
pub use pipeline::PipelinePage;
pub use profile::{PadPage, ProviderPage, RocketPage};
pub use scorecard::ScorecardPage;
