//! The responses that many routes have in common: errors, and "not changed". Each is described once.

use serde_json::Value;

use super::{answer::answer, text::members};
use crate::web::plain_page::escaped;

/// The id of the section.
pub(super) const ID: &str = "statuses";
/// The heading of the section.
pub(super) const TITLE: &str = "Errors and other statuses";

/// Each different response with its status, in the order of the statuses.
pub(super) struct Statuses<'a>(Vec<(&'a str, &'a Value)>);

/// Returns whether a response is described here and not with its route. Every successful response is different.
pub(super) fn is_shared(status: &str) -> bool {
    !status.starts_with('2')
}

impl<'a> Statuses<'a> {
    pub(super) fn of(document: &'a Value) -> Self {
        let mut statuses: Vec<(&str, &Value)> = Vec::new();
        for (_, item) in members(&document["paths"]) {
            for (status, response) in members(&item["get"]["responses"]) {
                if is_shared(status) && !statuses.contains(&(status.as_str(), response)) {
                    statuses.push((status, response));
                }
            }
        }
        // A digit is before the "d" of "default".
        statuses.sort_by_key(|(status, _)| *status);
        Self(statuses)
    }

    /// Returns the id of a response: `status-404`, with a number if there are several with this status.
    fn id(&self, status: &str, response: &Value) -> String {
        let place = self.0.iter().filter(|(other, _)| *other == status).position(|(_, other)| *other == response);
        let number = match place {
            None | Some(0) => String::new(),
            Some(place) => format!("-{}", place + 1),
        };
        format!("status-{}{number}", escaped(status))
    }

    /// Returns a link to a response.
    pub(super) fn link(&self, status: &str, response: &Value) -> String {
        format!("<a href=\"#{}\">{}</a>", self.id(status, response), escaped(status))
    }

    pub(super) fn write(&self, out: &mut String) {
        out.push_str(&format!("<h2 id=\"{ID}\">{TITLE}</h2>\n<section class=\"panel pad\"><dl>"));
        for (status, response) in &self.0 {
            let id = self.id(status, response);
            out.push_str(&format!("<dt class=\"mono\" id=\"{id}\">{}</dt><dd>", escaped(status)));
            answer(out, response);
            out.push_str("</dd>");
        }
        out.push_str("</dl></section>\n");
    }
}
