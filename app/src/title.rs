//! What stands in the document's `<title>`.

/// The title of the document from that of the page, as leptos_meta is to write it.
///
/// leptos_meta (0.8.7) pastes what this returns between `<title>` and `</title>` on the server, as it is; in the browser it hands it to
/// `document.title`, which is text. So the server's half escapes and the browser's does not. It is done here, in the one formatter through
/// which every title goes: a page that sets a title cannot forget it, and a page that escapes its own would show `&amp;`.
pub(crate) fn of_document(page: &str) -> String {
    let title = if page.is_empty() { "Mooncoon".to_owned() } else { format!("{page} · Mooncoon") };
    if cfg!(feature = "ssr") { escaped(&title) } else { title }
}

/// Text as the content of a `<title>`, where references are read and tags are not, but for the one that ends it. `>` is none of that,
/// and is escaped for whatever reads HTML less exactly.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_cannot_end_its_element() {
        let hostile = "</title><meta http-equiv=refresh content=\"0;url=https://evil.example/\">";
        assert!(!escaped(hostile).contains('<'));
        assert_eq!(escaped("A & B &lt; \"C\" > D"), "A &amp; B &amp;lt; \"C\" &gt; D");
    }

    #[test]
    fn the_half_that_writes_html_escapes_and_the_other_does_not() {
        let expected = if cfg!(feature = "ssr") { "&lt;b&gt; · Mooncoon" } else { "<b> · Mooncoon" };
        assert_eq!(of_document("<b>"), expected);
        assert_eq!(of_document(""), "Mooncoon");
    }
}
