//! Compares the route table (`domain::route`) with what is served, queried and cached. These tests fail if a route, a query or a table is
//! missing from the route table.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use domain::{
    OLD_NAMES,
    route::{API, exposures},
};
use ingest::lineage::{access, created_relations, transforms};

use super::api;

/// Tables and views that no page shows, no API returns and no statement of the pipeline uses, each with its purpose.
const UNSEEN: [(&str, &str); 8] = [
    ("ingest_due_follow_up", "the pending requests of the job; the plan on /pipeline is computed from it"),
    ("ingest_lease", "which replica runs the job"),
    ("ingest_rebuild", "replays that migrations ask for; a data test reports those that failed"),
    ("ingest_upkeep", "when the job last deleted old details and compacted landed pages; its log has the results"),
    ("mart_launch_forecast", "for analysts: pages read the same forecasts by forecast_at, at their own now"),
    ("raw_ll2_segment", "the bodies of older pages; every reader goes through raw_ll2_page"),
    ("ingest_checkpoint", "the published tables as of the settled runs; replays start from it"),
    ("schema_version", "the response format of LL2 that drift is compared with"),
];

fn at(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Returns the files below a folder whose names have this ending, with their content.
fn files(folder: &str, ending: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![at(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("the folder is part of the workspace") {
            let path = entry.expect("an entry of the folder").path();
            let name = path.to_string_lossy().into_owned();
            if path.is_dir() {
                folders.push(path);
            } else if name.ends_with(ending) {
                found.push((name, read(&path)));
            }
        }
    }
    found
}

/// Returns every table and view, and which relations each view reads; without the old names of tables.
fn schema() -> (BTreeSet<String>, Vec<(String, String)>) {
    let mut relations = BTreeSet::new();
    let mut reads = Vec::new();
    for (_, sql) in files("migrations", ".sql") {
        relations.extend(created_relations(&sql).map(str::to_owned));
        for (start, _) in sql.match_indices("create ") {
            let statement = &sql[start..sql[start..].find(";\n").map_or(sql.len(), |end| start + end)];
            let head = statement.lines().next().unwrap_or_default();
            if head.contains(" view ")
                && let Some(view) = created_relations(statement).next()
            {
                reads.extend(access(statement).reads.into_iter().map(|read| (view.to_owned(), read.to_owned())));
            }
        }
    }
    // Migration 49 renamed it.
    relations.remove("stg_ll2__provider");
    for (old, _) in OLD_NAMES {
        assert!(relations.remove(old), "{old} is the old name of a table");
    }
    reads.retain(|(view, _)| OLD_NAMES.iter().all(|(old, _)| old != view));
    (relations, reads)
}

fn shown() -> BTreeSet<String> {
    exposures().iter().flat_map(|exposure| &exposure.reads).map(|read| (*read).to_owned()).collect()
}

/// Addresses that show no table: the OpenAPI document, and the page that displays it.
const DESCRIPTION: [&str; 2] = ["/api/openapi.json", "/api/docs"];

#[test]
fn every_api_route_is_served_and_described_and_in_the_table() {
    let mut described = BTreeSet::from_iter(api::described());
    // Handled by the route of the launch: a router cannot distinguish the two addresses.
    assert!(described.remove("/api/v1/launches/{id}.ics"));
    assert!(described.remove(DESCRIPTION[0]));
    let table: BTreeSet<String> = API.iter().map(|route| route.path.to_owned()).collect();
    assert_eq!(described, table);
}

#[test]
fn no_route_is_mounted_outside_the_table() {
    let mounted: BTreeSet<String> = files("server/src/web", ".rs")
        .into_iter()
        .filter(|(name, _)| !name.ends_with("route_table.rs"))
        .flat_map(|(_, text)| {
            // The tests after this line build their own routers.
            let served = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
            let paths = served.split(".route(\"").skip(1).filter_map(|after| after.split('"').next());
            paths.map(str::to_owned).collect::<Vec<_>>()
        })
        .collect();
    // Health is requested by machines, and a picture belongs to the page that shows it.
    let beside = ["/api/docs", "/healthz", "/media/{key}", "/readyz"].map(str::to_owned);
    assert_eq!(mounted, BTreeSet::from(beside), "pages and the API are mounted by their table in `domain::route`");
}

#[test]
fn every_table_is_in_the_lineage() {
    let (relations, view_reads) = schema();
    assert!(relations.len() > 50, "only {relations:?}");
    let mut linked = shown();
    for transform in transforms() {
        linked.extend(transform.reads);
        linked.extend(transform.writes);
    }
    linked.extend(view_reads.into_iter().flat_map(|(view, read)| [view, read]));
    let unseen: BTreeSet<String> = UNSEEN.iter().map(|(name, _)| (*name).to_owned()).collect();
    let missing: Vec<_> = relations.difference(&linked).filter(|name| !unseen.contains(*name)).collect();
    assert!(missing.is_empty(), "not in the lineage: {missing:?}");
    for (name, what) in UNSEEN {
        assert!(relations.contains(name) && !shown().contains(name), "{name}: {what}");
    }
}

/// A table that the pipeline fills but that is shown nowhere is either useless, or shown by something that the route table does not name.
#[test]
fn every_published_relation_is_shown_somewhere() {
    let (relations, view_reads) = schema();
    let mut steps: Vec<(String, String)> = view_reads.into_iter().map(|(view, read)| (read, view)).collect();
    for transform in transforms() {
        for read in &transform.reads {
            steps.extend(transform.writes.iter().map(|written| (read.clone(), written.clone())));
        }
    }
    let mut reached = shown();
    loop {
        let more: Vec<String> = steps
            .iter()
            .filter(|(from, to)| reached.contains(to) && !reached.contains(from))
            .map(|(from, _)| from.clone())
            .collect();
        if more.is_empty() {
            break;
        }
        reached.extend(more);
    }
    let lost: Vec<_> = relations
        .iter()
        .filter(|name| !reached.contains(*name) && !UNSEEN.iter().any(|(unseen, _)| unseen == name))
        .collect();
    assert!(lost.is_empty(), "leads to no page and no response: {lost:?}");
}

#[test]
fn every_forecast_table_is_written_and_shown_somewhere() {
    let (relations, view_reads) = schema();
    let transforms = transforms();
    let shown = shown();
    let of_forecasts: Vec<_> = relations.iter().filter(|name| name.contains("forecast")).collect();
    assert!(of_forecasts.len() >= 4, "{of_forecasts:?}");
    for name in of_forecasts {
        let is_written = transforms.iter().any(|transform| transform.writes.contains(name));
        assert!(
            is_written || view_reads.iter().any(|(view, _)| view == name),
            "{name} is not written by any transform or view"
        );
        let is_unseen = UNSEEN.iter().any(|(unseen, _)| unseen == name);
        // Itself, or a view that reads it.
        let is_shown =
            shown.contains(name) || view_reads.iter().any(|(view, read)| read == name && shown.contains(view));
        assert!(is_unseen || is_shown, "{name} is shown nowhere");
    }
}

#[test]
fn every_relation_that_a_query_reads_is_in_an_exposure() {
    let (relations, _) = schema();
    let shown = shown();
    for (name, sql) in files("warehouse/queries", ".sql") {
        let untold: Vec<_> =
            access(&sql).reads.into_iter().filter(|read| relations.contains(*read) && !shown.contains(*read)).collect();
        assert!(untold.is_empty(), "{name} reads {untold:?}, which are in no exposure");
    }
}

/// The service worker caches whatever page was opened, so it has no list of pages that could be outdated. It must know which addresses it
/// must not cache, and which static files every page needs.
#[test]
fn the_worker_caches_no_api_response_and_names_only_existing_files() {
    let worker = read(&at("public/worker.js"));
    for path in API.iter().map(|route| route.path).chain(DESCRIPTION) {
        let is_left = worker.contains(&format!("pathname === \"{path}\""))
            || path.starts_with("/api/v1/") && worker.contains("pathname.startsWith(\"/api/v1/\")");
        assert!(is_left, "the worker would cache {path}");
    }
    let list = |name: &str| {
        let after = worker.split_once(&format!("const {name} = [")).expect("a list").1;
        after.split_once(']').expect("its end").0.split('"').skip(1).step_by(2)
    };
    let named: Vec<&str> = list("VERSIONED").chain(list("PLAIN")).collect();
    assert!(named.len() > 3, "{named:?}");
    for file in named {
        assert!(at("public").join(file.trim_start_matches('/')).is_file(), "{file} is not there");
    }
}
