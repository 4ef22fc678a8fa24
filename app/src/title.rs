//! The content of the document's `<title>`.

/// Returns the title of the document from that of the page, in the form that leptos_meta needs.
///
/// On the server, leptos_meta (0.8.7) inserts what this returns unescaped between `<title>` and `</title>`; in the browser it assigns it
/// to `document.title`, which is text. So the result is escaped on the server and not in the browser. This formatter is the only place for
/// it, because every title passes through it: a page cannot forget to escape, and a page that escapes its own title would show `&amp;`.
pub(crate) fn of_document(page: &str) -> String {
    let title = if page.is_empty() { "Mooncoon".to_owned() } else { format!("{page} · Mooncoon") };
    if cfg!(feature = "ssr") { escaped(&title) } else { title }
}

/// Escapes text as the content of a `<title>`, where character references are parsed and tags are not, except the closing one. `>` needs
/// no escape there; it is escaped for less exact HTML parsers.
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
    fn the_server_escapes_a_title_and_the_browser_does_not() {
        let expected = if cfg!(feature = "ssr") { "&lt;b&gt; · Mooncoon" } else { "<b> · Mooncoon" };
        assert_eq!(of_document("<b>"), expected);
        assert_eq!(of_document(""), "Mooncoon");
    }
}
