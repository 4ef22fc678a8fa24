//! Recognizes the variables of this program. A misspelt name is an error, not a setting that silently keeps its default:
//! `MOONCOON_PUBLICREAD=off` would leave a board public that was meant to be closed.
//!
//! There is no separate list of known names: the reader requests each variable by name, and the requested names are recorded.

use std::{cell::RefCell, collections::BTreeSet};

use anyhow::bail;

const PREFIX: &str = "MOONCOON_";

/// Names that the project's own tools read, and that may be in the environment of a program that they start: xtask, the browser tests, the
/// test suites. A name that ends in an underscore is a prefix.
const OF_OUR_TOOLS: [&str; 4] = ["MOONCOON_BINARY", "MOONCOON_MODEL_", "MOONCOON_SIMULATED_", "MOONCOON_TEST_"];

/// The names that were requested while the configuration was read. Each must be requested on every path through the reader: one that is
/// requested only if another is set would otherwise be unknown.
#[derive(Debug, Default)]
pub(crate) struct Asked(RefCell<BTreeSet<String>>);

impl Asked {
    pub(crate) fn note(&self, name: &str) {
        self.0.borrow_mut().insert(name.to_owned());
    }

    /// Fails for the first variable that looks like one of ours and was not requested. The error has the variable's name only: its value
    /// may be a secret.
    pub(crate) fn refuse_others(&self, variables: impl Iterator<Item = (String, String)>) -> anyhow::Result<()> {
        let known = self.0.borrow();
        let known: Vec<&str> = known.iter().map(String::as_str).filter(|name| name.starts_with(PREFIX)).collect();
        for (name, value) in variables {
            if known.contains(&name.as_str()) || is_of_our_tools(&name) || is_of_an_orchestrator(&name, &value) {
                continue;
            }
            let shape = name.to_ascii_uppercase().replace('-', "_");
            let nearest = known.iter().map(|known| (strsim::damerau_levenshtein(&shape, known), *known)).min();
            let is_meant = nearest.is_some_and(|(distance, _)| distance <= NEAR);
            if !shape.starts_with(PREFIX) && !is_meant {
                continue;
            }
            match nearest {
                Some((_, nearest)) => bail!("{name:.80} is not a setting of this program; did you mean {nearest}?"),
                None => bail!("{name:.80} is not a setting of this program"),
            }
        }
        Ok(())
    }
}

/// Maximum edit distance at which a name without our prefix is taken for one of ours: `MOONCON_PUBLIC_READ`.
const NEAR: usize = 2;

fn is_of_our_tools(name: &str) -> bool {
    OF_OUR_TOOLS.iter().any(|tool| if tool.ends_with('_') { name.starts_with(tool) } else { name == *tool })
}

/// Kubernetes (and Docker's old links) set variables in every container for the services around it: a service called `mooncoon` adds
/// `MOONCOON_SERVICE_HOST=10.0.0.1`, `MOONCOON_PORT=tcp://10.0.0.1:3000` and `MOONCOON_PORT_3000_TCP_ADDR`.
fn is_of_an_orchestrator(name: &str, value: &str) -> bool {
    let words: Vec<&str> = name.split('_').collect();
    let is_number = |word: &&str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    match words.as_slice() {
        [.., "SERVICE", "HOST" | "PORT"] => true,
        [.., "PORT", number, "TCP" | "UDP" | "SCTP"] => is_number(number),
        [.., "PORT", number, "TCP" | "UDP" | "SCTP", "ADDR" | "PORT" | "PROTO"] => is_number(number),
        [.., "PORT"] => value.starts_with("tcp://") || value.starts_with("udp://"),
        [.., "SERVICE", "PORT", _] => value.parse::<u16>().is_ok(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refuse(name: &str, value: &str) -> Option<String> {
        let asked = Asked::default();
        for known in
            ["DATABASE_URL", "MOONCOON_PUBLIC_READ", "MOONCOON_POLL_SECONDS", "MOONCOON_LL2_URL", "MOONCOON_ADDR"]
        {
            asked.note(known);
        }
        let given = [(name.to_owned(), value.to_owned())];
        asked.refuse_others(given.into_iter()).err().map(|error| error.to_string())
    }

    #[test]
    fn a_misspelt_name_is_refused_with_the_nearest_known_one() {
        for (name, nearest) in [
            ("MOONCOON_PUBLICREAD", "MOONCOON_PUBLIC_READ"),
            ("MOONCOON_PUBLIC_REED", "MOONCOON_PUBLIC_READ"),
            ("mooncoon_public_read", "MOONCOON_PUBLIC_READ"),
            ("MOONCOON-PUBLIC-READ", "MOONCOON_PUBLIC_READ"),
            ("MOONCON_PUBLIC_READ", "MOONCOON_PUBLIC_READ"),
            ("MOONCOON_POLL_SECOND", "MOONCOON_POLL_SECONDS"),
            ("MOONCOON_LL2URL", "MOONCOON_LL2_URL"),
            ("MOONCOON_ADRESS", "MOONCOON_ADDR"),
            ("MOONCOON_PORT", "MOONCOON_ADDR"),
        ] {
            let error = refuse(name, "canary").unwrap_or_else(|| panic!("{name} is refused"));
            assert!(error.contains(name) && error.ends_with(&format!("did you mean {nearest}?")), "{error}");
            assert!(!error.contains("canary"), "a value may be a secret: {error}");
        }
    }

    #[test]
    fn known_names_and_those_of_other_programs_are_accepted() {
        for (name, value) in [
            ("MOONCOON_PUBLIC_READ", "off"),
            ("MOONCOON_BINARY", "/somewhere/mooncoon"),
            ("MOONCOON_MODEL_SEED", "7"),
            ("MOONCOON_TEST_HOLD_FOLDER", "/somewhere"),
            ("DATABASE_URI", "postgres://elsewhere"),
            ("PATH", "/usr/bin"),
            ("MOONCOON_SERVICE_HOST", "10.0.0.1"),
            ("MOONCOON_SERVICE_PORT_HTTP", "3000"),
            ("MOONCOON_PORT", "tcp://10.0.0.1:3000"),
            ("MOONCOON_PORT_3000_TCP", "tcp://10.0.0.1:3000"),
            ("MOONCOON_PORT_3000_TCP_ADDR", "10.0.0.1"),
            ("MOONCOON_DB_SERVICE_PORT", "5432"),
        ] {
            assert_eq!(refuse(name, value), None, "{name}");
        }
    }
}
