//! RFC 4180 CSV that spreadsheets open as it was meant: one rule for the API's files and for what the page saves.

use std::borrow::Cow;

/// What stands before the head of a file, unless the reader does without: Excel takes a file that does not begin with it for one in the
/// machine's old code page, and shows "FranÃ§ois".
const BYTE_ORDER_MARK: char = '\u{feff}';

/// A file as it is written: lines end with CR LF, and cells are quoted where they must be.
#[derive(Clone, Debug)]
pub struct Csv {
    text: String,
}

impl Csv {
    /// An empty file, with the mark that tells a spreadsheet that it is UTF-8, or without it.
    pub fn new(has_mark: bool) -> Self {
        Self { text: if has_mark { BYTE_ORDER_MARK.to_string() } else { String::new() } }
    }

    /// One line of cells, which stand there as they are given: texts from elsewhere go through [`Csv::plain`].
    pub fn line<'cells>(&mut self, cells: impl IntoIterator<Item = Cow<'cells, str>>) {
        for (at, cell) in cells.into_iter().enumerate() {
            if at > 0 {
                self.text.push(',');
            }
            if cell.contains(['"', ',', '\r', '\n']) {
                self.text.push('"');
                self.text.push_str(&cell.replace('"', "\"\""));
                self.text.push('"');
            } else {
                self.text.push_str(&cell);
            }
        }
        self.text.push_str("\r\n");
    }

    /// A text that no spreadsheet takes for a formula: one that starts like one gets a leading apostrophe.
    ///
    /// Source: OWASP, CSV injection. Our own numbers do not go through here: they stay numbers, minus signs included. The wide forms
    /// are taken for the narrow ones by spreadsheets set to Japanese.
    pub fn plain(text: &str) -> Cow<'_, str> {
        if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠']) {
            Cow::Owned(format!("'{text}"))
        } else {
            Cow::Borrowed(text)
        }
    }

    pub fn into_text(self) -> String {
        self.text
    }
}
