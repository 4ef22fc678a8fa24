use super::launch;
use crate::{BoardQuery, Facet, facet_options};

#[test]
fn a_choice_counts_the_launches_that_it_would_show_under_the_other_filters() {
    let mut rows: Vec<_> = (1..=4).map(launch).collect();
    rows[0].provider = crate::Provider { id: 44, name: "Rocket Lab".into(), abbrev: None };
    rows[1].status.id = 2;
    let query = BoardQuery::parse("provider=44&status=go").expect("valid");

    let providers = facet_options(&rows, &query, Facet::Provider);
    let providers: Vec<_> =
        providers.iter().map(|option| (option.label.as_str(), option.count, option.selected)).collect();
    assert_eq!(providers, [("SpaceX", 2, false), ("Rocket Lab", 1, true)], "status=go holds, provider=44 does not");

    let statuses = facet_options(&rows, &query, Facet::Status);
    let statuses: Vec<_> = statuses.iter().map(|option| (option.key.as_str(), option.count)).collect();
    assert_eq!(statuses, [("go", 1), ("tbd", 0)], "a choice without a launch stays");
}
