use proptest::prelude::*;

use crate::Words;

/// Returns the text with the matches in brackets.
fn marked(search: &str, text: &str) -> String {
    let parts = Words::of(search).split(text).into_iter();
    parts.map(|part| if part.hit { format!("[{}]", part.text) } else { part.text.to_owned() }).collect()
}

#[test]
fn every_word_is_found_at_any_position() {
    assert_eq!(marked("falcon", "Falcon 9 falcon"), "[Falcon] 9 [falcon]");
    assert_eq!(marked("9 fal", "Falcon 9"), "[Fal]con [9]");
    assert_eq!(marked("", "Falcon 9"), "Falcon 9");
    assert_eq!(marked("ariane", "Falcon 9"), "Falcon 9");
}

#[test]
fn overlapping_and_adjacent_words_are_one_mark() {
    assert_eq!(marked("fal alc", "Falcon"), "[Falc]on");
    assert_eq!(marked("fal con", "Falcon"), "[Falcon]");
}

#[test]
fn letters_that_change_their_length_in_lower_case_keep_their_place() {
    assert_eq!(marked("i", "İstanbul i"), "[İ]stanbul [i]");
    assert_eq!(marked("chōng", "CHŌNG QING"), "[CHŌNG] QING");
}

proptest! {
    #[test]
    fn the_parts_concatenate_to_the_text(search in ".{0,12}", text in ".{0,60}") {
        let words = Words::of(&search);
        let whole: String = words.split(&text).into_iter().map(|part| part.text).collect();
        prop_assert_eq!(whole, text);
    }
}
