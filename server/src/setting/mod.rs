//! Helpers of [`crate::config`]: checks of names, and values within ranges.

pub(crate) mod database_url;
mod name;
mod value;

pub(crate) use name::Asked;
pub(crate) use value::{bounded, ll2_url, parse, retention_days, seconds, switch};
