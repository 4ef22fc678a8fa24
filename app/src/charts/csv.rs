use domain::Csv;

use super::Table;

impl Table {
    /// Returns the table as CSV for a spreadsheet; no cell can start a formula.
    pub fn to_csv(&self) -> String {
        let mut csv = Csv::new(true);
        csv.line(self.head.iter().map(|cell| Csv::plain(cell)));
        for row in &self.rows {
            let cells = std::iter::once(&row.label).chain(&row.cells);
            csv.line(cells.map(|cell| Csv::plain(cell)));
        }
        csv.into_text()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::Row;

    #[test]
    fn a_saved_table_opens_in_a_spreadsheet_as_it_was_shown() {
        let table = Table {
            head: vec!["Pad".to_owned(), "Launches".to_owned()],
            rows: vec![
                Row { label: "Pad 1, \"Cosmodrome\"".to_owned(), cells: vec!["3".to_owned()], select: None },
                Row { label: "=1+1".to_owned(), cells: vec!["".to_owned()], select: None },
                Row { label: "-2,5".to_owned(), cells: vec!["two\nlines".to_owned()], select: None },
            ],
        };
        let expected =
            "\u{feff}Pad,Launches\r\n\"Pad 1, \"\"Cosmodrome\"\"\",3\r\n'=1+1,\r\n\"'-2,5\",\"two\nlines\"\r\n";
        assert_eq!(table.to_csv(), expected);
    }
}
