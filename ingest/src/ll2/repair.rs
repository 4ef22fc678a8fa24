//! Repairs JSON that is well-formed but that serde_json rejects: one such value must not cost the whole record.
//!
//! Used only if a record cannot be parsed as it is, so that other records have no overhead. Rejected: a lenient parser
//! for everything. It would be slower for all records and would still have to choose between two values of one key.

use serde_json::Value;

/// Deeper than anything LL2 sends (it reaches 9), and less than serde_json's limit of 128.
const DEEPEST: usize = 100;

/// Returns the record as a tree. Lone surrogates become U+FFFD; numbers beyond a double and values nested too deeply
/// become null; of a repeated key the last value is used, as in JavaScript and Python. None if it still cannot be
/// parsed.
pub(crate) fn tree(record: &str) -> Option<Value> {
    serde_json::from_str(&repaired(record)).ok()
}

/// Returns a copy of the record with the values replaced that the parser rejects.
fn repaired(record: &str) -> String {
    let bytes = record.as_bytes();
    let mut text = String::with_capacity(record.len());
    // The text between `copied` and `at` is valid and not copied yet.
    let (mut copied, mut at, mut depth) = (0, 0, 0_usize);
    while let Some(byte) = bytes.get(at) {
        let end = match byte {
            b'"' => {
                let end = string_end(bytes, at);
                for escape in lone_surrogates(&bytes[at..end]) {
                    text.push_str(record.get(copied..at + escape).unwrap_or_default());
                    text.push_str("\\ufffd");
                    copied = at + escape + 6;
                }
                at = end;
                continue;
            }
            b'{' | b'[' if depth == DEEPEST => container_end(bytes, at),
            b'{' | b'[' => {
                depth += 1;
                at += 1;
                continue;
            }
            b'}' | b']' => {
                depth = depth.saturating_sub(1);
                at += 1;
                continue;
            }
            b'-' | b'0'..=b'9' => {
                let end = number_end(bytes, at);
                let is_finite =
                    record.get(at..end).and_then(|text| text.parse::<f64>().ok()).is_some_and(f64::is_finite);
                if is_finite {
                    at = end;
                    continue;
                }
                end
            }
            _ => {
                at += 1;
                continue;
            }
        };
        text.push_str(record.get(copied..at).unwrap_or_default());
        text.push_str("null");
        (copied, at) = (end, end);
    }
    text.push_str(record.get(copied..).unwrap_or_default());
    text
}

/// Returns the position after the closing quote.
fn string_end(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    loop {
        match bytes.get(at) {
            Some(b'"') => return at + 1,
            Some(b'\\') => at += 2,
            Some(_) => at += 1,
            None => return bytes.len(),
        }
    }
}

/// Returns the position after the bracket that closes the one at `start`.
fn container_end(bytes: &[u8], start: usize) -> usize {
    let (mut at, mut depth) = (start, 0_usize);
    loop {
        match bytes.get(at) {
            Some(b'"') => {
                at = string_end(bytes, at);
                continue;
            }
            Some(b'{' | b'[') => depth += 1,
            Some(b'}' | b']') if depth == 1 => return at + 1,
            Some(b'}' | b']') => depth -= 1,
            Some(_) => {}
            None => return bytes.len(),
        }
        at += 1;
    }
}

fn number_end(bytes: &[u8], start: usize) -> usize {
    let is_part = |byte: &u8| matches!(byte, b'-' | b'+' | b'.' | b'e' | b'E' | b'0'..=b'9');
    let rest = bytes.get(start..).unwrap_or_default();
    start + rest.iter().position(|byte| !is_part(byte)).unwrap_or(rest.len())
}

/// Returns the positions of unpaired surrogate escapes in a string, counted from its opening quote.
fn lone_surrogates(string: &[u8]) -> Vec<usize> {
    let unit = |at: usize| {
        let escape = string.get(at..at + 6)?;
        let digits = escape.strip_prefix(b"\\u")?;
        u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
    };
    let mut found = Vec::new();
    let mut at = 1;
    while at < string.len() {
        if string[at] != b'\\' {
            at += 1;
            continue;
        }
        at += match unit(at) {
            Some(0xd800..=0xdbff) if matches!(unit(at + 6), Some(0xdc00..=0xdfff)) => 12,
            Some(0xd800..=0xdfff) => {
                found.push(at);
                6
            }
            Some(_) => 6,
            None => 2,
        };
    }
    found
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn lone_surrogates_are_replaced_everywhere_and_pairs_are_kept() {
        for (text, expected) in [
            (r#""\ud800""#, "\u{fffd}"),
            (r#""a\uDFFFb""#, "a\u{fffd}b"),
            (r#""\ud83d\ude80""#, "\u{1f680}"),
            (r#""\ud83d\ud83d\ude80""#, "\u{fffd}\u{1f680}"),
            (r#""\ude80\ud83d""#, "\u{fffd}\u{fffd}"),
            (r#""\ud83dx\\ud800\"\ud800""#, "\u{fffd}x\\ud800\"\u{fffd}"),
            (r#""ü\ud800é""#, "ü\u{fffd}é"),
            (r#""\ud8\u0041""#, "none"),
        ] {
            let tree = tree(&format!("{{\"k\\ud800\":[{text}]}}"));
            let expected = (expected != "none").then(|| json!({"k\u{fffd}": [expected]}));
            assert_eq!(tree, expected, "{text}");
        }
    }

    #[test]
    fn numbers_beyond_a_double_deep_nesting_and_repeated_keys_are_repaired() {
        let deep = format!(
            r#"{{"a":{}1{},"b":-1e999,"c":1e308,"d":1,"d":2,"e":"1e999"}}"#,
            "[".repeat(5000),
            "]".repeat(5000)
        );
        let tree = tree(&deep).expect("it can be read");
        assert_eq!(
            (&tree["b"], &tree["c"], &tree["d"], &tree["e"]),
            (&Value::Null, &json!(1e308), &json!(2), &json!("1e999"))
        );
        let mut depth = 0;
        let mut at = &tree["a"];
        while let Some(inner) = at.get(0) {
            (at, depth) = (inner, depth + 1);
        }
        assert!(at.is_null() && depth == DEEPEST - 1, "{depth}");
    }

    #[test]
    fn invalid_json_has_no_tree() {
        for text in ["", "{", "\"\\", "\"\\ud8", "[1e", "[[", "{\"a\":\"\\u", "]"] {
            assert_eq!(tree(text), None, "{text}");
        }
    }
}
