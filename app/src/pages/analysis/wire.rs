//! A chart with its method as one text, as the server sends it.

use crate::charts::Figure;

/// Separates the method, which says how the numbers were computed, from the packed figure.
const END_OF_METHOD: char = '\u{1c}';

#[cfg(feature = "ssr")]
pub(super) fn packed(answer: &crate::charts::analysis::Answer) -> String {
    format!("{}{END_OF_METHOD}{}", answer.method, answer.figure.packed())
}

/// Returns the method and the figure. None if the text is damaged, or empty.
pub(super) fn unpacked(text: &str) -> Option<(&str, Figure)> {
    let (method, figure) = text.split_once(END_OF_METHOD)?;
    Some((method, Figure::unpacked(figure)?))
}
