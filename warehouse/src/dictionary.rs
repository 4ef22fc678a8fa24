use std::collections::{BTreeMap, BTreeSet};

use domain::{Blueprint, Column, Dictionary, Layer, Relation, RelationSize};
use sqlx::AssertSqlSafe;

use crate::{Db, Error};

/// Up to this estimate the rows of a table are counted exactly: it takes a few milliseconds.
const COUNTED_UP_TO: i64 = 20_000;

type ColumnRow = (String, String, String, bool, bool, Option<String>, Option<String>, Option<String>);

impl Db {
    /// Every table, view and column as described by the Postgres catalog and the code.
    pub async fn dictionary(&self, blueprint: &Blueprint) -> Result<Dictionary, Error> {
        let (relations, columns, view_reads) = tokio::try_join!(self.relations(), self.columns(), self.view_reads())?;
        let small: Vec<&str> = relations
            .iter()
            .filter(|(_, _, _, estimate)| estimate.is_some_and(|estimate| estimate <= COUNTED_UP_TO))
            .map(|(name, ..)| name.as_str())
            .collect();
        let counts = self.count(&small).await?;
        let mut columns_of: BTreeMap<String, Vec<Column>> = BTreeMap::new();
        for (relation, name, r#type, is_nullable, is_key, target, target_column, comment) in columns {
            let references = target.zip(target_column);
            columns_of.entry(relation).or_default().push(Column {
                name,
                r#type,
                is_nullable,
                is_key,
                references,
                comment,
            });
        }
        let relations = relations.into_iter().map(|(name, is_view, comment, estimate)| Relation {
            // Only a table of somebody else has no known prefix.
            layer: Layer::of(&name).unwrap_or(Layer::Job),
            is_view,
            comment,
            row_count: counts.get(&name).copied().or(estimate),
            is_exact: counts.contains_key(&name),
            // The catalog does not know whether a column of a view may be null; nothing is claimed about it.
            columns: columns_of.remove(&name).unwrap_or_default(),
            made_of: BTreeSet::new(),
            makes: BTreeSet::new(),
            shown_on: Vec::new(),
            tests: Vec::new(),
            name,
        });
        let mut dictionary = Dictionary { relations: relations.collect() };
        dictionary.annotate(blueprint, &view_reads);
        Ok(dictionary)
    }

    async fn relations(&self) -> Result<Vec<(String, bool, Option<String>, Option<i64>)>, Error> {
        sqlx::query_as(include_str!("../queries/dictionary_relation.sql"))
            .fetch_all(self.pool())
            .await
            .map_err(Error::read("dictionary_relation"))
    }

    async fn columns(&self) -> Result<Vec<ColumnRow>, Error> {
        sqlx::query_as(include_str!("../queries/dictionary_column.sql"))
            .fetch_all(self.pool())
            .await
            .map_err(Error::read("dictionary_column"))
    }

    /// Which relations each view reads.
    pub(crate) async fn view_reads(&self) -> Result<Vec<(String, String)>, Error> {
        sqlx::query_as(include_str!("../queries/view_read.sql"))
            .fetch_all(self.pool())
            .await
            .map_err(Error::read("view_read"))
    }

    /// Every table and view with the row estimate of the statistics.
    pub(crate) async fn relation_sizes(&self) -> Result<Vec<RelationSize>, Error> {
        let relations = self.relations().await?;
        let size = |(name, is_view, _, row_count)| RelationSize { name, is_view, row_count };
        Ok(relations.into_iter().map(size).collect())
    }

    /// Counts the rows of the named tables, in one statement. The names come from the catalog, but are quoted anyway.
    async fn count(&self, names: &[&str]) -> Result<BTreeMap<String, i64>, Error> {
        if names.is_empty() {
            return Ok(BTreeMap::new());
        }
        let selects: Vec<String> = names
            .iter()
            .map(|name| {
                let literal = name.replace('\'', "''");
                let identifier = name.replace('"', "\"\"");
                format!("select '{literal}' as name, (select count(*) from \"{identifier}\") as row_count")
            })
            .collect();
        let rows: Vec<(String, i64)> = sqlx::query_as(AssertSqlSafe(selects.join(" union all ")))
            .persistent(false)
            .fetch_all(self.pool())
            .await
            .map_err(Error::read("dictionary_count"))?;
        Ok(rows.into_iter().collect())
    }
}
