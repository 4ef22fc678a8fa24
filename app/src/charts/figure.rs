use charming::Chart;
use chrono::NaiveDate;
use domain::{BoardQuery, Facet, StatusKind};

/// A chart with everything that must stand around it: what it found, what it measures, and the table it draws.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// The title: the finding, not the subject.
    pub finding: String,
    /// Measure and unit.
    pub unit: String,
    /// What the canvas shows, in one sentence, for people who cannot see it.
    pub sentence: String,
    /// The ECharts option as JSON. Colours are names of design tokens (`var(--go)`), resolved where it is drawn. Kept as
    /// text because charming's equality overlooks the style of a bar: a redraw that only dims would be lost.
    pub option: String,
    /// Direct labels of stacked series; empty when the axis names everything.
    pub keys: Vec<Key>,
    /// What has no place on the axis.
    pub remainder: Option<Remainder>,
    /// What can be pointed at. The n-th datum of every series is the n-th mark.
    pub marks: Vec<Mark>,
    /// Marks in a column, where they stand in columns one after another; 1 where they stand in one line.
    pub column: usize,
    pub table: Table,
}

/// The option as the bridge takes it.
pub(super) fn to_json(chart: &Chart) -> String {
    serde_json::to_string(chart).expect("an option has string keys and finite numbers only")
}

/// One thing on the canvas.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// What is said of it and shown beside it; lines are parted by `\n`.
    pub words: String,
    /// What selecting it does.
    pub select: Option<Select>,
}

/// One stacked series in the line of labels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    pub status: StatusKind,
    pub label: String,
    pub count: usize,
    /// The status as a filter.
    pub select: Select,
}

/// The part of the launches that the axis cannot place: they are counted, said and never squeezed into a bar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remainder {
    pub placed: usize,
    pub left: usize,
    pub placed_label: String,
    pub left_label: String,
}

/// The table twin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    pub head: Vec<String>,
    pub rows: Vec<Row>,
}

/// One row of the twin; the cells stand under `head[1..]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub label: String,
    pub cells: Vec<String>,
    pub select: Option<Select>,
}

impl Row {
    /// A row of counts.
    pub(super) fn of(label: &str, counts: &[usize], select: Option<Select>) -> Self {
        Self { label: label.to_owned(), cells: counts.iter().map(ToString::to_string).collect(), select }
    }
}

/// The filter behind a mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Select {
    /// Choices of a facet, by their keys: one, or those that one mark stands for.
    Facet(Facet, Vec<String>),
    /// First and last day.
    Days(NaiveDate, NaiveDate),
}

impl Select {
    pub(super) fn choice(facet: Facet, key: impl Into<String>) -> Self {
        Self::Facet(facet, vec![key.into()])
    }

    /// The board's question after the mark was selected, or given back when it was selected already.
    pub fn toggled(&self, query: &BoardQuery) -> BoardQuery {
        let is_selected = self.is_selected(query);
        let mut query = query.clone();
        match self {
            Self::Facet(facet, keys) => {
                for key in keys {
                    if query.selects(*facet, key) == is_selected {
                        query.toggle(*facet, key);
                    }
                }
            }
            Self::Days(..) if is_selected => (query.from, query.to) = (None, None),
            Self::Days(first, last) => {
                (query.from, query.to) = (Some(*first), Some(*last));
                query.offset = 0;
            }
        }
        query
    }

    /// The filter is the one in force.
    pub fn is_selected(&self, query: &BoardQuery) -> bool {
        match self {
            Self::Facet(facet, keys) => keys.iter().all(|key| query.selects(*facet, key)),
            Self::Days(first, last) => query.from == Some(*first) && query.to == Some(*last),
        }
    }
}
