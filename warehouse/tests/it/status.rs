//! The rules about statuses: once in SQL, once in Rust, and both the same.

use std::{fs, path::Path};

use domain::StatusKind;
use warehouse::PgPool;

/// Every status there is, and some that LL2 may add.
fn statuses() -> impl Iterator<Item = i32> {
    StatusKind::KNOWN.into_iter().map(StatusKind::id).chain([-1, 0, 10, 34, 77, 346, i32::MAX])
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn sql_and_the_domain_agree_on_every_status(pool: PgPool) {
    for id in statuses() {
        let kind = StatusKind::of(id);
        let (is_final, has_left_pad): (bool, bool) =
            sqlx::query_as("select is_final($1), has_left_pad($1)").bind(id).fetch_one(&pool).await.unwrap();
        assert_eq!((is_final, has_left_pad), (kind.is_final(), kind.has_left_the_pad()), "{kind:?}");
    }
    let unknown: (Option<bool>, Option<bool>) =
        sqlx::query_as("select is_final(null), has_left_pad(null)").fetch_one(&pool).await.unwrap();
    assert_eq!(unknown, (None, None), "as `in` has it");
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn postgres_puts_the_functions_into_the_statement(pool: PgPool) {
    for function in ["is_final", "has_left_pad"] {
        let explained = format!("explain (verbose) select count(*) from fact_launch where {function}(status_id)");
        let plan: Vec<String> = sqlx::query_scalar(sqlx::AssertSqlSafe(explained)).fetch_all(&pool).await.unwrap();
        let plan = plan.join("\n");
        assert!(plan.contains("ANY") && !plan.contains(function), "{plan}");
    }
}

/// Places of `text` that test a status against a list of ids: as people write it, and as Postgres prints it.
fn lists_of_statuses(text: &str) -> Vec<String> {
    let text = text.to_lowercase().replace(char::is_whitespace, " ");
    let mut found = Vec::new();
    for test in [" in (", " = any (array["] {
        for (at, _) in text.match_indices(test) {
            let column = text[..at].trim_end_matches(" not").rsplit([' ', '(', '.']).next().unwrap_or_default();
            let list = text[at + test.len()..].split([')', ']']).next().unwrap_or_default();
            let is_ids = list.split(',').all(|id| id.trim().parse::<i32>().is_ok());
            if column.contains("status") && is_ids {
                found.push(format!("{column}: {list}"));
            }
        }
    }
    found
}

#[test]
fn a_list_of_statuses_is_found_however_it_is_written() {
    let written =
        "where fact_launch.status_id not in (3,\n 4) and (status_before_id in (6) or net_precision_id in (3, 4))";
    assert_eq!(lists_of_statuses(written), ["status_id: 3, 4", "status_before_id: 6"]);
    assert_eq!(lists_of_statuses("WHERE (fact.status_id = ANY (ARRAY[3, 4, 7]))"), ["status_id: 3, 4, 7"]);
    assert_eq!(lists_of_statuses("status_id in (select status_id from dim_status)"), [""; 0]);
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn each_set_of_statuses_stands_once(pool: PgPool) {
    let definitions: Vec<(String, String)> = sqlx::query_as(
        "select relname::text, pg_get_viewdef(oid) from pg_class
        where relnamespace = current_schema()::regnamespace and relkind in ('v', 'm')
        union all
        select proname::text, pg_get_functiondef(oid) from pg_proc
        where pronamespace = current_schema()::regnamespace and prokind = 'f'
            and not exists (select from pg_depend where objid = pg_proc.oid and deptype = 'e')
        union all
        select conname::text, pg_get_constraintdef(oid) from pg_constraint
        where connamespace = current_schema()::regnamespace
        union all
        select indexname::text, indexdef from pg_indexes where schemaname = current_schema()",
    )
    .fetch_all(&pool)
    .await
    .unwrap();
    let mut found: Vec<(String, String)> = definitions
        .into_iter()
        .flat_map(|(name, text)| lists_of_statuses(&text).into_iter().map(move |list| (name.clone(), list)))
        .collect();
    found.sort();
    let expected = [("has_left_pad", "status_id: 6, 9"), ("is_final", "status_id: 3, 4, 7")];
    assert_eq!(found, expected.map(|(name, list)| (name.to_owned(), list.to_owned())));

    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for folder in ["queries", "src", "../ingest/sql", "../ingest/src", "../server/src"] {
        let mut files = 0;
        in_files(&root.join(folder), &mut |path, text| {
            files += 1;
            assert!(lists_of_statuses(text).is_empty(), "{}: {:?}", path.display(), lists_of_statuses(text));
        });
        assert!(files > 10, "{folder} holds {files} files");
    }
}

fn in_files(folder: &Path, look: &mut impl FnMut(&Path, &str)) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            in_files(&path, look);
        } else if path.extension().is_some_and(|extension| extension == "sql" || extension == "rs") {
            look(&path, &fs::read_to_string(&path).unwrap());
        }
    }
}
