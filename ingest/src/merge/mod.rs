//! Builds the statements that merge staging into dimensions, into `fact_launch` and its revisions, and into the child
//! tables of a launch.
//!
//! Each statement is built from a template in `sql` and the columns that [`Launch`] or [`crate::staging::columns`]
//! declares for its table. A column that is added there is merged without further code, and the merge logic of each
//! kind of table is written once.

use std::fmt::Write;

use crate::{
    column::{Column, Mark},
    record::Launch,
    staging::columns::{self, Staged},
};

/// The name of a statement, which is that of the table it writes, and its SQL.
type Built = (&'static str, String);

/// A conformed dimension, keyed by the first column of its staging table.
struct Dimension {
    target: &'static str,
    staged: Staged,
    /// Columns that keep the stored value if none was received, each with its default if none is stored either.
    kept: &'static [(&'static str, Option<&'static str>)],
    /// Whether the table stores when a member was first seen and last changed.
    is_dated: bool,
}

const NAME: (&str, Option<&str>) = ("name", Some("'Unnamed'"));

/// The columns of a member that has only text attributes.
const WORDS: &[(&str, Option<&str>)] = &[NAME, ("abbrev", Some("'Unnamed'")), ("description", None)];

/// In an order that satisfies the foreign keys.
const DIMENSIONS: &[Dimension] = &[
    Dimension { target: "dim_status", staged: columns::STATUS, kept: WORDS, is_dated: false },
    Dimension { target: "dim_net_precision", staged: columns::NET_PRECISION, kept: WORDS, is_dated: false },
    Dimension {
        target: "dim_orbit",
        staged: columns::ORBIT,
        kept: &[NAME, ("abbrev", Some("'Unnamed'"))],
        is_dated: false,
    },
    Dimension { target: "dim_agency", staged: columns::AGENCY, kept: &[NAME], is_dated: true },
    Dimension {
        target: "dim_rocket_config",
        staged: columns::ROCKET_CONFIG,
        kept: &[NAME, ("full_name", Some("'Unnamed'"))],
        is_dated: true,
    },
    Dimension { target: "dim_location", staged: columns::LOCATION, kept: &[NAME], is_dated: true },
    // A pad whose record has no location keeps its location; a new one gets the unknown location.
    Dimension { target: "dim_pad", staged: columns::PAD, kept: &[NAME, ("location_id", Some("-1"))], is_dated: true },
    Dimension { target: "dim_mission", staged: columns::MISSION, kept: &[NAME], is_dated: true },
    Dimension { target: "dim_program", staged: columns::PROGRAM, kept: &[NAME], is_dated: true },
    Dimension { target: "dim_launcher", staged: columns::LAUNCHER, kept: &[], is_dated: true },
    Dimension { target: "dim_landing_location", staged: columns::LANDING_LOCATION, kept: &[NAME], is_dated: true },
    Dimension { target: "dim_astronaut", staged: columns::ASTRONAUT, kept: &[NAME], is_dated: true },
    Dimension { target: "dim_spacecraft", staged: columns::SPACECRAFT, kept: &[NAME], is_dated: true },
];

impl Dimension {
    fn key(&self) -> &'static str {
        self.staged.columns().next().unwrap_or_default()
    }

    fn attributes(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.staged.columns().skip(1).filter(|column| *column != "absent")
    }

    /// Returns the columns of its table.
    fn columns(&self) -> Vec<&'static str> {
        let dates: &[&str] = if self.is_dated { &["first_seen_at", "updated_at"] } else { &[] };
        [self.key()].into_iter().chain(self.attributes()).chain(dates.iter().copied()).collect()
    }

    fn value(&self, column: &str) -> String {
        let (target, staged) = (self.target, self.staged.name);
        match self.kept.iter().find(|(kept, _)| *kept == column) {
            Some((_, Some(default))) => format!("coalesce({staged}.{column}, {target}.{column}, {default})"),
            Some((_, None)) => format!("coalesce({staged}.{column}, {target}.{column})"),
            None if self.staged.columns().any(|column| column == "absent") => unless_absent(staged, target, column),
            None => format!("{staged}.{column}"),
        }
    }

    fn sql(&self) -> String {
        let (target, staged, key) = (self.target, self.staged.name, self.key());
        let mut values = vec![format!("{staged}.{key}")];
        values.extend(self.attributes().map(|column| self.value(column)));
        let mut updated: Vec<&str> = self.attributes().collect();
        if self.is_dated {
            values.extend(["stg_run.observed_at".to_owned(), "stg_run.observed_at".to_owned()]);
            updated.push("updated_at");
        }
        fill(
            include_str!("../../sql/merge/dimension.sql"),
            &[
                ("target", target.to_owned()),
                ("staged", staged.to_owned()),
                ("key", key.to_owned()),
                ("columns", lines(1, self.columns())),
                ("values", lines(1, values)),
                ("updates", lines(1, updated.into_iter().map(update))),
                ("held", lines(2, self.attributes().map(|column| format!("{target}.{column}")))),
                ("received", lines(2, self.attributes().map(|column| format!("excluded.{column}")))),
            ],
        )
    }
}

impl Dimension {
    /// Returns the query for the attributes of its members that differ from what the run received, except LL2's
    /// counters.
    fn change(&self) -> String {
        let (target, staged, key) = (self.target, self.staged.name, self.key());
        let compared = self.attributes().filter(|column| !column.ends_with("_count"));
        let pairs =
            compared.map(|column| format!("('{column}', {target}.{column}::text, ({})::text)", self.value(column)));
        fill(
            include_str!("../../sql/merge/dimension_change.sql").trim_end(),
            &[
                ("target", target.to_owned()),
                ("staged", staged.to_owned()),
                ("key", key.to_owned()),
                ("pairs", lines(2, pairs)),
            ],
        )
    }
}

/// Rows that belong to one launch and are replaced as a set.
struct Set {
    target: &'static str,
    staged: Staged,
    /// The number of leading columns that form the key.
    key: usize,
    /// Whether only `detailed` records contain the set; other records leave it unchanged.
    only_detailed: bool,
}

/// The history of a set: a table with its columns, except some, and the period of each row.
struct History {
    table: &'static str,
    of: &'static str,
    /// The names of the statements that take back, end and begin periods.
    statements: [&'static str; 3],
    /// Columns of the set that say nothing about its subject.
    without: &'static [&'static str],
}

const HISTORIES: &[History] = &[History {
    table: "launch_booster_revision",
    of: "launch_booster",
    statements: ["launch_booster_revision_rewind", "launch_booster_revision_close", "launch_booster_revision_open"],
    without: &["booster_number"],
}];

impl History {
    /// Returns the columns of the key and the others.
    fn columns(&self) -> (Vec<&'static str>, Vec<&'static str>) {
        let Some(set) = SETS.iter().find(|set| set.target == self.of) else { return (Vec::new(), Vec::new()) };
        let mut key: Vec<_> = set.staged.columns().collect();
        let attributes = key.split_off(set.key).into_iter().filter(|column| !self.without.contains(column)).collect();
        (key, attributes)
    }

    fn sql(&self) -> [Built; 3] {
        let (key, attributes) = self.columns();
        let of = |relation: &str, columns: &[&str]| {
            columns.iter().map(|column| format!("{relation}.{column}")).collect::<Vec<_>>()
        };
        let same: Vec<_> = of(self.table, &key)
            .into_iter()
            .zip(of(self.of, &key))
            .map(|(held, present)| format!("{held} = {present}"))
            .collect();
        let [rewind, close, open] = self.statements;
        [
            (rewind, include_str!("../../sql/merge/history_rewind.sql")),
            (close, include_str!("../../sql/merge/history_close.sql")),
            (open, include_str!("../../sql/merge/history_open.sql")),
        ]
        .map(|(name, template)| {
            let texts = [
                ("table", self.table.to_owned()),
                ("of", self.of.to_owned()),
                ("same", same.join("\n            and ")),
                ("held", lines(3, of(self.table, &attributes))),
                ("present", lines(3, of(self.of, &attributes))),
                ("columns", lines(1, key.iter().chain(&attributes))),
                ("values", lines(1, of(self.of, &key).into_iter().chain(of(self.of, &attributes)))),
            ];
            (name, fill(template, &texts))
        })
    }
}

const SETS: &[Set] = &[
    Set { target: "launch_update", staged: columns::UPDATE, key: 2, only_detailed: true },
    Set { target: "launch_video", staged: columns::VIDEO, key: 2, only_detailed: true },
    Set { target: "launch_patch", staged: columns::PATCH, key: 2, only_detailed: true },
    Set { target: "launch_payload", staged: columns::PAYLOAD, key: 2, only_detailed: true },
    Set { target: "launch_link", staged: columns::LINK, key: 2, only_detailed: true },
    Set { target: "launch_crew", staged: columns::CREW, key: 3, only_detailed: true },
    Set { target: "launch_booster", staged: columns::BOOSTER, key: 2, only_detailed: true },
    Set { target: "launch_spacecraft", staged: columns::SPACECRAFT_FLIGHT, key: 2, only_detailed: true },
    Set { target: "launch_program", staged: columns::LAUNCH_PROGRAM, key: 2, only_detailed: false },
    Set { target: "launch_agency", staged: columns::LAUNCH_AGENCY, key: 2, only_detailed: false },
];

impl Set {
    fn sql(&self) -> String {
        let (target, staged) = (self.target, self.staged.name);
        let columns: Vec<&str> = self.staged.columns().collect();
        let (key, attributes) = columns.split_at(self.key);
        let same: Vec<String> = key.iter().map(|column| format!("{staged}.{column} = {target}.{column}")).collect();
        let action = if attributes.is_empty() {
            "nothing".to_owned()
        } else {
            let all = |table: &str| lines(1, attributes.iter().map(|column| format!("{table}.{column}")));
            format!(
                "update set\n    {}\nwhere (\n    {}\n) is distinct from (\n    {}\n)",
                lines(1, attributes.iter().map(|column| update(column))),
                all(target),
                all("excluded"),
            )
        };
        let carried = if self.only_detailed {
            "stg_ll2__change.has_record and stg_ll2__launch.is_detailed"
        } else {
            "stg_ll2__change.has_record"
        };
        fill(
            include_str!("../../sql/merge/set.sql"),
            &[
                ("target", target.to_owned()),
                ("staged", staged.to_owned()),
                ("carried", carried.to_owned()),
                ("same", same.join("\n                and ")),
                ("columns", lines(1, &columns)),
                ("values", lines(1, columns.iter().map(|column| format!("{staged}.{column}")))),
                ("key", key.join(", ")),
                ("action", action),
            ],
        )
    }
}

impl Set {
    /// Returns two queries: of the launches with rows that are staged and not stored, and of those with rows that are
    /// stored and not staged.
    fn differing(&self) -> [String; 2] {
        let columns: Vec<&str> = self.staged.columns().collect();
        let of = |table: &str| columns.iter().map(|column| format!("{table}.{column}")).collect::<Vec<_>>().join(", ");
        let carried = if self.only_detailed { "candidate.is_detailed" } else { "true" };
        [(self.staged.name, self.target), (self.target, self.staged.name)].map(|(there, here)| {
            fill(
                include_str!("../../sql/merge/differing.sql").trim_end(),
                &[
                    ("there", there.to_owned()),
                    ("here", here.to_owned()),
                    ("columns_there", of(there)),
                    ("columns_here", of(here)),
                    ("carried", carried.to_owned()),
                ],
            )
        })
    }
}

/// Returns the columns that `fact_launch` takes from staging; its other columns are written out in its statement.
fn launch_columns() -> impl Iterator<Item = &'static Column> {
    Launch::COLUMNS.iter().filter(|column| !matches!(column.name, "is_detailed" | "absent" | "image_credit"))
}

/// Returns the value that a record gives to a column of `fact_launch`.
fn launch_value(column: &Column) -> String {
    if column.is(Mark::Optional) {
        unless_absent("stg_ll2__launch", "fact_launch", column.name)
    } else {
        format!("stg_ll2__launch.{}", column.name)
    }
}

/// The value that a record gives to `fact_launch.image_credit`: a record without a credit keeps the stored one if it
/// has the stored image.
const IMAGE_CREDIT: &str = "case
        when 'image_credit' <> all (stg_ll2__launch.absent) then stg_ll2__launch.image_credit
        when stg_ll2__launch.image_url = fact_launch.image_url then fact_launch.image_credit
    end";

fn fact_launch() -> String {
    fill(
        include_str!("../../sql/transform/fact_launch.sql"),
        &[
            ("columns", lines(1, launch_columns().map(|column| column.name))),
            ("values", lines(1, launch_columns().map(launch_value))),
            ("updates", lines(1, launch_columns().map(|column| update(column.name)))),
            ("image_credit", IMAGE_CREDIT.to_owned()),
        ],
    )
}

fn counters() -> impl Iterator<Item = &'static Column> {
    Launch::COLUMNS.iter().filter(|column| column.is(Mark::Counter))
}

fn fact_launch_counter() -> String {
    let stored = counters().map(|column| format!("fact_launch.{}", column.name));
    let updates = counters().map(|column| format!("{} = {}", column.name, launch_value(column)));
    fill(
        include_str!("../../sql/transform/fact_launch_counter.sql"),
        &[
            ("updates", lines(1, updates)),
            ("held", lines(2, stored)),
            ("received", lines(2, counters().map(launch_value))),
        ],
    )
}

fn fact_launch_rehash() -> String {
    let compared = || launch_columns().filter(|column| !column.is(Mark::Counter));
    let stored = compared().map(|column| format!("fact_launch.{}", column.name));
    let mission = || OF_MISSION.iter();
    fill(
        include_str!("../../sql/transform/fact_launch_rehash.sql"),
        &[
            ("held", lines(4, stored.chain(["fact_launch.image_credit".to_owned()]))),
            ("received", lines(4, compared().map(launch_value).chain([IMAGE_CREDIT.to_owned()]))),
            ("held_of_mission", lines(4, mission().map(|(column, _)| format!("fact_launch_revision.{column}")))),
            ("received_of_mission", lines(4, mission().map(|(_, value)| value))),
            ("children", SETS.iter().flat_map(Set::differing).collect::<Vec<_>>().join("\n    union all\n    ")),
        ],
    )
}

/// Columns of a revision that come from the mission's own row, with their values.
const OF_MISSION: [(&str, &str); 3] = [
    ("mission_name", "dim_mission.name"),
    ("mission_type", "dim_mission.mission_type"),
    ("orbit_id", "dim_mission.orbit_id"),
];

/// Returns the columns of a revision that describe the launch, each with its value: the tracked columns of the record,
/// and what the job or the mission's own row contains.
fn revision_columns() -> impl Iterator<Item = (&'static str, String)> {
    let tracked = Launch::COLUMNS.iter().filter(|column| column.is(Mark::Tracked));
    tracked.map(|column| (column.name, format!("fact_launch.{}", column.name))).chain(
        OF_MISSION
            .into_iter()
            .chain([("is_upcoming", "fact_launch.is_upcoming"), ("is_deleted", "fact_launch.deleted_at is not null")])
            .map(|(column, value)| (column, value.to_owned())),
    )
}

/// Occurs in a statement that [`compare_revision`] fills.
pub(crate) const REVISION_PLACEHOLDER: &str = "{held_of_launch}";

/// Fills a data test that compares the columns of a revision with the launch and, separately, with its mission.
pub(crate) fn compare_revision(template: &str) -> String {
    let (of_mission, of_launch): (Vec<_>, Vec<_>) =
        revision_columns().partition(|(_, value)| value.starts_with("dim_mission."));
    let held = |columns: &[(&str, String)]| {
        columns.iter().map(|(column, _)| format!("fact_launch_revision.{column}")).collect::<Vec<_>>()
    };
    let present = |columns: &[(&str, String)]| columns.iter().map(|(_, value)| value.clone()).collect::<Vec<_>>();
    fill(
        template,
        &[
            ("held_of_launch", lines(2, held(&of_launch))),
            ("present_of_launch", lines(2, present(&of_launch))),
            ("held_of_mission", lines(3, held(&of_mission))),
            ("present_of_mission", lines(3, present(&of_mission))),
        ],
    )
}

/// Fills a statement that compares revisions with the launch, or writes them.
fn revision(template: &str) -> String {
    let held = revision_columns().map(|(column, _)| format!("fact_launch_revision.{column}"));
    fill(
        template,
        &[
            ("columns", lines(1, revision_columns().map(|(column, _)| column))),
            ("values", lines(1, revision_columns().map(|(_, value)| value))),
            ("held", lines(2, held)),
            ("present", lines(2, revision_columns().map(|(_, value)| value))),
        ],
    )
}

/// Returns the statements for dimensions, in an order that satisfies the foreign keys.
pub(crate) fn dimensions() -> Vec<Built> {
    DIMENSIONS.iter().map(|dimension| (dimension.target, dimension.sql())).collect()
}

/// Returns the statement for launches.
pub(crate) fn launch() -> Built {
    ("fact_launch", fact_launch())
}

/// Returns the statement that gives launches the hash of a record with the stored values.
pub(crate) fn rehash() -> Built {
    ("fact_launch_rehash", fact_launch_rehash())
}

/// Returns the statement that stores the counters of launches.
pub(crate) fn counter() -> Built {
    ("fact_launch_counter", fact_launch_counter())
}

/// Returns the statements that end and open revisions, in this order.
pub(crate) fn revisions() -> [Built; 2] {
    [
        ("fact_launch_revision_close", revision(include_str!("../../sql/transform/fact_launch_revision_close.sql"))),
        ("fact_launch_revision_open", revision(include_str!("../../sql/transform/fact_launch_revision_open.sql"))),
    ]
}

/// Returns the statement that logs what is about to change in dimensions.
pub(crate) fn dimension_changes() -> Built {
    let queries: Vec<String> = DIMENSIONS.iter().map(Dimension::change).collect();
    let sql = fill(include_str!("../../sql/merge/dim_change.sql"), &[("changes", queries.join("\nunion all\n"))]);
    ("dim_change", sql)
}

/// Returns the statements for the histories of child tables, which follow those of [`sets`].
pub(crate) fn histories() -> impl Iterator<Item = Built> {
    HISTORIES.iter().flat_map(History::sql)
}

/// Returns the statements for the child tables of a launch.
pub(crate) fn sets() -> Vec<Built> {
    SETS.iter().map(|set| (set.target, set.sql())).collect()
}

/// Returns an expression that keeps the stored value of a column that the page did not contain.
fn unless_absent(staged: &str, target: &str, column: &str) -> String {
    format!("case when '{column}' = any ({staged}.absent) then {target}.{column} else {staged}.{column} end")
}

fn update(column: &str) -> String {
    format!("{column} = excluded.{column}")
}

/// Joins expressions, one per line, indented by `level`; the first one is placed at the placeholder.
fn lines(level: usize, expressions: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    let mut text = String::new();
    for (position, expression) in expressions.into_iter().enumerate() {
        if position > 0 {
            let _ = write!(text, ",\n{:1$}", "", 4 * level);
        }
        text.push_str(expression.as_ref());
    }
    text
}

/// Replaces each placeholder of a template.
fn fill(template: &str, texts: &[(&str, String)]) -> String {
    texts.iter().fold(template.to_owned(), |sql, (place, text)| sql.replace(&format!("{{{place}}}"), text))
}

#[cfg(test)]
mod tests;
