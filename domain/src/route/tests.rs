use std::collections::BTreeSet;

use strum::VariantArray as _;

use super::{API, PAGES, Page, exposures, navigation, page_at};

#[test]
fn a_path_leads_to_its_page() {
    let page = |path: &str| page_at(path).map(|route| route.page);
    assert_eq!(page("/"), Some(Page::Board));
    assert_eq!(page("/choose"), Some(Page::Choose));
    assert_eq!(page("/choose/"), Some(Page::Choose));
    assert_eq!(page("/launches/1f4b"), Some(Page::Launch));
    assert_eq!(page("/pads/80"), Some(Page::Pad));
    for nowhere in
        ["/launches", "/launches/", "/launches/1f4b/more", "/choose/more", "//choose", "/chooser", "/no/such/place"]
    {
        assert_eq!(page(nowhere), None, "{nowhere}");
    }
}

#[test]
fn every_page_has_exactly_one_row() {
    for page in Page::VARIANTS {
        let rows: Vec<_> = PAGES.iter().filter(|route| route.page == *page).map(|route| route.path).collect();
        assert_eq!(rows.len(), 1, "{page:?} is at {rows:?}");
    }
}

#[test]
fn no_two_routes_have_the_same_path_and_no_two_pages_the_same_name() {
    let paths: BTreeSet<&str> =
        PAGES.iter().map(|route| route.path).chain(API.iter().map(|route| route.path)).collect();
    assert_eq!(paths.len(), PAGES.len() + API.len());
    let names: BTreeSet<&str> = PAGES.iter().map(|route| route.name).collect();
    assert_eq!(names.len(), PAGES.len());
}

#[test]
fn every_route_reads_a_relation_and_api_paths_share_a_root() {
    for route in PAGES {
        assert!(!route.reads.is_empty(), "{}", route.path);
    }
    for route in API {
        assert!(!route.reads.is_empty(), "{}", route.path);
        assert!(route.path.starts_with("/api/v1/"), "{}", route.path);
    }
}

#[test]
fn a_navigation_link_leads_to_exactly_one_page() {
    for route in navigation() {
        assert_eq!(route.address(), Some(route.path), "{}", route.name);
    }
}

#[test]
fn every_page_and_every_api_route_is_an_exposure() {
    let exposures = exposures();
    let find = |name: &str| exposures.iter().find(|exposure| exposure.name == name);
    for (path, name, reads) in PAGES
        .iter()
        .map(|route| (route.path, route.name, route.reads))
        .chain(API.iter().map(|route| (route.path, route.name, route.reads)))
    {
        let exposure = find(name).unwrap_or_else(|| panic!("{path} is not in the lineage"));
        let missing: Vec<_> = reads.iter().filter(|read| !exposure.reads.contains(read)).collect();
        assert!(missing.is_empty(), "{path} reads {missing:?}, which are not in the lineage");
    }
}
