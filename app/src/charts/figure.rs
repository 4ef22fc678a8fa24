use charming::Chart;
use chrono::NaiveDate;
use domain::{BoardQuery, Facet, StatusKind};

/// A chart with everything that is shown around it: its finding, its unit, and its data as a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// The title: the finding, not the subject.
    pub finding: String,
    /// Measure and unit.
    pub unit: String,
    /// What the canvas shows, in one sentence, for people who cannot see it.
    pub sentence: String,
    /// The ECharts option as JSON. Colours are names of design tokens (`var(--go)`), resolved where it is drawn. Kept as
    /// text because charming's equality ignores the style of a bar: a redraw that only dims would be lost.
    pub option: String,
    /// Direct labels of stacked series; empty when the axis names everything.
    pub keys: Vec<Key>,
    /// The launches that have no place on the axis.
    pub remainder: Option<Remainder>,
    /// The elements that can be pointed at. The n-th datum of every series is the n-th mark.
    pub marks: Vec<Mark>,
    /// Marks per column, if they are in columns one after another; 1 if they are in one line.
    pub column: usize,
    pub table: Table,
}

/// Serializes the option for the bridge.
pub(super) fn to_json(chart: &Chart) -> String {
    serde_json::to_string(chart).expect("an option has string keys and finite numbers only")
}

/// One element on the canvas.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The text that is read out and shown next to it; lines are separated by `\n`.
    pub words: String,
    /// The filter that is toggled when it is selected.
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

/// The launches that the axis cannot place: they are counted and named, never forced into a bar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remainder {
    pub placed: usize,
    pub left: usize,
    pub placed_label: String,
    pub left_label: String,
}

/// The chart's data as a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    pub head: Vec<String>,
    pub rows: Vec<Row>,
}

/// One row of the table; the cells are those under `head[1..]`.
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

/// The filter that a mark sets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Select {
    /// Choices of a facet, by their keys: one, or several that one mark represents.
    Facet(Facet, Vec<String>),
    /// First and last day.
    Days(NaiveDate, NaiveDate),
}

impl Select {
    pub(super) fn choice(facet: Facet, key: impl Into<String>) -> Self {
        Self::Facet(facet, vec![key.into()])
    }

    /// Returns the board query with the mark selected, or deselected if it was selected already.
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

    /// Returns whether the query has this filter.
    pub fn is_selected(&self, query: &BoardQuery) -> bool {
        match self {
            Self::Facet(facet, keys) => keys.iter().all(|key| query.selects(*facet, key)),
            Self::Days(first, last) => query.from == Some(*first) && query.to == Some(*last),
        }
    }
}
