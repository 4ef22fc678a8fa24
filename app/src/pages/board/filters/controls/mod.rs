//! Single controls, used by both the bar and the sheet: the choices of a facet, dates, search, past launches.

mod dates;
mod facet;
mod past;
mod search;

pub(in crate::pages::board) use dates::DateRange;
pub(super) use facet::{ChoiceChip, FacetChips, FacetList, in_chip_order, word};
pub(super) use past::{INCLUDE_PAST, PastChip, PastNote};
pub(super) use search::Search;
