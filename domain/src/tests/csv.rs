use std::borrow::Cow;

use proptest::prelude::*;

use crate::Csv;

fn file(has_mark: bool, lines: &[Vec<&str>]) -> String {
    let mut csv = Csv::new(has_mark);
    for line in lines {
        csv.line(line.iter().map(|cell| Cow::Borrowed(*cell)));
    }
    csv.into_text()
}

#[test]
fn cells_are_quoted_where_necessary_and_numbers_are_unchanged() {
    let lines = [vec!["pad", "latitude"], vec!["Pad 1, \"Cosmodrome\"", "-2.5"], vec!["two\nlines", ""]];
    assert_eq!(file(false, &lines), "pad,latitude\r\n\"Pad 1, \"\"Cosmodrome\"\"\",-2.5\r\n\"two\nlines\",\r\n");
}

#[test]
fn the_byte_order_mark_is_written_once_at_the_start_if_requested() {
    let lines = [vec!["a"], vec!["François"]];
    assert_eq!(file(true, &lines), "\u{feff}a\r\nFrançois\r\n");
    assert_eq!(file(false, &lines), "a\r\nFrançois\r\n");
    assert_eq!(file(true, &[]), "\u{feff}");
}

#[test]
fn a_text_that_looks_like_a_formula_is_escaped() {
    for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\0=1", "＝1", "＋1", "－1", "＠x"] {
        assert_eq!(Csv::plain(formula), format!("'{formula}"));
    }
    for text in ["Falcon 9 = fine", "", "Ünïcödé", "'=1"] {
        assert_eq!(Csv::plain(text), text);
    }
}

/// A separate RFC 4180 parser for the round trip.
fn read(text: &str) -> Vec<Vec<String>> {
    let (mut records, mut record, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                cell.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => record.push(std::mem::take(&mut cell)),
            '\r' if !quoted && letters.peek() == Some(&'\n') => {
                letters.next();
                record.push(std::mem::take(&mut cell));
                records.push(std::mem::take(&mut record));
            }
            letter => cell.push(letter),
        }
    }
    records
}

proptest! {
    #[test]
    fn any_written_table_parses_back(lines in prop::collection::vec(prop::collection::vec("(?s).{0,12}", 2..5), 0..6)) {
        let mut csv = Csv::new(false);
        for line in &lines {
            csv.line(line.iter().map(|cell| Cow::Borrowed(cell.as_str())));
        }
        prop_assert_eq!(read(&csv.into_text()), lines);
    }
}
