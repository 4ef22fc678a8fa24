use std::borrow::Cow;

use crate::MoonTier;

/// The key of a value that the source does not give.
pub(super) const MISSING: &str = "none";

/// A value of a facet, of a launch or selected by a query.
///
/// The filter compares values for equality. A launch's value borrows its texts; a query's value owns them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(in crate::query) enum Value<'launch> {
    /// The source gives none. It is an option like any other.
    Missing,
    Number(i32),
    Text(Cow<'launch, str>),
    Flag(bool),
    Tier(MoonTier),
}

/// A value of a launch, with its label.
pub(in crate::query) struct Found<'launch> {
    pub(in crate::query) value: Value<'launch>,
    /// The name for an id. Empty if the value itself is the name.
    pub(super) name: &'launch str,
    /// Where the named thing is, for names that are not unique (pads); otherwise empty.
    pub(super) place: &'launch str,
}

impl<'launch> Found<'launch> {
    pub(super) fn missing() -> Self {
        Self::unnamed(Value::Missing)
    }

    pub(super) fn id(id: i32, name: &'launch str) -> Self {
        Self { value: Value::Number(id), name, place: "" }
    }

    pub(super) fn text(text: Option<&'launch str>) -> Self {
        Self::unnamed(text.map_or(Value::Missing, |text| Value::Text(Cow::Borrowed(text))))
    }

    pub(super) fn flag(flag: Option<bool>) -> Self {
        Self::unnamed(flag.map_or(Value::Missing, Value::Flag))
    }

    pub(super) fn tier(tier: MoonTier) -> Self {
        Self::unnamed(Value::Tier(tier))
    }

    pub(super) fn at(self, place: &'launch str) -> Self {
        Self { place, ..self }
    }

    fn unnamed(value: Value<'launch>) -> Self {
        Self { value, name: "", place: "" }
    }
}
