//! Isolation of external text inside our own text.

use std::borrow::Cow;

/// First strong isolate: the following text has its own direction, that of its first strong letter.
const OPEN: char = '\u{2068}';
/// Pop directional isolate: the end of an isolate.
const CLOSE: char = '\u{2069}';

/// Isolates a text so that its writing direction does not affect the text around it, whatever letters or controls it
/// contains.
///
/// A name of another writing direction, or one with a control such as U+202E, reverses its neighbours: "·", digits, the
/// next name. Where no `<bdi>` is possible (titles, labels, feeds), Unicode recommends a pair of isolates around the
/// foreign text (UAX #9, section 5.2). Within them the text is unchanged. That includes embeddings that were never
/// closed, because the closing isolate ends them. Only unpaired isolates are repaired, since they would pair with ours:
/// an extra closing one is removed, a missing one is added.
///
/// Each line is isolated separately: the algorithm restarts after a line break, so a pair around the whole text would
/// have no effect. Text of one direction without controls, and text that is already isolated, is returned unchanged.
///
/// Rejected: removing the controls when a record is ingested. The API would no longer return what LL2 sent, and a name
/// in Arabic needs isolation although it contains no controls.
pub fn isolated(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || !text.chars().any(turns) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    let mut rest = text;
    while let Some(at) = rest.find(ends_line) {
        isolate_line(&rest[..at], &mut out);
        let end = at + rest[at..].chars().next().map_or(0, char::len_utf8);
        out.push_str(&rest[at..end]);
        rest = &rest[end..];
    }
    isolate_line(rest, &mut out);
    if out == text { Cow::Borrowed(text) } else { Cow::Owned(out) }
}

/// [`isolated`], in place.
pub fn isolate(text: &mut String) {
    if let Cow::Owned(isolated) = isolated(text) {
        *text = isolated;
    }
}

fn isolate_line(line: &str, out: &mut String) {
    if !line.chars().any(turns) || is_isolated(line) {
        out.push_str(line);
        return;
    }
    out.push(OPEN);
    let mut open = 0_usize;
    for letter in line.chars() {
        match letter {
            CLOSE if open == 0 => continue,
            CLOSE => open -= 1,
            letter if is_open(letter) => open += 1,
            _ => {}
        }
        out.push(letter);
    }
    out.extend(std::iter::repeat_n(CLOSE, open + 1));
}

/// Returns whether one pair of isolates encloses the whole line.
fn is_isolated(line: &str) -> bool {
    let Some(inner) = line.strip_prefix(OPEN).and_then(|rest| rest.strip_suffix(CLOSE)) else { return false };
    let mut open = 0_usize;
    for letter in inner.chars() {
        if is_open(letter) {
            open += 1;
        } else if letter == CLOSE {
            match open.checked_sub(1) {
                Some(fewer) => open = fewer,
                None => return false,
            }
        }
    }
    open == 0
}

fn is_open(letter: char) -> bool {
    matches!(letter, '\u{2066}'..='\u{2068}')
}

/// Returns whether a letter is written from right to left or is a direction control. Tests whole blocks: one letter too
/// many only costs two invisible marks.
fn turns(letter: char) -> bool {
    matches!(letter,
        '\u{0590}'..='\u{08FF}'
        | '\u{200E}' | '\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2066}'..='\u{2069}'
        | '\u{FB1D}'..='\u{FDFF}'
        | '\u{FE70}'..='\u{FEFE}'
        | '\u{10800}'..='\u{10FFF}'
        | '\u{1E800}'..='\u{1EFFF}')
}

/// Returns whether the Unicode algorithm ends a paragraph at this letter (class B).
fn ends_line(letter: char) -> bool {
    matches!(letter, '\n' | '\r' | '\u{1C}'..='\u{1E}' | '\u{85}' | '\u{2029}')
}
