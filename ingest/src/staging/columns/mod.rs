//! The staging tables: their columns, and which part of a record goes into each.
//!
//! This is their only declaration, except that the columns of a launch's own row are the fields of its record
//! ([`Launch`]). `COPY` uses these columns, the content hash covers the rows they write, and the statements that merge
//! staging into the star schema are built from them ([`crate::merge`]). A column that exists only in the schema or only
//! here fails `every_column_of_staging_is_declared`.
//!
//! The order is that of the hash. Moving a column, or adding one to the hashed ones, changes the hash of every launch:
//! the first run that receives a launch compares all of its values (`sql/transform/fact_launch_rehash.sql`), and the
//! launch counts as changed only if one of them differs.

use crate::record::Launch;

/// A staging table with its columns, in groups.
#[derive(Debug)]
pub(crate) struct Staged {
    pub(crate) name: &'static str,
    groups: &'static [&'static [&'static str]],
}

impl Staged {
    /// Returns its columns, in the order in which rows are written.
    pub(crate) fn columns(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.groups.iter().copied().flatten().copied()
    }
}

/// Declares columns, each as `name: kind(value)` with a kind of [`Row`](super::copy::Row): their names and the function that writes them.
macro_rules! columns {
    ($columns:ident, $write:ident($($argument:ident: $type:ty),*) { $($column:ident: $kind:ident($value:expr),)* }) => {
        pub(crate) const $columns: &[&str] = &[$(stringify!($column)),*];

        pub(in crate::staging) fn $write(row: &mut Row<'_>, $($argument: $type),*) {
            $(row.$kind($value);)*
        }
    };
}

/// Declares a table whose columns are all written by one function.
macro_rules! table {
    ($table:ident = $name:literal, $columns:ident, $write:ident($($rest:tt)*) $body:tt) => {
        pub(crate) const $table: Staged = Staged { name: $name, groups: &[$columns] };

        columns! { $columns, $write($($rest)*) $body }
    };
}

mod child;
mod dimension;

pub(crate) use self::{child::*, dimension::*};

pub(crate) const LAUNCH: Staged = Staged {
    name: "stg_ll2__launch",
    groups: &[&["launch_id", "listing", "observed_at"], Launch::NAMES, &["content_hash"]],
};

pub(super) const GONE: Staged = Staged { name: "stg_ll2__gone", groups: &[&["launch_id", "observed_at"]] };

pub(super) const UNREAD: Staged = Staged { name: "stg_ll2__unread", groups: &[&["launch_id"]] };

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    const ALL: [&Staged; 26] = [
        &LAUNCH,
        &GONE,
        &UNREAD,
        &UPDATE,
        &VIDEO,
        &PATCH,
        &LINK,
        &CREW,
        &BOOSTER,
        &SPACECRAFT_FLIGHT,
        &PAYLOAD,
        &LAUNCH_PROGRAM,
        &LAUNCH_AGENCY,
        &STATUS,
        &NET_PRECISION,
        &ORBIT,
        &AGENCY,
        &ROCKET_CONFIG,
        &LOCATION,
        &PAD,
        &MISSION,
        &PROGRAM,
        &LAUNCHER,
        &LANDING_LOCATION,
        &ASTRONAUT,
        &SPACECRAFT,
    ];

    #[sqlx::test(migrator = "warehouse::MIGRATOR")]
    async fn every_column_of_staging_is_declared(pool: sqlx::PgPool) {
        // The table of changes is filled by a statement and not from a record.
        let schema: Vec<(String, String)> = sqlx::query_as(
            "select table_name::text, column_name::text
            from information_schema.columns
            where table_schema = current_schema() and table_name like 'stg\\_ll2\\_\\_%' and table_name <> 'stg_ll2__change'",
        )
        .fetch_all(&pool)
        .await
        .expect("reads the catalogue");
        let schema: BTreeSet<_> = schema.into_iter().collect();
        let declared: BTreeSet<_> = ALL
            .iter()
            .flat_map(|staged| staged.columns().map(|column| (staged.name.to_owned(), column.to_owned())))
            .collect();
        let undeclared: Vec<_> = schema.difference(&declared).collect();
        assert!(
            undeclared.is_empty(),
            "in the schema but not in staging::columns, so neither filled nor hashed: {undeclared:?}"
        );
        let unknown: Vec<_> = declared.difference(&schema).collect();
        assert!(
            unknown.is_empty(),
            "in staging::columns but not in the schema; a migration must add them: {unknown:?}"
        );
    }
}
