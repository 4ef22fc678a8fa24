//! The keys of the query strings. The parsers define which keys exist; this module describes each of them.

use domain::{Alarm, DecisionQuery, Facet, Lanes, MoonTier, Order, Sort, TableColumn, View};
use utoipa::{
    IntoParams,
    openapi::{
        RefOr, Required,
        path::{Parameter, ParameterBuilder, ParameterIn},
        schema::{ArrayBuilder, ArrayItems, KnownFormat, ObjectBuilder, Schema, SchemaFormat, Type},
    },
};

use crate::web::api::{
    changed_since::ChangedSince,
    page::Page,
    question::{Form, Question},
};

/// Declares the keys of one kind of route.
macro_rules! keys {
    ($($name:ident: $keys:expr, $describe:expr;)*) => {
        $(pub(in crate::web::api) struct $name;

        impl IntoParams for $name {
            fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
                $keys.into_iter().map(|key| parameter(key, $describe(key))).collect()
            }
        })*

        /// Every key that a route takes.
        #[cfg(test)]
        pub(super) fn all() -> Vec<&'static str> {
            let mut all = Vec::new();
            $(all.extend($keys);)*
            all
        }
    };
}

keys! {
    ListKeys: Question::keys(Form::Json), describe;
    CsvKeys: Question::keys(Form::Csv), describe;
    CalendarKeys: Question::keys(Form::Calendar), describe;
    FeedKeys: Question::keys(Form::Feed), describe;
    DecisionKeys: DecisionQuery::KEYS, describe_for_decision;
    AlarmKeys: [Alarm::KEY], describe;
    PageKeys: Page::KEYS, describe;
    ChangedKeys: ChangedSince::KEYS, describe_for_changed;
}

/// Keys that take one value with commas in it. All others that are lists may also be repeated, which is what OpenAPI assumes.
const WITH_COMMAS: [&str; 2] = ["sort", "order"];

fn parameter(key: &'static str, described: Option<(Schema, String)>) -> Parameter {
    let (schema, description) = described.unwrap_or_else(|| (text(), String::new()));
    ParameterBuilder::new()
        .name(key)
        .parameter_in(ParameterIn::Query)
        .required(if key == "since" { Required::True } else { Required::False })
        .description(Some(description))
        .schema(Some(schema))
        .explode(WITH_COMMAS.contains(&key).then_some(false))
        .build()
}

/// [`describe`] for `/api/v1/launches/changed`, where a subject is one number.
fn describe_for_changed(key: &str) -> Option<(Schema, String)> {
    match key {
        "provider" | "rocket" | "pad" => {
            Some((number(0, None), format!("LL2's id of one {key}: changes of its launches, too.")))
        }
        key => describe(key),
    }
}

/// [`describe`] for `/api/v1/decision`, where a wish is one value.
fn describe_for_decision(key: &str) -> Option<(Schema, String)> {
    match key {
        "crewed" => Some((one_of(&["true", "false"]), "Only launches with a crew, or only those without.".to_owned())),
        key => describe(key),
    }
}

/// Returns the schema and the description of a key; none for a key without a description.
pub(super) fn describe(key: &str) -> Option<(Schema, String)> {
    if let Some(facet) = Facet::ALL.into_iter().find(|facet| facet.key() == key) {
        let what = format!(
            "{}: a launch matches with any of these values. Repeat the key, or put commas between values.",
            facet.label()
        );
        let values = if facet == Facet::Moon { one_of(&MoonTier::ALL.map(MoonTier::slug)) } else { text() };
        return Some((list(values), what));
    }
    let sorts = Sort::ALL.map(Sort::slug);
    let orders = [Order::Ascending, Order::Descending].map(Order::slug);
    let (schema, what) = match key {
        "q" => (text(), "Words that must all occur in the texts of a launch."),
        "from" => (date(), "First day (UTC) that a launch's interval may touch, and of the agent's window."),
        "to" => (date(), "Last day (UTC, inclusive) of the same."),
        "past" => (one_of(&["true", "false", "1", "0"]), "Also launches that are no longer upcoming."),
        "view" => (one_of(&View::ALL.map(View::slug)), "How the page at `/` draws the list; changes nothing here."),
        "columns" => (
            list(one_of(&TableColumn::ALL.map(TableColumn::slug))),
            "Columns of the page's table; changes nothing here.",
        ),
        "lanes" => (one_of(&Lanes::ALL.map(Lanes::slug)), "Lanes of the page's timeline; changes nothing here."),
        "month" => (text(), "Month of the page's calendar, such as 2026-04; changes nothing here."),
        "day" => (date(), "Day that the page's calendar opens; changes nothing here."),
        "sort" => (list(one_of(&sorts)), "What the rows are ordered by; further values break ties."),
        "order" => (list(one_of(&orders)), "The direction of each value of `sort`."),
        "limit" => (
            number(1, None),
            "Maximum number of entries of a page; `next` links to the rest. Up to 1,000 launches, 500 of anything else.",
        ),
        "offset" => (number(0, None), "Number of entries to skip."),
        "as_of" => (text(), "The list as it was known at this moment or day."),
        "prepare" => (number(0, Some(365)), "Days the agent needs before boarding."),
        "nearness" | "window" | "success" => {
            (text(), "The weight of this factor in the score: 0 ignores it, 1 is the default, 3 is the maximum.")
        }
        "bar" => (number(0, Some(100)), "The score in percent that a launch must reach to be recommended."),
        "lift" => (list(text()), "Accepted sizes of rocket."),
        "alarm" => (
            list(text()),
            "How long before each launch the calendar shows a reminder, as an RFC 5545 duration: PT1H, P1D.",
        ),
        "bom" => (flag(), "Whether the file starts with a byte order mark, which tells spreadsheets that it is UTF-8."),
        "since" => (number(0, None), "Return changes after this run."),
        "id" => (list(text()), "Ids of launches, at most 200. Repeat the key, or put commas between ids."),
        _ => return None,
    };
    Some((schema, what.to_owned()))
}

fn text() -> Schema {
    ObjectBuilder::new().schema_type(Type::String).build().into()
}

fn date() -> Schema {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .format(Some(SchemaFormat::KnownFormat(KnownFormat::Date)))
        .build()
        .into()
}

fn flag() -> Schema {
    one_of(&["1", "0", "on", "off", "true", "false"])
}

fn one_of(words: &[&str]) -> Schema {
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(words.iter().copied())).build().into()
}

fn number(least: i64, most: Option<i64>) -> Schema {
    ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(least)).maximum(most).build().into()
}

fn list(items: Schema) -> Schema {
    ArrayBuilder::new().items(ArrayItems::RefOrSchema(Box::new(RefOr::T(items)))).build().into()
}
