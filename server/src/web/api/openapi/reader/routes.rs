//! The routes, in groups by their tag.

use std::cmp::Reverse;

use serde_json::Value;

use super::{
    answer::answer,
    forms::kind,
    statuses::{Statuses, is_shared},
    text::{members, prose, text},
};
use crate::web::plain_page::escaped;

/// The groups, the largest first.
pub(super) struct Groups<'a>(Vec<(&'a str, Vec<Route<'a>>)>);

struct Route<'a> {
    path: &'a str,
    operation: &'a Value,
}

impl<'a> Groups<'a> {
    pub(super) fn of(document: &'a Value) -> Self {
        let mut groups: Vec<(&str, Vec<Route<'_>>)> = Vec::new();
        for (path, item) in members(&document["paths"]) {
            let route = Route { path, operation: &item["get"] };
            let tag = route.operation["tags"][0].as_str().unwrap_or_default();
            match groups.iter_mut().find(|(name, _)| *name == tag) {
                Some((_, routes)) => routes.push(route),
                None => groups.push((tag, vec![route])),
            }
        }
        groups.sort_by_key(|(_, routes)| Reverse(routes.len()));
        Self(groups)
    }

    pub(super) fn contents(&self, out: &mut String) {
        for (tag, routes) in &self.0 {
            out.push_str(&format!("<li><a href=\"#{}\">{}</a><ul>", id(tag), title(tag)));
            for route in routes {
                let path = escaped(route.path);
                out.push_str(&format!("<li><a class=\"mono\" href=\"#{}\">{path}</a></li>", route.id()));
            }
            out.push_str("</ul></li>");
        }
    }

    pub(super) fn write(&self, out: &mut String, statuses: &Statuses<'_>) {
        for (tag, routes) in &self.0 {
            out.push_str(&format!("<h2 id=\"{}\">{}</h2>\n", id(tag), title(tag)));
            for route in routes {
                route.write(out, statuses);
            }
        }
    }
}

impl Route<'_> {
    /// Its name in the document, which differs from every name of a form by its beginning.
    fn id(&self) -> String {
        format!("op-{}", text(&self.operation["operationId"]))
    }

    fn write(&self, out: &mut String, statuses: &Statuses<'_>) {
        let Self { path, operation } = self;
        out.push_str(&format!(
            "<section class=\"panel pad\" id=\"{}\"><h3 class=\"mono\">GET {}</h3><p>{}</p>",
            self.id(),
            escaped(path),
            prose(&operation["summary"])
        ));
        keys(out, operation);
        out.push_str("<dl>");
        let (shared, own): (Vec<_>, Vec<_>) =
            members(&operation["responses"]).partition(|(status, _)| is_shared(status));
        for (status, response) in own {
            out.push_str(&format!("<dt class=\"mono\">{}</dt><dd>", escaped(status)));
            answer(out, response);
            out.push_str("</dd>");
        }
        if !shared.is_empty() {
            let links: Vec<_> = shared.into_iter().map(|(status, response)| statuses.link(status, response)).collect();
            out.push_str(&format!("<dt>Also</dt><dd class=\"mono\">{}</dd>", links.join(", ")));
        }
        out.push_str("</dl></section>\n");
    }
}

fn keys(out: &mut String, operation: &Value) {
    let keys = operation["parameters"].as_array().map(Vec::as_slice).unwrap_or_default();
    if keys.is_empty() {
        return;
    }
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

fn id(tag: &str) -> String {
    format!("tag-{}", escaped(tag))
}

/// "launches" as a heading.
fn title(tag: &str) -> String {
    let mut letters = tag.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    escaped(&format!("{first}{}", letters.as_str()))
}
