//! Data lineage, read from the SQL statements themselves, so that it cannot differ from the code.
//!
//! The parser supports the SQL of this crate and no more: one statement per file, lowercase, no quoted identifiers, no
//! schemas.

use std::collections::BTreeSet;

use domain::{Blueprint, StepName, Transform};

use crate::{checks, transform};

/// The sources of the data: LL2's endpoints, and archived responses.
pub const SOURCES: [&str; 4] =
    ["LL2 /launches/upcoming/", "LL2 /launches/previous/", "LL2 /launches/{id}/", "archived responses"];

/// Returns the static description of the pipeline: every transform and every data test.
pub fn blueprint(request_limit: u32) -> Blueprint {
    Blueprint { transforms: transforms(), tests: checks::catalogue(), request_limit }
}

/// Returns every step from LL2 to the star schema, in order.
pub fn transforms() -> Vec<Transform> {
    let sql: Vec<Transform> = transform::all()
        .map(|(name, sql)| {
            let Access { reads, writes } = access(sql);
            transform(name, StepName::Transform, reads, writes)
        })
        .collect();
    let written: BTreeSet<&str> = sql.iter().flat_map(|transform| &transform.writes).map(String::as_str).collect();
    // Staging tables that transforms read and that no transform writes are filled by COPY.
    let staged: BTreeSet<&str> = sql
        .iter()
        .flat_map(|transform| &transform.reads)
        .map(String::as_str)
        .filter(|name| name.starts_with("stg_ll2__") && !written.contains(name))
        .collect();
    let mut all = vec![
        transform("fetch", StepName::Fetch, SOURCES, ["raw_ll2_page"]),
        transform("quarantine", StepName::Fetch, ["raw_ll2_page"], ["raw_quarantine"]),
        transform("stage", StepName::Stage, ["raw_ll2_page"], staged),
        transform("stage the run", StepName::Stage, ["ingest_run"], ["stg_run"]),
    ];
    all.extend(sql);
    all.extend([forecast(), score()]);
    all
}

/// Returns the forecast step: the models read the tables of these statements. They also read their own table to see
/// which forecasts are due; it is left out.
fn forecast() -> Transform {
    const READ: [&str; 4] = [
        include_str!("../sql/forecasting/flights.sql"),
        include_str!("../sql/forecasting/announcements.sql"),
        include_str!("../sql/forecasting/waiting.sql"),
        include_str!("../sql/forecasting/past_forecasts.sql"),
    ];
    const WRITTEN: [&str; 2] =
        [include_str!("../sql/forecasting/forecast.sql"), include_str!("../sql/forecasting/movement.sql")];
    let writes: BTreeSet<&str> = WRITTEN.into_iter().flat_map(|sql| access(sql).writes).collect();
    let mut reads: BTreeSet<&str> = READ.into_iter().flat_map(|sql| access(sql).reads).collect();
    reads.retain(|name| !writes.contains(name));
    transform("forecast", StepName::Forecast, reads, writes)
}

/// Returns the scoring of forecasts whose outcome is known, in the same step.
fn score() -> Transform {
    const RUN: [&str; 4] = [
        include_str!("../sql/forecasting/score_new.sql"),
        include_str!("../sql/forecasting/score_due.sql"),
        include_str!("../sql/forecasting/announcements.sql"),
        include_str!("../sql/forecasting/score.sql"),
    ];
    let mut reads: BTreeSet<&str> = RUN.into_iter().flat_map(|sql| access(sql).reads).collect();
    let writes: BTreeSet<&str> = RUN.into_iter().flat_map(|sql| access(sql).writes).collect();
    reads.retain(|name| !writes.contains(name));
    transform("score", StepName::Forecast, reads, writes)
}

fn transform<'name>(
    name: &str,
    step: StepName,
    reads: impl IntoIterator<Item = &'name str>,
    writes: impl IntoIterator<Item = &'name str>,
) -> Transform {
    let owned = |names: &mut dyn Iterator<Item = &'name str>| names.map(str::to_owned).collect();
    Transform {
        name: name.to_owned(),
        step,
        reads: owned(&mut reads.into_iter()),
        writes: owned(&mut writes.into_iter()),
    }
}

/// The tables a statement reads and writes.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Access<'sql> {
    /// Tables after `from`, `join` and `using`, without those it writes and its own `with` names.
    pub reads: BTreeSet<&'sql str>,
    /// Tables after `insert into`, `update` and `delete from`.
    pub writes: BTreeSet<&'sql str>,
}

/// Returns the tables that a statement reads and writes.
pub fn access(sql: &str) -> Access<'_> {
    let tokens = tokens(sql);
    let at = |position: usize| tokens.get(position).copied().unwrap_or_default();
    let own: BTreeSet<&str> = (0..tokens.len())
        .filter(|&position| at(position + 1) == "as" && matches!(at(position + 2), "(" | "materialized"))
        .map(at)
        .collect();
    let mut found = Access::default();
    for position in 0..tokens.len() {
        let before = |distance: usize| position.checked_sub(distance).map(at).unwrap_or_default();
        let next = at(position + 1);
        let is_written = match at(position) {
            "from" if before(1) == "delete" => true,
            // `is distinct from x` and `extract(year from x)` do not name a table.
            "from" if before(1) == "distinct" || before(3) == "extract" => continue,
            "into" => true,
            // `on conflict ... do update set`.
            "update" if next != "set" => true,
            "from" | "join" | "using" => false,
            _ => continue,
        };
        // `from unnest(...)` calls a function; `insert into x (columns)` does not.
        let is_table = is_identifier(next) && (is_written || at(position + 2) != "(");
        if is_table && !own.contains(next) {
            if is_written {
                found.writes.insert(next)
            } else {
                found.reads.insert(next)
            };
        }
    }
    found.reads.retain(|name| !found.writes.contains(name));
    found
}

/// Returns the tables and views that a migration creates.
pub fn created_relations(sql: &str) -> impl Iterator<Item = &str> {
    let tokens = tokens(sql);
    (0..tokens.len()).filter_map(move |position| {
        let at = |distance: usize| tokens.get(position + distance).copied().unwrap_or_default();
        if at(0) == "alter" && matches!(at(1), "table" | "view") && at(3) == "rename" && at(4) == "to" {
            return Some(at(5));
        }
        if at(0) != "create" {
            return None;
        }
        let after = (1..=4).find(|&distance| matches!(at(distance), "table" | "view"))?;
        (1..after)
            .all(|distance| matches!(at(distance), "or" | "replace" | "unlogged" | "materialized"))
            .then(|| at(after + 1))
    })
}

fn is_identifier(token: &str) -> bool {
    const KEYWORDS: [&str; 5] = ["lateral", "select", "case", "only", "values"];
    token.starts_with(|first: char| first.is_ascii_lowercase() || first == '_')
        && token.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && !KEYWORDS.contains(&token)
}

/// Returns words and signs, without comments, literals and white space. A qualified name is one word.
fn tokens(sql: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = sql;
    while let Some(first) = rest.chars().next() {
        let length = if rest.starts_with("--") {
            rest.find('\n').unwrap_or(rest.len())
        } else if first == '\'' {
            rest[1..].find('\'').map_or(rest.len(), |end| end + 2)
        } else if is_word(first) {
            rest.find(|character| !is_word(character)).unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        let (token, after) = rest.split_at(length);
        if !token.trim().is_empty() && !token.starts_with("--") && first != '\'' {
            tokens.push(token);
        }
        rest = after;
    }
    tokens
}

fn is_word(character: char) -> bool {
    character.is_ascii_alphanumeric() || character == '_' || character == '.'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names<const N: usize>(names: [&'static str; N]) -> BTreeSet<&'static str> {
        BTreeSet::from(names)
    }

    #[test]
    fn names_that_are_not_tables_are_left_out() {
        let sql = "-- from a_comment\nwith own as (select 1 from truth), kept as materialized (select 2)\ninsert into target (a) select 'from literal', \
                   extract(year from moment) from own cross join kept cross join unnest(x) join lateral (select from deep) as d using (id) \
                   where a is distinct from other.b on conflict (a) do update set a = excluded.a";
        assert_eq!(access(sql), Access { reads: names(["truth", "deep"]), writes: names(["target"]) });
        let sql = "delete from old using gone where old.id = gone.id";
        assert_eq!(access(sql), Access { reads: names(["gone"]), writes: names(["old"]) });
        let sql = "update fact set a = b.a from b where b.id = fact.id";
        assert_eq!(access(sql), Access { reads: names(["b"]), writes: names(["fact"]) });
    }

    #[test]
    fn the_ledger_reads_the_tables_of_its_statement() {
        let (_, sql) = transform::all().find(|(name, _)| *name == "fact_net_change").expect("there is a ledger");
        let expected = Access {
            reads: names(["fact_launch", "fact_launch_revision", "stg_ll2__change", "stg_ll2__launch", "stg_run"]),
            writes: names(["fact_net_change"]),
        };
        assert_eq!(access(sql), expected);
    }

    #[test]
    fn every_transform_writes_the_one_table_it_is_named_after() {
        for (name, sql) in transform::all() {
            let writes: Vec<_> = access(sql).writes.into_iter().collect();
            assert!(matches!(writes[..], [table] if name.starts_with(table)), "{name} writes {writes:?}");
        }
    }

    #[test]
    fn every_table_of_the_star_schema_is_written_by_a_transform() {
        let written: BTreeSet<String> = transforms().into_iter().flat_map(|transform| transform.writes).collect();
        let migrations = [
            "3_landing",
            "4_staging",
            "5_dimension",
            "6_fact",
            "7_child",
            "49_agency_country",
            "50_vehicle_crew",
            "51_dim_change",
        ];
        // Renamed by migration 49; the first is a view now.
        const RENAMED: [&str; 2] = ["dim_launch_service_provider", "stg_ll2__provider"];
        for entry in migrations {
            let path = format!("{}/../migrations/{entry}.sql", env!("CARGO_MANIFEST_DIR"));
            let sql = std::fs::read_to_string(path).expect("the folder is part of the workspace");
            for table in created_relations(&sql) {
                // The calendar and the countries are filled by their migrations, the others are bridges, and requests are
                // stored by the budget module.
                let is_own = matches!(table, "dim_date" | "dim_country" | "ingest_request")
                    || RENAMED.contains(&table)
                    || (table.starts_with("dim_") && table.ends_with("_country"));
                assert!(is_own || written.contains(table), "nothing writes {table}");
            }
        }
    }

    #[test]
    fn created_relations_are_found_and_functions_are_not() {
        let sql = "create unlogged table one (a int); create or replace view two as select 1; create function three() \
                   returns text; create unique index four on table_five (a); comment on table six is 'create table seven'; \
                   alter view two rename to eight; alter table one rename column a to nine; alter index four rename to ten;";
        assert_eq!(created_relations(sql).collect::<Vec<_>>(), ["one", "two", "eight"]);
    }
}
