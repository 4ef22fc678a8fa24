//! The form of texts in which they are searched.

/// Converts to lower case without accents: "Ariane" finds "Arianespace", "gregory" finds "Grégory".
pub(super) fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let is_accent = |letter: &char| ('\u{0300}'..='\u{036f}').contains(letter);
    decomposed(text).chars().filter(|letter| !is_accent(letter)).flat_map(char::to_lowercase).collect()
}

/// Separates letters from their accents (NFD). Every browser has Unicode's tables; a copy would be larger than the palette.
#[cfg(feature = "hydrate")]
fn decomposed(text: &str) -> String {
    js_sys::JsString::from(text).normalize("NFD").into()
}

#[cfg(not(feature = "hydrate"))]
fn decomposed(text: &str) -> &str {
    text
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn case_is_folded_in_every_script() {
        assert_eq!(fold("Falcon 9"), "falcon 9");
        assert_eq!(fold("ВОСТОК"), "восток");
    }
}
