//! One query string for page, API, exports and feeds, parsed here. An unknown key or an invalid value is an error that
//! names it, in all four.

mod alarm;
mod board_query;
mod column;
mod error;
mod facet;
mod index;
mod literal;
mod mask;
mod order;
mod pairs;
mod parse;
mod text;
mod view;
mod words;

pub use alarm::Alarm;
pub use board_query::BoardQuery;
pub use column::TableColumn;
pub use error::QueryError;
pub use facet::{Control, Facet, Selection};
pub use index::{Answer, Choice, FacetOption, Index, facet_options};
pub use literal::check_moment;
pub(crate) use literal::day;
pub use order::{Order, Sort};
pub(crate) use pairs::unknown_key;
pub use pairs::{is_tracking_key, known_pairs, query_pairs, without_tracking};
pub use view::{Lanes, View};
pub use words::{Part, Words};
