use serde_json::Value;

use crate::web::plain_page::escaped;

/// Returns the members of an object, in its order.
pub(super) fn members(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

/// Returns a description as HTML. What the description has between backticks is code.
pub(super) fn prose(value: &Value) -> String {
    let mut out = String::new();
    for (place, part) in value.as_str().unwrap_or_default().split('`').enumerate() {
        let part = escaped(part);
        out.push_str(&if place % 2 == 1 { format!("<code>{part}</code>") } else { part });
    }
    out
}

/// Returns a text of the document, escaped for HTML.
pub(super) fn text(value: &Value) -> String {
    escaped(value.as_str().unwrap_or_default())
}
