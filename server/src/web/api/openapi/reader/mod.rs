//! The API documentation for people: one page without a script, generated from the OpenAPI document.

mod answer;
mod bar;
mod forms;
mod routes;
mod statuses;
#[cfg(test)]
mod tests;
mod text;

use axum::{
    Extension,
    extract::{RawQuery, State},
    response::Html,
};
use serde_json::Value;

use self::{
    routes::Groups,
    statuses::Statuses,
    text::{members, prose},
};
use super::Document;
use crate::web::{
    api::{problem::Problem, question::takes_no_keys},
    plain_page::{escaped, plain_page},
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
    Ok(Html(plain_page("API", &state.site.assets().css, &body(&document))))
}

/// Writes everything that is visible.
fn body(document: &Value) -> String {
    let groups = Groups::of(document);
    let statuses = Statuses::of(document);
    let mut out = bar::top();
    out.push_str(&format!(
        "<main id=\"main\" class=\"wrap api\" tabindex=\"-1\">\n<header class=\"api-head\"><h1>API</h1><p>{}</p>\
         <p class=\"s13 m\">For programs: <a href=\"/api/openapi.json\">openapi.json</a>, an OpenAPI document.</p></header>\n",
        prose(&document["info"]["description"])
    ));
    contents(&mut out, document, &groups);
    out.push_str("<div class=\"api-body\">\n");
    groups.write(&mut out, &statuses);
    statuses.write(&mut out);
    forms::write(&mut out, document);
    out.push_str("</div>\n</main>\n");
    out.push_str(&bar::foot());
    out
}

/// Writes the table of contents. The forms are folded: a reader comes to most of them through a link of a route.
fn contents(out: &mut String, document: &Value, groups: &Groups<'_>) {
    out.push_str("<nav class=\"panel pad api-contents\" aria-label=\"Contents\"><ul>");
    groups.contents(out);
    out.push_str(&format!("<li><a href=\"#{}\">{}</a></li>", statuses::ID, statuses::TITLE));
    out.push_str(&format!(
        "<li><a href=\"#{}\">{}</a><details><summary>Each form</summary><ul>",
        forms::ID,
        forms::TITLE
    ));
    for (name, _) in members(&document["components"]["schemas"]) {
        let name = escaped(name);
        out.push_str(&format!("<li><a class=\"mono\" href=\"#{name}\">{name}</a></li>"));
    }
    out.push_str("</ul></details></li></ul></nav>\n");
}
