use std::borrow::Cow;

use crate::text::isolated;

/// Returns for each line how many isolates are open at its end, and whether an isolate was closed that was not open.
fn balance(text: &str) -> Vec<(usize, bool)> {
    let line = |line: &str| {
        line.chars().fold((0_usize, false), |(open, broken), letter| match letter {
            '\u{2066}'..='\u{2068}' => (open + 1, broken),
            '\u{2069}' => (open.saturating_sub(1), broken || open == 0),
            _ => (open, broken),
        })
    };
    text.split(['\n', '\r', '\u{85}', '\u{2029}']).map(line).collect()
}

#[test]
fn text_of_one_direction_is_unchanged() {
    for text in ["", "Falcon 9 Block 5", "Ariane · Kourou", "東方紅", "Союз-2.1б", "a<b>&\"'", "two\nlines"] {
        assert!(matches!(isolated(text), Cow::Borrowed(same) if same == text), "{text:?}");
    }
}

#[test]
fn a_name_with_another_direction_is_isolated() {
    assert_eq!(isolated("\u{202E}gpj.exe"), "\u{2068}\u{202E}gpj.exe\u{2069}");
    assert_eq!(isolated("סולאר"), "\u{2068}סולאר\u{2069}");
    assert_eq!(isolated("a\u{200F}"), "\u{2068}a\u{200F}\u{2069}");
    assert_eq!(isolated("\u{61C}1"), "\u{2068}\u{61C}1\u{2069}");
}

#[test]
fn unpaired_isolates_do_not_affect_the_surrounding_text() {
    assert_eq!(isolated("a\u{2069}b"), "\u{2068}ab\u{2069}");
    assert_eq!(isolated("a\u{2067}b"), "\u{2068}a\u{2067}b\u{2069}\u{2069}");
    assert_eq!(
        isolated("\u{2068}a\u{2069}\u{202E}\u{2068}b\u{2069}"),
        "\u{2068}\u{2068}a\u{2069}\u{202E}\u{2068}b\u{2069}\u{2069}"
    );
}

#[test]
fn controls_are_closed_before_a_line_break() {
    assert_eq!(isolated("a\n\u{202E}b"), "a\n\u{2068}\u{202E}b\u{2069}");
    assert_eq!(isolated("\u{2066}a\u{2029}b"), "\u{2068}\u{2066}a\u{2069}\u{2069}\u{2029}b");
}

#[test]
fn any_text_becomes_balanced_and_isolating_is_idempotent() {
    // Every text of five letters of these eight.
    let letters = ['a', 'ב', '\u{202E}', '\u{202C}', '\u{2067}', '\u{2068}', '\u{2069}', '\n'];
    for number in 0..letters.len().pow(5) {
        let text: String = (0..5_u32).map(|place| letters[number / letters.len().pow(place) % letters.len()]).collect();
        let once = isolated(&text);
        assert!(balance(&once).iter().all(|line| *line == (0, false)), "{text:?} became {once:?}");
        assert_eq!(isolated(&once), once, "{text:?}");
        let plain = |text: &str| text.replace(|letter| matches!(letter, '\u{2066}'..='\u{2069}'), "");
        assert_eq!(plain(&once), plain(&text));
    }
}
