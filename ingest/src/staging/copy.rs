use sqlx::PgConnection;

use super::{columns::Staged, row::Row};
use crate::error::Error;

/// The rows of one staging table, in the text format of `COPY`.
#[derive(Debug)]
pub(super) struct Table {
    staged: Staged,
    pub(super) rows: u64,
    text: String,
}

impl Table {
    pub(super) fn new(staged: Staged) -> Self {
        Self { staged, rows: 0, text: String::new() }
    }

    #[cfg(test)]
    pub(super) fn name(&self) -> &'static str {
        self.staged.name
    }

    /// Adds a row; returns its text, without the end of line.
    pub(super) fn row(&mut self, write: impl FnOnce(&mut Row<'_>)) -> &str {
        let start = self.text.len();
        write(&mut Row::new(&mut self.text));
        let end = self.text.len();
        self.text.push('\n');
        self.rows += 1;
        &self.text[start..end]
    }

    /// Adds a row that is already formatted.
    pub(super) fn push(&mut self, row: &str) {
        self.text.push_str(row);
        self.text.push('\n');
        self.rows += 1;
    }

    /// Returns the rows that are not sent yet.
    #[cfg(test)]
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Returns the number of bytes that are not sent yet.
    pub(super) fn size(&self) -> usize {
        self.text.len()
    }

    /// Sends the rows that are not sent yet.
    pub(super) async fn load(&mut self, connection: &mut PgConnection) -> Result<(), Error> {
        if self.text.is_empty() {
            return Ok(());
        }
        let Staged { name, .. } = self.staged;
        let failed = |source| Error::Statement { statement: name, source };
        let columns: Vec<&str> = self.staged.columns().collect();
        let statement = format!("copy {name} ({}) from stdin", columns.join(", "));
        let mut copy = connection.copy_in_raw(&statement).await.map_err(failed)?;
        copy.send(self.text.as_bytes()).await.map_err(failed)?;
        copy.finish().await.map_err(failed)?;
        self.text.clear();
        Ok(())
    }
}
