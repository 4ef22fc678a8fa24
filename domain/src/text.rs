//! Text from outside within text of ours.

use std::borrow::Cow;

/// First strong isolate: what follows has a direction of its own, that of its first letter.
const OPEN: char = '\u{2068}';
/// Pop directional isolate: the end of what an isolate began.
const CLOSE: char = '\u{2069}';

/// The text so that its direction ends with it, whatever letters or controls it holds.
///
/// A name of another writing direction, or one with a control such as U+202E, turns around what stands beside it: "·", digits, the next
/// name. Unicode's answer for plain text, where no `<bdi>` can stand (titles, labels, feeds), is a pair of isolates around the foreign text
/// (UAX #9, section 5.2). Within them the text is kept as it is, embeddings that were never closed included: the closing isolate ends those.
/// Only isolates without their other half are mended, since they would pair with ours: a closing one too many is left out, a missing one
/// is added.
///
/// Each line is isolated alone: the algorithm begins anew after a line break, where a pair around all of the text would have no effect.
/// Text of one direction without controls, and text that is isolated already, comes back as it is.
///
/// Rejected: to take the controls out when a record comes in. The API would no longer give what LL2 gave, and a name in Arabic needs its
/// isolation without having any.
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

/// One pair of isolates stands around the whole line.
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

/// Letters that are written from right to left, and controls of direction. Whole blocks: a letter too many costs two marks that nobody sees.
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

/// What the algorithm of Unicode ends a paragraph at (class B).
fn ends_line(letter: char) -> bool {
    matches!(letter, '\n' | '\r' | '\u{1C}'..='\u{1E}' | '\u{85}' | '\u{2029}')
}
