//! Pages without the application: errors, and the description of the API.

/// Builds a page in the look of the site. `stylesheet` is the address of the site's style sheet: the policy allows no
/// style in the page, and no script in it.
pub(super) fn plain_page(title: &str, stylesheet: &str, body: &str) -> String {
    let stylesheet = match stylesheet {
        "" => String::new(),
        address => format!("<link rel=\"stylesheet\" href=\"{}\">", escaped(address)),
    };
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{} · Mooncoon</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><meta name=\"color-scheme\" content=\"dark light\">\
         <link rel=\"icon\" href=\"/favicon.svg\" type=\"image/svg+xml\">{stylesheet}<script src=\"/theme.js\"></script></head>\n\
         <body>{body}</body></html>\n",
        escaped(title)
    )
}

/// Escapes a text for HTML.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}
