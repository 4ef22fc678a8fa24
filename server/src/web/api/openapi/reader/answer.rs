use serde_json::Value;

use super::{
    forms::kind,
    text::{members, prose},
};
use crate::web::plain_page::escaped;

/// Writes what a response is, and its body.
pub(super) fn answer(out: &mut String, response: &Value) {
    out.push_str(&prose(&response["description"]));
    for (media, content) in members(&response["content"]) {
        let kind = kind(&content["schema"]);
        let colon = if kind.is_empty() { "" } else { ": " };
        out.push_str(&format!(" <span class=\"m\">{}{colon}{kind}</span>", escaped(media)));
    }
}
