//! Format, clippy, scripts, layering, and the rules of deny.toml.

use anyhow::{Result, bail};

use crate::{
    layering,
    progress::say,
    shell::{answers, cargo, run},
    specs, styles,
    suites::{Report, check, scripts},
    toolchain::{self, WASM},
};

/// Checks everything that needs no running program.
pub(crate) fn lint() -> Result<()> {
    toolchain::lint_tools()?;
    toolchain::prepare()?;
    let report = reports();
    let failed: Vec<&str> = report.iter().filter(|report| report.failed > 0).map(|report| report.name).collect();
    if !failed.is_empty() {
        bail!("{} failed: see above", failed.join(", "));
    }
    say("    all clean");
    Ok(())
}

/// Formats every crate.
pub(crate) fn format() -> Result<()> {
    toolchain::lint_tools()?;
    run(cargo().args(["fmt", "--all"]), "rustfmt could not format: see above")
}

/// The individual checks, each of which counts as one test.
pub(crate) fn reports() -> Vec<Report> {
    let mut reports = vec![
        check("format", || run(cargo().args(["fmt", "--all", "--check"]), "format the files: cargo xtask fmt")),
        check("clippy, native", || {
            let mut clippy = cargo();
            clippy.args([
                "clippy",
                "--workspace",
                "--exclude",
                "frontend",
                "--all-targets",
                "--quiet",
                "--",
                "-D",
                "warnings",
            ]);
            run(&mut clippy, "clippy reported errors: see above")
        }),
        check("clippy, wasm", || {
            let mut clippy = cargo();
            // The bundle's profile and target folder: the macros, most of the work, are compiled once for both.
            clippy.args(["clippy", "--package", "frontend", "--target", WASM, "--target-dir", "target/front"]);
            clippy.args(["--profile", "wasm-release", "--quiet", "--", "-D", "warnings"]);
            run(&mut clippy, "clippy reported errors: see above")
        }),
        check("types of scripts", scripts::check_types),
        check("lint of scripts", scripts::lint),
        check("style sheets", styles::check),
        check("selectors of browser tests", specs::check),
        check("layering", layering::check),
    ];
    reports.extend(deny());
    reports
}

/// Licences, sources and bans (`deny.toml`), if cargo-deny is installed: compiling it takes as long as compiling the program.
fn deny() -> Option<Report> {
    if !answers(cargo().args(["deny", "--version"])) {
        say("==> cargo-deny is not installed, so deny.toml is not checked: cargo install --locked cargo-deny");
        return None;
    }
    Some(check("licences, sources, bans", || {
        let mut deny = cargo();
        deny.args([
            "deny",
            "--workspace",
            "--locked",
            "check",
            "--hide-inclusion-graph",
            "licenses",
            "sources",
            "bans",
        ]);
        run(&mut deny, "cargo-deny reported errors: see above, and the reasons in deny.toml")
    }))
}
