#![doc = include_str!("../README.md")]

mod assemble;
mod bare;
mod bundle;
mod compress;
mod glue;
mod land;
mod parts;

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Result, bail};

/// The folder of the bundler's and the chart library's npm packages.
const PACKAGES: &str = "frontend/js";

/// The usage message.
const USAGE: &str = "usage: site [--dev] WASM TARGET (`cargo xtask site` compiles the WASM and calls this)";

#[expect(clippy::print_stderr, reason = "errors are the output of this tool")]
fn main() -> ExitCode {
    match Arguments::read(std::env::args().skip(1)).and_then(|arguments| assemble::site(&arguments)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// The arguments of the tool. Parsed without `clap`: in this crate's build `syn` has more features than in that of xtask, so clap would be
/// compiled a second time.
#[derive(Debug, PartialEq, Eq)]
struct Arguments {
    /// Skips the compression.
    is_dev: bool,
    /// The compiled `frontend`.
    wasm: PathBuf,
    /// The folder to create, or to replace.
    target: PathBuf,
}

impl Arguments {
    fn read(arguments: impl Iterator<Item = String>) -> Result<Self> {
        let (options, paths): (Vec<_>, Vec<_>) = arguments.partition(|argument| argument.starts_with("--"));
        let ([wasm, target], true) = (paths.as_slice(), options.iter().all(|option| option == "--dev")) else {
            bail!("{USAGE}");
        };
        Ok(Self { is_dev: !options.is_empty(), wasm: wasm.into(), target: target.into() })
    }
}

/// A path below the repository's root, which is the parent of this crate's folder.
fn at(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Arguments> {
        Arguments::read(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn a_module_and_a_folder_are_needed_and_nothing_else_is_taken() {
        let arguments = Arguments { is_dev: false, wasm: "a.wasm".into(), target: "site".into() };
        assert_eq!(read("a.wasm site").unwrap(), arguments);
        assert_eq!(read("--dev a.wasm site").unwrap(), Arguments { is_dev: true, ..arguments });
        for line in ["", "a.wasm", "a.wasm site more", "--fast a.wasm site"] {
            assert_eq!(read(line).unwrap_err().to_string(), USAGE);
        }
    }

    #[test]
    fn paths_start_at_the_root() {
        assert!(at("Cargo.lock").is_file());
        assert!(at(PACKAGES).join("package.json").is_file());
    }
}
