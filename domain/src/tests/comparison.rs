use uuid::Uuid;

use crate::{Comparison, ComparisonError};

#[test]
fn ids_keep_their_order_and_duplicates_are_dropped() {
    let (one, two) = (Uuid::from_u128(1), Uuid::from_u128(2));
    assert_eq!(Comparison::parse_ids(&format!("{two}, {one},{two},")), Ok(vec![two, one]));
    assert_eq!(Comparison::parse_ids(" , "), Ok(vec![]));
    assert_eq!(Comparison::address([two, one]), format!("/compare?ids={two},{one}"));
}

#[test]
fn an_invalid_id_is_named_and_a_fifth_id_is_refused() {
    assert_eq!(Comparison::parse_ids("moon"), Err(ComparisonError::NotAnId("moon".to_owned())));
    let ids = |count: u128| (1..=count).map(|id| Uuid::from_u128(id).to_string()).collect::<Vec<_>>().join(",");
    assert_eq!(Comparison::parse_ids(&ids(4)).map(|ids| ids.len()), Ok(4));
    assert_eq!(Comparison::parse_ids(&ids(5)), Err(ComparisonError::TooMany(5)));
}
