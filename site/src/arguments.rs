use std::path::PathBuf;

use anyhow::{Result, bail};

/// The usage message.
const USAGE: &str = "usage: site [--dev] WASM TARGET (`cargo xtask site` compiles the WASM and calls this)";

/// The arguments of the tool. Parsed without `clap`: in this crate's build `syn` has more features than in that of xtask, so clap would be
/// compiled a second time.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Arguments {
    /// Skips the compression.
    pub(crate) is_dev: bool,
    /// The compiled `frontend`.
    pub(crate) wasm: PathBuf,
    /// The folder to create, or to replace.
    pub(crate) target: PathBuf,
}

impl Arguments {
    pub(crate) fn read(arguments: impl Iterator<Item = String>) -> Result<Self> {
        let (options, paths): (Vec<_>, Vec<_>) = arguments.partition(|argument| argument.starts_with("--"));
        let ([wasm, target], true) = (paths.as_slice(), options.iter().all(|option| option == "--dev")) else {
            bail!("{USAGE}");
        };
        Ok(Self { is_dev: !options.is_empty(), wasm: wasm.into(), target: target.into() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Arguments> {
        Arguments::read(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn a_module_and_a_folder_are_required_and_nothing_else_is_accepted() {
        let arguments = Arguments { is_dev: false, wasm: "a.wasm".into(), target: "site".into() };
        assert_eq!(read("a.wasm site").unwrap(), arguments);
        assert_eq!(read("--dev a.wasm site").unwrap(), Arguments { is_dev: true, ..arguments });
        for line in ["", "a.wasm", "a.wasm site more", "--fast a.wasm site"] {
            assert_eq!(read(line).unwrap_err().to_string(), USAGE);
        }
    }
}
