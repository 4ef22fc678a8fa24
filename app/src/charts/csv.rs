use super::Table;

impl Table {
    /// The table as RFC 4180 CSV; no cell can start a formula.
    pub fn to_csv(&self) -> String {
        let mut text = String::new();
        line(&mut text, self.head.iter().map(String::as_str));
        for row in &self.rows {
            line(&mut text, std::iter::once(row.label.as_str()).chain(row.cells.iter().map(String::as_str)));
        }
        text
    }
}

fn line<'cells>(text: &mut String, cells: impl Iterator<Item = &'cells str>) {
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            text.push(',');
        }
        // An apostrophe in front makes it a text: OWASP, CSV injection. The wide forms are taken for the narrow ones by
        // spreadsheets set to Japanese.
        let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠']);
        let must_be_quoted = cell.contains(['"', ',', '\r', '\n']);
        let quote = if must_be_quoted { "\"" } else { "" };
        text.push_str(quote);
        if is_formula {
            text.push('\'');
        }
        text.push_str(&cell.replace('"', "\"\""));
        text.push_str(quote);
    }
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::Row;

    #[test]
    fn cells_are_quoted_where_they_must_be_and_never_start_a_formula() {
        let table = Table {
            head: vec!["Pad".to_owned(), "Launches".to_owned()],
            rows: vec![
                Row { label: "Pad 1, \"Cosmodrome\"".to_owned(), cells: vec!["3".to_owned()], select: None },
                Row { label: "=1+1".to_owned(), cells: vec!["".to_owned()], select: None },
                Row { label: "-2,5".to_owned(), cells: vec!["two\nlines".to_owned()], select: None },
            ],
        };
        let expected = "Pad,Launches\r\n\"Pad 1, \"\"Cosmodrome\"\"\",3\r\n'=1+1,\r\n\"'-2,5\",\"two\nlines\"\r\n";
        assert_eq!(table.to_csv(), expected);
    }
}
