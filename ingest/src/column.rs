//! Records whose fields are the columns of a staging table.

use chrono::{DateTime, Utc};

/// A column, and what else the statements of the job do with it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column {
    pub(crate) name: &'static str,
    pub(crate) marks: &'static [Mark],
}

impl Column {
    pub(crate) fn is(&self, mark: Mark) -> bool {
        self.marks.contains(&mark)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// A record may omit it; the stored value is then kept.
    Optional,
    /// A new value opens a new revision of the launch, which stores it.
    Tracked,
    /// A counter of LL2's, which changes for many launches whenever any of them flies. It is stored, but a launch whose
    /// counters alone differ is unchanged: the content hash leaves them out.
    Counter,
}

/// A value of a column.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Value<'v> {
    Null,
    Flag(bool),
    Integer(i32),
    Text(&'v str),
    Time(DateTime<Utc>),
    Names(&'v [&'static str]),
}

/// A type of a field.
pub(crate) trait AsValue {
    fn as_value(&self) -> Value<'_>;
}

macro_rules! values {
    ($($type:ty => $kind:ident),+) => {
        $(impl AsValue for $type {
            fn as_value(&self) -> Value<'_> {
                Value::$kind(*self)
            }
        })+
    };
}

values! { bool => Flag, i32 => Integer, &str => Text, DateTime<Utc> => Time }

impl<T: AsValue> AsValue for Option<T> {
    fn as_value(&self) -> Value<'_> {
        self.as_ref().map_or(Value::Null, AsValue::as_value)
    }
}

/// Declares a record and the columns that its fields fill, in this order: `name: type`, and `=> [marks]` if there are any.
macro_rules! row {
    ($(#[$meta:meta])* $visibility:vis struct $record:ident<$life:lifetime> {
        $($(#[$doc:meta])* $field:ident: $type:ty $(=> [$($mark:ident),+])?,)+
    }) => {
        $(#[$meta])*
        $visibility struct $record<$life> {
            $($(#[$doc])* $visibility $field: $type,)+
        }

        impl $record<'_> {
            $visibility const NAMES: &'static [&'static str] = &[$(stringify!($field)),+];
            $visibility const COLUMNS: &'static [$crate::column::Column] = &[$($crate::column::Column {
                name: stringify!($field),
                marks: &[$($($crate::column::Mark::$mark),+)?],
            }),+];

            /// Returns the values of the columns.
            $visibility fn values(&self) -> [$crate::column::Value<'_>; $record::NAMES.len()] {
                [$($crate::column::AsValue::as_value(&self.$field)),+]
            }
        }
    };
}
pub(crate) use row;
