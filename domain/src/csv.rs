//! CSV according to RFC 4180 that spreadsheets open correctly. The API's files and the files that the page saves share
//! it.

use std::borrow::Cow;

/// Written before the header line, unless the caller omits it. Excel reads a file without it in the machine's legacy
/// code page, and shows "FranÃ§ois".
const BYTE_ORDER_MARK: char = '\u{feff}';

/// A CSV file: lines end with CR LF, and cells are quoted where necessary.
#[derive(Clone, Debug)]
pub struct Csv {
    text: String,
}

impl Csv {
    /// Creates an empty file, with or without the byte order mark that identifies it as UTF-8 to a spreadsheet.
    pub fn new(has_mark: bool) -> Self {
        Self { text: if has_mark { BYTE_ORDER_MARK.to_string() } else { String::new() } }
    }

    /// Writes one line. Cells are written unchanged except for quoting: pass text from other sources through
    /// [`Csv::plain`] first.
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

    /// Prevents a text from being read as a formula by a spreadsheet: adds a leading apostrophe if it starts like one.
    ///
    /// Source: OWASP, CSV injection. Our own numbers do not go through this function: they stay numbers, minus signs
    /// included. Spreadsheets set to Japanese treat the full-width forms like the ASCII ones.
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
