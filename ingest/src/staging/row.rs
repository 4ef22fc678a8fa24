//! The text format of `COPY`.

use std::fmt::{Display, Write};

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use uuid::Uuid;

use crate::column::Value;

/// Writes one row, column by column.
pub(super) struct Row<'t> {
    text: &'t mut String,
    is_first: bool,
}

impl<'t> Row<'t> {
    /// Starts a row at the end of a text.
    pub(super) fn new(text: &'t mut String) -> Self {
        Self { text, is_first: true }
    }
}

/// Formats a single row, for rows that are stored and compared before they are sent.
pub(super) fn row(write: impl FnOnce(&mut Row<'_>)) -> String {
    let mut text = String::new();
    write(&mut Row::new(&mut text));
    text
}

impl Row<'_> {
    fn separate(&mut self) {
        if self.is_first {
            self.is_first = false;
        } else {
            self.text.push('\t');
        }
    }

    fn shown(&mut self, value: Option<impl Display>) -> &mut Self {
        self.separate();
        match value {
            Some(value) => {
                let _ = write!(self.text, "{value}");
            }
            None => self.text.push_str("\\N"),
        }
        self
    }

    /// Writes a text; the four characters with a special meaning in `COPY` are escaped.
    pub(super) fn text(&mut self, value: Option<&str>) -> &mut Self {
        self.separate();
        let Some(value) = value else {
            self.text.push_str("\\N");
            return self;
        };
        let mut rest = value;
        while let Some(position) = rest.find(['\\', '\t', '\n', '\r']) {
            self.text.push_str(&rest[..position]);
            self.text.push_str(match rest.as_bytes()[position] {
                b'\t' => "\\t",
                b'\n' => "\\n",
                b'\r' => "\\r",
                _ => "\\\\",
            });
            rest = &rest[position + 1..];
        }
        self.text.push_str(rest);
        self
    }

    pub(super) fn integer(&mut self, value: Option<impl Into<i64>>) -> &mut Self {
        self.shown(value.map(Into::into))
    }

    pub(super) fn number(&mut self, value: Option<f64>) -> &mut Self {
        self.shown(value)
    }

    pub(super) fn flag(&mut self, value: Option<bool>) -> &mut Self {
        self.shown(value)
    }

    pub(super) fn time(&mut self, value: Option<DateTime<Utc>>) -> &mut Self {
        self.shown(value.map(|time| time.to_rfc3339_opts(SecondsFormat::AutoSi, true)))
    }

    pub(super) fn day(&mut self, value: Option<NaiveDate>) -> &mut Self {
        self.shown(value)
    }

    pub(super) fn uuid(&mut self, value: Uuid) -> &mut Self {
        self.shown(Some(value))
    }

    /// Writes a `text[]` of column names, which need no quotes.
    pub(super) fn names(&mut self, names: &[&str]) -> &mut Self {
        self.separate();
        self.text.push('{');
        self.text.push_str(&names.join(","));
        self.text.push('}');
        self
    }

    /// Writes a `bytea`.
    pub(super) fn bytes(&mut self, bytes: &[u8]) -> &mut Self {
        self.separate();
        self.text.push_str("\\\\x");
        for byte in bytes {
            let _ = write!(self.text, "{byte:02x}");
        }
        self
    }

    pub(super) fn value(&mut self, value: Value<'_>) -> &mut Self {
        match value {
            Value::Null => self.text(None),
            Value::Flag(flag) => self.flag(Some(flag)),
            Value::Integer(integer) => self.integer(Some(integer)),
            Value::Text(text) => self.text(Some(text)),
            Value::Time(time) => self.time(Some(time)),
            Value::Names(names) => self.names(names),
        }
    }

    /// Writes columns that were formatted before, by [`row`].
    pub(super) fn written(&mut self, columns: &str) -> &mut Self {
        self.separate();
        self.text.push_str(columns);
        self
    }
}
