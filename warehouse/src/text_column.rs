use std::str::FromStr;

use sqlx::{Row as _, postgres::PgRow};

/// Parses a text column as an enum. An unknown text is an error that names the column and the text: another version of the program may
/// have written it, and a guess could show wrong data.
pub(crate) fn parsed<T: FromStr>(row: &PgRow, column: &str) -> Result<T, sqlx::Error> {
    let text: &str = row.try_get(column)?;
    text.parse().map_err(|_| unknown(column, text))
}

fn unknown(column: &str, text: &str) -> sqlx::Error {
    sqlx::Error::ColumnDecode {
        index: column.to_owned(),
        source: format!("{text:?} is not a value that this program knows").into(),
    }
}

/// A count of rows.
pub(crate) fn counted(row: &PgRow, column: &str) -> Result<u32, sqlx::Error> {
    let count: i64 = row.try_get(column)?;
    u32::try_from(count).map_err(|error| sqlx::Error::ColumnDecode { index: column.to_owned(), source: error.into() })
}
