//! The bar and the foot of every page of the site, without what needs a script.

use domain::route::navigation;

/// The sprite has the logo, which takes its colours from the style sheet.
pub(super) fn top() -> String {
    format!(
        "<a class=\"skip\" href=\"#main\">Skip to content</a>\
         <header class=\"top\"><div class=\"wrap\">\
         <a class=\"brand\" href=\"/\"><svg aria-hidden=\"true\"><use href=\"#mask\"></use></svg>Mooncoon</a>\
         <nav class=\"nav\" aria-label=\"Main\">{}</nav></div></header>\n{}\n",
        links(),
        app::SPRITE
    )
}

pub(super) fn foot() -> String {
    format!(
        "<footer class=\"foot\"><div class=\"wrap\"><span>Launch data: \
         <a href=\"https://thespacedevs.com\" rel=\"noopener noreferrer\">The Space Devs</a>, Launch Library 2.</span>\
         <nav class=\"row\" aria-label=\"About the data\">{}</nav></div></footer>",
        links()
    )
}

fn links() -> String {
    navigation().map(|page| format!("<a href=\"{}\">{}</a>", page.path, page.name)).collect()
}
