//! Points at which a test can kill or stop the program, as a power failure or a scheduler would. They exist only with
//! the cargo feature `failpoints`, which no release build has; without it [`failpoint!`] expands to nothing.
//!
//! To add one: `failpoint!("room.what")` in the code and a line in [`POINTS`]; a test checks that both agree.

/// Every point, approximately in the order in which a run reaches them. `lease.renew` is reached in parallel to the
/// others, `run.failing` only by a run that fails.
pub const POINTS: &[&str] = &[
    "lease.taken",
    "lease.renew",
    "run.opened",
    "request.reserved",
    "request.send",
    "request.headers",
    "request.body",
    "landing.before",
    "landing.after",
    "request.settle",
    "run.failing",
    "publication.begin",
    "publication.statement",
    "publication.check",
    "publication.commit",
    "publication.committed",
    "publication.noted",
];

/// Marks a point: `failpoint!("room.what")`.
macro_rules! failpoint {
    ($name:literal) => {
        #[cfg(feature = "failpoints")]
        $crate::failpoint::reach($name)
    };
}
pub(crate) use failpoint;

#[cfg(feature = "failpoints")]
pub(crate) use armed::reach;
#[cfg(feature = "failpoints")]
pub use armed::{Armed, ParseError, arm};

#[cfg(feature = "failpoints")]
mod armed {
    use std::{
        process::Command,
        str::FromStr,
        sync::{
            OnceLock,
            atomic::{AtomicU64, Ordering},
        },
    };

    use super::POINTS;

    /// What happens when the point is reached.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    enum Action {
        /// The process ends at once, as by `kill -9`.
        Abort,
        /// The process stops until it receives SIGCONT.
        Stop,
        /// The task that reaches the point panics, once.
        Panic,
    }

    /// A selected point: `NAME`, or `NAME@N` for the N-th time it is reached, either with `=stop` or `=panic` to stop
    /// or panic instead of aborting.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Armed {
        name: &'static str,
        at: u64,
        action: Action,
    }

    /// The text is not a valid failpoint.
    #[derive(Debug, thiserror::Error)]
    #[error("{0:?} is no failpoint; they are: {points}", points = POINTS.join(", "))]
    pub struct ParseError(String);

    impl FromStr for Armed {
        type Err = ParseError;

        fn from_str(text: &str) -> Result<Self, Self::Err> {
            let bad = || ParseError(text.to_owned());
            let (place, action) = match text.split_once('=') {
                None | Some((_, "abort")) => (text.trim_end_matches("=abort"), Action::Abort),
                Some((place, "stop")) => (place, Action::Stop),
                Some((place, "panic")) => (place, Action::Panic),
                Some(_) => return Err(bad()),
            };
            let (name, at) = match place.split_once('@') {
                None => (place, 1),
                Some((name, at)) => (name, at.parse().map_err(|_| bad())?),
            };
            let name = POINTS.iter().find(|point| **point == name).copied().ok_or_else(bad)?;
            Ok(Self { name, at, action })
        }
    }

    static ARMED: OnceLock<Armed> = OnceLock::new();
    static REACHED: AtomicU64 = AtomicU64::new(0);

    /// Selects the one point of this process; a second call has no effect.
    pub fn arm(point: Armed) {
        let _ = ARMED.set(point);
    }

    pub(crate) fn reach(name: &'static str) {
        let Some(armed) = ARMED.get().filter(|armed| armed.name == name) else { return };
        if REACHED.fetch_add(1, Ordering::SeqCst) + 1 != armed.at {
            return;
        }
        match armed.action {
            Action::Abort => std::process::abort(),
            Action::Panic => panic!("the failpoint {name} was armed to panic"),
            // Uses the `kill` command, because raising a signal requires unsafe code. It returns after SIGCONT.
            Action::Stop => {
                let id = std::process::id().to_string();
                if let Err(error) = Command::new("kill").args(["-STOP", &id]).status() {
                    tracing::error!(%error, "could not stop at the failpoint");
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, fs, path::Path};

    use super::POINTS;

    /// Collects the points that the code marks.
    fn marked(folder: &Path, points: &mut BTreeSet<String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                marked(&path, points);
            } else if path.file_name().is_some_and(|name| name != "failpoint.rs") {
                let text = fs::read_to_string(&path).unwrap();
                points.extend(
                    text.split("failpoint!(\"").skip(1).filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())),
                );
            }
        }
    }

    #[test]
    fn every_point_is_listed_and_every_listed_point_is_marked() {
        let mut points = BTreeSet::new();
        marked(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut points);
        assert_eq!(points.iter().map(String::as_str).collect::<BTreeSet<_>>(), POINTS.iter().copied().collect());
    }

    #[cfg(feature = "failpoints")]
    #[test]
    fn a_failpoint_is_parsed_with_ordinal_and_action() {
        use super::Armed;
        for good in [
            "request.send",
            "publication.statement@12",
            "publication.commit=stop",
            "run.opened=panic",
            "landing.after@2=abort",
        ] {
            assert!(good.parse::<Armed>().is_ok(), "{good}");
        }
        for bad in ["", "request", "request.send@", "request.send@x", "request.send=sleep"] {
            assert!(bad.parse::<Armed>().is_err(), "{bad}");
        }
    }
}
