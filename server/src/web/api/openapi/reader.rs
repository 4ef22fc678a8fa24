//! The API documentation for people: one page without a script, generated from the OpenAPI document.

use axum::{
    Extension,
    extract::{RawQuery, State},
    response::Html,
};
use serde_json::Value;

use super::Document;
use crate::web::{
    api::{problem::Problem, question::takes_no_keys},
    refusal::escaped,
    state::AppState,
};

/// The page at `/api/docs`.
pub(in crate::web::api) async fn page(
    Extension(document): Extension<Document>,
    State(state): State<AppState>,
    RawQuery(raw): RawQuery,
) -> Result<Html<String>, Problem> {
    takes_no_keys(raw.as_deref())?;
    let document = serde_json::to_value(&*document.0).map_err(|error| {
        tracing::error!(error = &error as &dyn std::error::Error, "could not write the description of the API");
        Problem::Internal
    })?;
    Ok(Html(write(&document, &state.site.assets().css)))
}

/// Writes the page. `stylesheet` is the one of the site; the page's policy allows no other style.
pub(super) fn write(document: &Value, stylesheet: &str) -> String {
    let stylesheet = match stylesheet {
        "" => String::new(),
        address => format!("<link rel=\"stylesheet\" href=\"{}\">", escaped(address)),
    };
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>API · Mooncoon</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><meta name=\"color-scheme\" content=\"dark light\">\
         <link rel=\"icon\" href=\"/favicon.svg\" type=\"image/svg+xml\">{stylesheet}<script src=\"/theme.js\"></script></head>\n\
         <body><main class=\"wrap api\"><h1>API</h1><p class=\"m\">{}</p>\
         <p class=\"row\"><a href=\"/api/openapi.json\">openapi.json</a><a href=\"/\">Board</a></p>\n",
        prose(&document["info"]["description"])
    );
    for (path, item) in members(&document["paths"]) {
        route(&mut out, path, &item["get"]);
    }
    out.push_str("<h2 id=\"forms\">Forms</h2>\n");
    for (name, schema) in members(&document["components"]["schemas"]) {
        let name = escaped(name);
        out.push_str(&format!("<section class=\"panel pad\" id=\"{name}\"><h3 class=\"mono\">{name}</h3>"));
        out.push_str(&format!("<p class=\"m\">{}</p>", prose(&schema["description"])));
        fields(&mut out, schema);
        out.push_str("</section>\n");
    }
    out.push_str("</main></body></html>\n");
    out
}

fn route(out: &mut String, path: &str, operation: &Value) {
    let id = text(&operation["operationId"]);
    out.push_str(&format!("<section class=\"panel pad\" id=\"op-{id}\"><h2 class=\"mono\">GET {}</h2>", escaped(path)));
    out.push_str(&format!("<p>{}</p>", prose(&operation["summary"])));
    let keys = operation["parameters"].as_array().map(Vec::as_slice).unwrap_or_default();
    if !keys.is_empty() {
        out.push_str(&format!("<details><summary>Keys ({})</summary><dl>", keys.len()));
        for key in keys {
            let place = if key["in"] == "path" { " (in the path)" } else { "" };
            let required = if key["required"] == true && place.is_empty() { " (required)" } else { "" };
            out.push_str(&format!("<dt class=\"mono\">{}{place}{required}</dt>", text(&key["name"])));
            out.push_str(&format!(
                "<dd>{} <span class=\"m\">{}</span></dd>",
                prose(&key["description"]),
                kind(&key["schema"])
            ));
        }
        out.push_str("</dl></details>");
    }
    out.push_str("<dl>");
    for (status, response) in members(&operation["responses"]) {
        out.push_str(&format!("<dt class=\"mono\">{}</dt><dd>{}", escaped(status), prose(&response["description"])));
        for (media, content) in members(&response["content"]) {
            let kind = kind(&content["schema"]);
            let colon = if kind.is_empty() { "" } else { ": " };
            out.push_str(&format!(" <span class=\"m\">{}{colon}{kind}</span>", escaped(media)));
        }
        out.push_str("</dd>");
    }
    out.push_str("</dl></section>\n");
}

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
fn kind(schema: &Value) -> String {
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

fn members(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

/// Returns a description as HTML. What the description has between backticks is code.
fn prose(value: &Value) -> String {
    let mut out = String::new();
    for (place, part) in value.as_str().unwrap_or_default().split('`').enumerate() {
        let part = escaped(part);
        out.push_str(&if place % 2 == 1 { format!("<code>{part}</code>") } else { part.to_string() });
    }
    out
}

/// Returns a text of the document, escaped for HTML.
fn text(value: &Value) -> String {
    escaped(value.as_str().unwrap_or_default())
}
