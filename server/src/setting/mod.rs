//! What [`crate::config`] reads with: the names that are ours, and values held to their ranges.

pub(crate) mod database_url;
mod name;
mod value;

pub(crate) use name::Asked;
pub(crate) use value::{bounded, ll2_url, parse, seconds};
