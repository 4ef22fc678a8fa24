//! Checks of browser tests for which the linter (`biome.jsonc`) has no rule.

use anyhow::Result;

use crate::lines;

/// The calls that take a selector.
const CALLS: [&str; 5] = ["locator(", "querySelector(", "querySelectorAll(", "closest(", "include("];
/// The comment above a line that allows classes in it; a reason follows.
const ALLOWED: &str = "// By class: ";

/// Fails when a spec selects a part of a page by a CSS class. Classes belong to style sheets: a test that uses one breaks
/// when the style changes, and says nothing about what screen readers find.
pub(crate) fn check() -> Result<()> {
    lines::check("end2end/tests", "ts", faults_of)
}

/// Line numbers and the faults of these lines.
fn faults_of(text: &str) -> Vec<(usize, String)> {
    let selectors = CALLS.into_iter().flat_map(|call| text.match_indices(call).map(|(at, call)| at + call.len()));
    let by_class = selectors.filter_map(|at| {
        let literal = text[at..].trim_start();
        let quote = literal.chars().next().filter(|first| "\"'`".contains(*first))?;
        let selector = literal[1..].split(quote).next().filter(|selector| has_class(selector))?;
        let line = text[..text.len() - literal.len()].matches('\n').count() + 1;
        let is_allowed = line > 1 && text.lines().nth(line - 2)?.trim_start().starts_with(ALLOWED);
        let fault =
            format!("`{selector}` selects by class: use a role, a name or a text, or justify it with `{ALLOWED}`");
        (!is_allowed).then_some((line, fault))
    });
    by_class.collect()
}

/// Whether a selector contains a class outside the brackets of its attributes.
fn has_class(selector: &str) -> bool {
    let outside = selector.split('[').map(|part| part.split_once(']').map_or(part, |(_, outside)| outside));
    outside.flat_map(|part| part.split('.').skip(1)).any(|name| name.starts_with(|letter: char| letter.is_alphabetic()))
}

#[cfg(test)]
mod tests {
    use super::faults_of;

    #[test]
    fn a_selector_with_a_class_is_a_fault_at_its_line() {
        let text =
            "page.locator(\".card\");\nlist.locator('tr:not(.gap) td');\ndocument.querySelector(\n  `main p.note`,\n);";
        let lines: Vec<_> = faults_of(text).into_iter().map(|(line, _)| line).collect();
        assert_eq!(lines, [1, 2, 4]);
    }

    #[test]
    fn attributes_elements_and_other_strings_are_no_classes() {
        let text = "page.locator('a[href$=\".csv\"] > b');\npage.locator(\"xpath=..\");\nurl.includes(\".csv\");\nread(\"a.b\");";
        assert_eq!(faults_of(text), []);
    }

    #[test]
    fn a_comment_above_the_line_allows_a_class() {
        let text = "// By class: tests the style.\npage.locator(\".card\");\npage.locator(\".card\");";
        let lines: Vec<_> = faults_of(text).into_iter().map(|(line, _)| line).collect();
        assert_eq!(lines, [3]);
    }
}
