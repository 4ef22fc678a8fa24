//! The pages of the route table as routes of the application's router.

use std::borrow::Cow;

use domain::route::{PAGES, PageRoute, parameter};
use leptos::{prelude::AnyView, tachys::view::iterators::StaticVec};
use leptos_router::{
    NestedRoute, ParamSegment, PartialPathMatch, PathSegment, PossibleRouteMatch, SsrMode, StaticSegment,
    any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute as _},
};

/// The path of a page as the router matches paths.
#[derive(Clone, Copy, Debug)]
struct TablePath(&'static PageRoute);

/// Returns a route for each page, drawn by `draw`.
///
/// Every page is rendered in [`SsrMode::Async`]: one complete response, so that the text is on the screen before any
/// WebAssembly arrives, and so that a page can still set its HTTP status after its data is known.
pub(crate) fn routes(draw: fn(&'static PageRoute) -> AnyView) -> AnyNestedRoute {
    let route = |page| NestedRoute::new(TablePath(page), move || draw(page)).ssr_mode(SsrMode::Async);
    StaticVec::from(PAGES.iter().map(route).collect::<Vec<_>>()).into_any_nested_route()
}

impl PossibleRouteMatch for TablePath {
    fn optional(&self) -> bool {
        false
    }

    fn test<'a>(&self, path: &'a str) -> Option<PartialPathMatch<'a>> {
        let mut rest = path;
        let mut params: Vec<(Cow<'static, str>, String)> = Vec::new();
        if self.0.segments().next().is_none() {
            return StaticSegment(self.0.path).test(path);
        }
        for segment in self.0.segments() {
            let matched = match parameter(segment) {
                Some(name) => ParamSegment(name).test(rest)?,
                None => StaticSegment(segment).test(rest)?,
            };
            rest = matched.remaining();
            params.extend(matched.params());
        }
        Some(PartialPathMatch::new(rest, params, &path[..path.len() - rest.len()]))
    }

    fn generate_path(&self, path: &mut Vec<PathSegment>) {
        if self.0.segments().next().is_none() {
            StaticSegment(self.0.path).generate_path(path);
        }
        for segment in self.0.segments() {
            match parameter(segment) {
                Some(name) => ParamSegment(name).generate_path(path),
                None => StaticSegment(segment).generate_path(path),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use leptos_router::MatchNestedRoutes as _;

    use super::*;

    fn drawn(_: &'static PageRoute) -> AnyView {
        use crate::erase::Erase as _;
        ().erase()
    }

    #[test]
    fn every_page_of_the_table_has_its_own_route() {
        let routes = routes(drawn);
        let paths: Vec<String> = routes
            .generate_routes()
            .into_iter()
            .map(|route| {
                let segments = route.segments.iter().map(|segment| match segment {
                    PathSegment::Param(name) => format!("/{{{name}}}"),
                    segment => format!("/{}", segment.as_raw_str().trim_start_matches('/')),
                });
                segments.collect()
            })
            .collect();
        assert_eq!(paths, PAGES.iter().map(|page| page.path).collect::<Vec<_>>());
    }

    #[test]
    fn a_path_has_the_route_of_the_table() {
        let tested = |page: &str, path: &str| {
            let page = PAGES.iter().find(|route| route.path == page).expect("a page");
            let matched = TablePath(page).test(path)?;
            Some((matched.is_complete(), matched.params()))
        };
        assert_eq!(tested("/", "/"), Some((true, Vec::new())));
        assert_eq!(tested("/choose", "/choose"), Some((true, Vec::new())));
        assert_eq!(tested("/choose", "/choose/"), Some((true, Vec::new())));
        assert_eq!(tested("/choose", "/chooser"), None);
        assert_eq!(tested("/launches/{id}", "/launches/1f4b"), Some((true, vec![("id".into(), "1f4b".to_owned())])));
        assert_eq!(tested("/launches/{id}", "/launches/"), None);
        assert_eq!(tested("/launches/{id}", "/launches/1f4b/more").map(|(is_complete, _)| is_complete), Some(false));
        assert_eq!(tested("/launches/{id}", "/providers/1"), None);
    }
}
