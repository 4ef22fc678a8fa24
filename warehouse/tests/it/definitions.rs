//! Finds where the schema and the statements of the program test a column against a list of values.

use std::{fs, path::Path};

use warehouse::PgPool;

/// A test against a list: its place, the column without its table, and the items as written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ListTest {
    pub(crate) place: String,
    pub(crate) column: String,
    pub(crate) items: Vec<String>,
}

/// The list tests of the newest schema (views, functions, generated columns, predicates of indexes) and of the files with statements. Check
/// constraints are left out: each defines the values of its column.
pub(crate) async fn list_tests(pool: &PgPool) -> Vec<ListTest> {
    let definitions: Vec<(String, String)> = sqlx::query_as(
        "select relname::text, pg_get_viewdef(oid) from pg_class
        where relnamespace = current_schema()::regnamespace and relkind in ('v', 'm')
        union all
        select proname::text, pg_get_functiondef(oid) from pg_proc
        where pronamespace = current_schema()::regnamespace and prokind = 'f'
            and not exists (select from pg_depend where objid = pg_proc.oid and deptype = 'e')
        union all
        select adrelid::regclass::text, pg_get_expr(adbin, adrelid) from pg_attrdef
        union all
        select indexname::text, indexdef from pg_indexes where schemaname = current_schema()",
    )
    .fetch_all(pool)
    .await
    .unwrap();
    let mut found = Vec::new();
    for (place, text) in definitions {
        found.extend(in_text(&place, &text));
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for folder in ["queries", "src", "../ingest/sql", "../ingest/src", "../server/src"] {
        let before = found.len();
        let mut files = 0;
        in_files(&root.join(folder), &mut |path, text| {
            files += 1;
            found.extend(in_text(&path.display().to_string(), text));
        });
        assert!(files > 10, "{folder} holds {files} files");
        assert!(found.len() >= before);
    }
    found.sort();
    found
}

/// Matches both spellings: as written by hand, and as Postgres prints it.
fn in_text(place: &str, text: &str) -> Vec<ListTest> {
    let text = text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
    let mut found = Vec::new();
    for test in [" in (", " = any (array["] {
        for (at, _) in text.match_indices(test) {
            let column = text[..at].trim_end_matches(" not").rsplit([' ', '(', '.']).next().unwrap_or_default();
            let list = text[at + test.len()..].split([')', ']']).next().unwrap_or_default();
            let items: Vec<String> =
                list.split(',').map(|item| item.trim().trim_end_matches("::text").to_owned()).collect();
            if items.iter().all(|item| item.parse::<i32>().is_ok()) || items.iter().all(|item| item.starts_with('\'')) {
                found.push(ListTest { place: place.to_owned(), column: column.to_owned(), items });
            }
        }
    }
    found
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

#[test]
fn a_list_is_found_in_every_spelling() {
    let written = "where fact_launch.status_id not in (3,\n 4) and (kind in ('a') or kind in ('a', other.kind))";
    let found = |text| {
        in_text("", text).into_iter().map(|test| format!("{} {:?}", test.column, test.items)).collect::<Vec<_>>()
    };
    assert_eq!(found(written), [r#"status_id ["3", "4"]"#, r#"kind ["'a'"]"#]);
    assert_eq!(found("WHERE (fact.status_id = ANY (ARRAY[3, 4, 7]))"), [r#"status_id ["3", "4", "7"]"#]);
    assert_eq!(found("(x.kind = ANY (ARRAY['a'::text, 'b'::text]))"), [r#"kind ["'a'", "'b'"]"#]);
    assert_eq!(found("status_id in (select status_id from dim_status)"), [""; 0]);
}
