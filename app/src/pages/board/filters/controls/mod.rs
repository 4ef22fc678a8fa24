//! Single controls, which the bar and the sheet both hold: the choices of a facet, dates, search, past launches.

mod dates;
mod facet;
mod past;
mod search;

pub(in crate::pages::board) use dates::DateRange;
pub(super) use facet::{ChoiceChip, FacetChips, FacetList, in_chip_order, word};
pub(super) use past::{INCLUDE_PAST, PastChip, PastNote};
pub(super) use search::Search;
