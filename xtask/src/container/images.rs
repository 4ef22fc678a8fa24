//! The base images of the Dockerfile and the compose file; if they cannot be pulled, stand-ins that are labelled as such.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};

use anyhow::{Context, Result, bail};

use super::engine::{Engine, home};
use crate::{
    progress::step,
    shell::{answers, command, is_root, output, run, succeeds_within},
    workspace,
};

const DEBIAN: &str = "debian:bookworm-slim";

/// Debian first: the other stand-ins are built from it.
pub(super) const BASES: [&str; 4] = [DEBIAN, "node:22-bookworm-slim", "rust:1.95-bookworm", "postgres:17"];

/// How long one pull may take.
const PATIENCE: Duration = Duration::from_secs(600);

/// Ensures that every base image is available, and returns a line on each for the transcript.
pub(super) fn prepare(engine: &Engine) -> Result<Vec<String>> {
    let mut lines = Vec::new();
    for image in BASES {
        let is_here = answers(&mut engine.docker(&["image", "inspect", image]));
        if !is_here && !succeeds_within(&mut engine.docker(&["pull", "--quiet", image]), PATIENCE)? {
            step(format!("{image} cannot be pulled: building a stand-in"), || make(engine, image))?;
        }
        let title = engine.ask(&[
            "image",
            "inspect",
            "--format",
            "{{index .Config.Labels \"org.opencontainers.image.title\"}}",
            image,
        ])?;
        lines.push(if title.starts_with("stand-in") {
            format!("{image}: {title}")
        } else {
            format!("{image}: as published")
        });
    }
    Ok(lines)
}

fn make(engine: &Engine, image: &str) -> Result<()> {
    if image == DEBIAN {
        return debian(engine);
    }
    let kind = image.split(':').next().unwrap_or(image);
    let standins = workspace::at("xtask/src/container/standins");
    let context = tempfile::tempdir().context("could not create a temporary folder")?;
    let certificates = context.path().join("certificates");
    fs::create_dir(&certificates)?;
    // A machine that reaches the registries through its own gateway trusts that gateway; so must the stand-ins, and nothing else.
    copy(Path::new("/usr/local/share/ca-certificates/."), &certificates);
    match kind {
        "node" => {
            let node = context.path().join("node");
            for folder in ["bin", "lib/node_modules"] {
                fs::create_dir_all(node.join(folder))?;
            }
            copy_program("node", &node.join("bin"))?;
            let modules = output(command("npm").args(["root", "--global"]))?;
            copy(&Path::new(modules.trim()).join("npm"), &node.join("lib/node_modules"));
            for (name, script) in [("npm", "npm-cli.js"), ("npx", "npx-cli.js")] {
                std::os::unix::fs::symlink(
                    format!("../lib/node_modules/npm/bin/{script}"),
                    node.join("bin").join(name),
                )?;
            }
        }
        "rust" => copy_program("rustup", context.path())?,
        _ => copy(&standins.join("postgres-entrypoint.sh"), context.path()),
    }
    let mut build = engine.docker(&["build", "--quiet", "--tag", image, "--file"]);
    build.arg(standins.join(format!("{kind}.Dockerfile"))).arg(context.path());
    run(&mut build, &format!("could not build a stand-in for {image}: see above"))
}

/// A minimal Debian 12, like the official image.
fn debian(engine: &Engine) -> Result<()> {
    if !is_root() || !answers(command("debootstrap").arg("--version")) {
        bail!("a stand-in for {DEBIAN} requires root and debootstrap (Debian: apt-get install debootstrap)");
    }
    let folder = home()?.join("debian");
    // A partial one remains if an earlier attempt was interrupted.
    answers(command("rm").args(["--recursive", "--force", "--one-file-system"]).arg(&folder));
    let label = format!("LABEL org.opencontainers.image.title=\"stand-in for {DEBIAN} (debootstrap)\"");
    run(
        command("debootstrap").args(["--variant=minbase", "bookworm"]).arg(&folder).stdout(Stdio::null()),
        "debootstrap failed: is a Debian mirror reachable?",
    )?;
    let mut tar = command("tar")
        .arg("--directory")
        .arg(&folder)
        .args(["--exclude=./var/cache/apt/archives/*.deb", "--exclude=./var/lib/apt/lists/*", "--create", "."])
        .stdout(Stdio::piped())
        .spawn()
        .context("could not run tar")?;
    let archive = tar.stdout.take().context("tar has no output")?;
    let mut import = engine.docker(&["import", "--change", "CMD [\"bash\"]", "--change", &label, "-", DEBIAN]);
    run(import.stdin(archive).stdout(Stdio::null()), "could not import the folder as an image: see above")?;
    anyhow::ensure!(tar.wait()?.success(), "tar failed: see above");
    fs::remove_dir_all(&folder).with_context(|| format!("could not remove {}", folder.display()))
}

/// Copies the file of a program on `PATH`.
fn copy_program(name: &str, folder: &Path) -> Result<()> {
    let path = PathBuf::from(output(command("sh").args(["-c", "command -v \"$0\"", name]))?.trim());
    fs::copy(&path, folder.join(name)).with_context(|| format!("could not copy {}", path.display()))?;
    Ok(())
}

/// Copies a file or a folder with its attributes; does nothing if it does not exist.
fn copy(from: &Path, to: &Path) {
    answers(command("cp").arg("--archive").arg(from).arg(to));
}
