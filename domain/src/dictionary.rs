use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use strum::VariantArray;

use crate::{Blueprint, TestSeverity, route::exposures};

/// The layer of a table on the way from LL2 to the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, VariantArray)]
#[serde(rename_all = "snake_case")]
pub enum Layer {
    Job,
    Landing,
    Staging,
    Dimension,
    Fact,
    Mart,
}

impl Layer {
    pub const ALL: [Self; Self::VARIANTS.len()] = crate::variants(Self::VARIANTS);

    /// Derives the layer from the prefix of a name. Child tables of a launch, and forecasts, count as facts. None for a
    /// name without a known prefix.
    pub fn of(name: &str) -> Option<Self> {
        Some(match renamed(name).split('_').next().unwrap_or_default() {
            "data" | "ingest" => Self::Job,
            "raw" | "schema" => Self::Landing,
            "stg" => Self::Staging,
            "dim" => Self::Dimension,
            "fact" | "launch" | "model" => Self::Fact,
            "mart" => Self::Mart,
            _ => return None,
        })
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::Job => "Job",
            Self::Landing => "Landing",
            Self::Staging => "Staging",
            Self::Dimension => "Dimensions",
            Self::Fact => "Facts",
            Self::Mart => "Marts",
        }
    }
}

/// Old names that are kept as views, each with the present name. They are read by the queries of users only.
pub const OLD_NAMES: [(&str, &str); 3] =
    [("due_follow_up", "ingest_due_follow_up"), ("forecast", "model_forecast"), ("record_defect", "raw_record_defect")];

fn renamed(name: &str) -> &str {
    OLD_NAMES.iter().find(|(old, _)| *old == name).map_or(name, |(_, new)| new)
}

/// A column as the database catalog describes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    pub name: String,
    pub r#type: String,
    pub is_nullable: bool,
    pub is_key: bool,
    /// Table and column that a foreign key references.
    pub references: Option<(String, String)>,
    pub comment: Option<String>,
}

/// A test that covers a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoveringTest {
    pub name: String,
    pub severity: TestSeverity,
    pub claim: String,
}

/// A table or view.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relation {
    pub name: String,
    pub layer: Layer,
    pub is_view: bool,
    pub comment: Option<String>,
    /// None for a view: counting its rows may be as expensive as the query that it replaces.
    pub row_count: Option<i64>,
    /// Counted, not the estimate of the catalog.
    pub is_exact: bool,
    pub columns: Vec<Column>,
    /// Tables that it is built from.
    pub made_of: BTreeSet<String>,
    /// Tables and views that are built from it.
    pub makes: BTreeSet<String>,
    /// Pages, charts and APIs that show it.
    pub shown_on: Vec<String>,
    pub tests: Vec<CoveringTest>,
}

impl Relation {
    /// Returns whether every word of the search occurs in a name or a comment.
    pub fn matches(&self, search: &str) -> bool {
        let text = self.text();
        search.split_whitespace().all(|word| text.contains(&word.to_lowercase()))
    }

    /// Returns all searchable text, in lower case.
    pub fn text(&self) -> String {
        let mut text = format!("{} {}", self.name, self.comment.as_deref().unwrap_or_default());
        for column in &self.columns {
            text.push(' ');
            text.push_str(&column.name);
            text.push(' ');
            text.push_str(column.comment.as_deref().unwrap_or_default());
        }
        text.to_lowercase()
    }
}

/// Every table, view and column, in the order of the data flow.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dictionary {
    pub relations: Vec<Relation>,
}

impl Dictionary {
    /// Adds what the catalog does not know: lineage and tests, as the code declares them. `view_reads` lists each view
    /// with a table that it reads.
    pub fn annotate(&mut self, blueprint: &Blueprint, view_reads: &[(String, String)]) {
        for relation in &mut self.relations {
            let name = relation.name.as_str();
            for transform in &blueprint.transforms {
                if transform.writes.iter().any(|written| written == name) {
                    relation.made_of.extend(transform.reads.iter().cloned());
                }
                if transform.reads.iter().any(|read| read == name) {
                    relation.makes.extend(transform.writes.iter().cloned());
                }
            }
            for (view, read) in view_reads {
                if view == name {
                    relation.made_of.insert(read.clone());
                }
                if read == name {
                    relation.makes.insert(view.clone());
                }
            }
            relation.made_of.remove(&relation.name);
            relation.makes.remove(&relation.name);
            relation.shown_on = exposures()
                .iter()
                .filter(|exposure| exposure.reads.contains(&relation.name.as_str()))
                .map(|exposure| exposure.name.to_owned())
                .collect();
            relation.tests = blueprint
                .tests
                .iter()
                .filter(|test| test.covers.contains(&relation.name))
                .map(|test| CoveringTest {
                    name: test.name.clone(),
                    severity: test.severity,
                    claim: test.claim.clone(),
                })
                .collect();
        }
        self.relations.sort_by(|one, other| (one.layer, &one.name).cmp(&(other.layer, &other.name)));
    }

    /// Returns the whole dictionary as Markdown.
    pub fn to_markdown(&self) -> String {
        let mut text = "# Data dictionary\n\nEvery table and view, in the order in which data flows.\n".to_owned();
        for layer in Layer::ALL {
            text.push_str(&format!("\n## {}\n", layer.label()));
            for relation in self.relations.iter().filter(|relation| relation.layer == layer) {
                relation.write_markdown(&mut text);
            }
        }
        text
    }
}

impl Relation {
    fn write_markdown(&self, text: &mut String) {
        let kind = if self.is_view { "view" } else { "table" };
        text.push_str(&format!("\n### {}\n\n*{kind}", self.name));
        if let Some(count) = self.row_count {
            text.push_str(&format!(", {}{count} rows", if self.is_exact { "" } else { "about " }));
        }
        text.push_str(&format!("*  \n{}\n\n", self.comment.as_deref().unwrap_or("No comment.")));
        text.push_str("| column | type | key | meaning |\n|---|---|---|---|\n");
        for column in &self.columns {
            let null = if column.is_nullable { ", null" } else { "" };
            let key = match (column.is_key, &column.references) {
                (true, Some((table, _))) => format!("primary, [{table}](#{table})"),
                (false, Some((table, _))) => format!("[{table}](#{table})"),
                (true, None) => "primary".to_owned(),
                (false, None) => String::new(),
            };
            // A pipe would end the cell.
            let comment = column.comment.as_deref().unwrap_or_default().replace('|', "\\|");
            text.push_str(&format!("| `{}` | {}{null} | {key} | {comment} |\n", column.name, column.r#type));
        }
        let list = |names: &mut dyn Iterator<Item = &String>| {
            names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
        };
        for (title, names) in [
            ("Depends on", list(&mut self.made_of.iter())),
            ("Makes", list(&mut self.makes.iter())),
            ("Shown on", list(&mut self.shown_on.iter())),
            ("Tests", list(&mut self.tests.iter().map(|test| &test.name))),
        ] {
            if !names.is_empty() {
                text.push_str(&format!("\n{title}: {names}\n"));
            }
        }
    }
}
