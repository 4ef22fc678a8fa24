//! Checks the image: that it builds, that its dependencies are a separate layer, and that it has the expected contents.

use std::{
    fs::{self, OpenOptions},
    io::Write as _,
    time::Instant,
};

use anyhow::{Context, Result};

use super::{engine::Engine, proof::Proof};
use crate::{
    progress::seconds,
    shell::{command, output, run},
    workspace,
};

/// The name of the image in the compose file.
const IMAGE: &str = "mooncoon";

/// Builds it from the files that git knows, and builds it again with a changed source file.
pub(super) fn build(engine: &Engine, proof: &mut Proof) -> Result<()> {
    let checkout = tempfile::tempdir().context("could not create a temporary folder")?;
    let files = output(command("git").args(["ls-files", "--cached", "--others", "--exclude-standard"]))?;
    for file in files.lines() {
        let (from, to) = (workspace::at(file), checkout.path().join(file));
        // A file that was removed and not yet committed is still in git's list.
        if !from.is_file() {
            continue;
        }
        fs::create_dir_all(to.parent().unwrap_or(&to))?;
        fs::copy(&from, &to).with_context(|| format!("could not copy {file}"))?;
    }
    let folder = checkout.path().display().to_string();
    let target = |target: &str| engine.ask(&["build", "--quiet", "--target", target, &folder]);

    let start = Instant::now();
    let commit = output(command("git").args(["rev-parse", "HEAD"]))?;
    let revision = format!("REVISION={}", commit.trim());
    run(
        &mut engine.docker(&["build", "--tag", IMAGE, "--build-arg", &revision, &folder]),
        "the image cannot be built: see above",
    )?;
    proof.check("docker build", true, seconds(start.elapsed()));

    let before = target("dependencies")?;
    let mut source = OpenOptions::new().append(true).open(checkout.path().join("server/src/main.rs"))?;
    writeln!(source, "// A change.")?;
    let start = Instant::now();
    let after = target("dependencies")?;
    proof.check(
        "a changed source file keeps the layer of compiled dependencies",
        before == after,
        format!("the same layers, {}", seconds(start.elapsed())),
    );
    let mut manifest = OpenOptions::new().append(true).open(checkout.path().join("Cargo.toml"))?;
    writeln!(manifest, "# A change.")?;
    // For the stage before, because this one would compile all of them again.
    proof.check(
        "a changed manifest rebuilds it",
        target("manifests")?
            != engine.ask(&["build", "--quiet", "--target", "manifests", &workspace::root().display().to_string()])?,
        "the layers differ",
    );
    Ok(())
}

/// Inspects the built image.
pub(super) fn inspect(engine: &Engine, proof: &mut Proof) -> Result<()> {
    let about = |format: &str| engine.ask(&["image", "inspect", "--format", format, IMAGE]);
    let size: u64 = about("{{.Size}}")?.parse().context("the size of the image is not a number")?;
    let base: u64 = engine
        .ask(&["image", "inspect", "--format", "{{.Size}}", "debian:bookworm-slim"])?
        .parse()
        .context("the size of Debian's image is not a number")?;
    let own = size.saturating_sub(base);
    let megabytes = |bytes: u64| format!("{:.1} MB", bytes as f64 / 1e6);
    proof.check(
        "the image is small: Debian and at most 100 MB",
        own <= 100_000_000,
        format!("{}, of which {} are not Debian's", megabytes(size), megabytes(own)),
    );
    let inside =
        |script: &str| engine.ask(&["run", "--rm", "--network", "none", "--entrypoint", "sh", IMAGE, "-c", script]);
    let tools = inside("for tool in cargo rustc gcc cc ld node npm git curl; do command -v $tool; done; true")?;
    proof.check(
        "it contains no toolchain",
        tools.is_empty(),
        if tools.is_empty() { "none of cargo rustc gcc ld node npm git curl" } else { &tools },
    );
    let roots = inside("grep -c BEGIN /etc/ssl/certs/ca-certificates.crt")?;
    proof.check("it contains root certificates", roots.parse::<u32>().is_ok_and(|roots| roots > 100), roots);
    let writable =
        inside("find / -xdev -writable -not -path '/proc/*' -not -path '/dev/*' -not -type l 2>/dev/null; true")?;
    let expected = |path: &str| ["/var/lib/mooncoon", "/tmp", "/var/tmp", "/run/lock"].contains(&path);
    proof.check(
        "its user can write to its data folder and to temporary ones",
        writable.lines().all(expected),
        &writable,
    );
    let user = about("{{.Config.User}}")?;
    proof.check("its user is numeric and not root", user == "10001:10001", &user);
    let entry = about("{{json .Config.Entrypoint}} {{json .Config.Cmd}}")?;
    proof.check("its entry point is the program itself", entry == r#"["mooncoon"] ["serve"]"#, &entry);
    let title = about(
        "{{index .Config.Labels \"org.opencontainers.image.title\"}} {{index .Config.Labels \"org.opencontainers.image.revision\"}}",
    )?;
    proof.check("it is labelled", title.starts_with("Mooncoon "), &title);
    Ok(())
}
