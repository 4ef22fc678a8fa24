//! The forms of bodies: the schemas of the document.

use serde_json::Value;

use super::text::{members, prose, text};
use crate::web::plain_page::escaped;

/// The id of the section.
pub(super) const ID: &str = "forms";
/// The heading of the section.
pub(super) const TITLE: &str = "Forms";

pub(super) fn write(out: &mut String, document: &Value) {
    out.push_str(&format!("<h2 id=\"{ID}\">{TITLE}</h2>\n"));
    for (name, schema) in members(&document["components"]["schemas"]) {
        let name = escaped(name);
        out.push_str(&format!("<section class=\"panel pad\" id=\"{name}\"><h3 class=\"mono\">{name}</h3>"));
        if schema["description"].is_string() {
            out.push_str(&format!("<p class=\"m\">{}</p>", prose(&schema["description"])));
        }
        fields(out, schema);
        out.push_str("</section>\n");
    }
}

/// Writes the fields of a form, or its words.
fn fields(out: &mut String, schema: &Value) {
    for part in schema["allOf"].as_array().into_iter().flatten() {
        if part["$ref"].is_string() {
            out.push_str(&format!("<p>With every field of {}.</p>", kind(part)));
        } else {
            fields(out, part);
        }
    }
    let words = schema["enum"].as_array().map(Vec::as_slice).unwrap_or_default();
    if !words.is_empty() {
        out.push_str(&format!("<p class=\"mono\">{}</p>", words.iter().map(text).collect::<Vec<_>>().join(", ")));
    }
    if schema["properties"].is_object() {
        out.push_str("<dl>");
        for (name, field) in members(&schema["properties"]) {
            out.push_str(&format!("<dt class=\"mono\">{}</dt>", escaped(name)));
            out.push_str(&format!(
                "<dd><span class=\"m\">{}</span> {}</dd>",
                kind(field),
                prose(&field["description"])
            ));
        }
        out.push_str("</dl>");
    }
}

/// Returns the type of a value, with a link to its schema.
pub(super) fn kind(schema: &Value) -> String {
    if let Some(name) = schema["$ref"].as_str().and_then(|reference| reference.rsplit('/').next()) {
        let name = escaped(name);
        return format!("<a href=\"#{name}\">{name}</a>");
    }
    let choices = schema["oneOf"].as_array().or_else(|| schema["anyOf"].as_array());
    if let Some(choices) = choices {
        return choices.iter().map(kind).collect::<Vec<_>>().join(" or ");
    }
    let types: Vec<String> = match &schema["type"] {
        Value::Array(types) => types.iter().map(text).collect(),
        one => vec![text(one)],
    };
    let mut words = types.join(" or ");
    if schema["items"].is_object() {
        words.push_str(&format!(" of {}", kind(&schema["items"])));
    }
    if let Some(format) = schema["format"].as_str() {
        words.push_str(&format!(" ({})", escaped(format)));
    }
    if let Some(values) = schema["enum"].as_array() {
        words.push_str(&format!(": {}", values.iter().map(text).collect::<Vec<_>>().join(", ")));
    }
    words
}
