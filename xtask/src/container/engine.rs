//! A Docker engine for the checks: the one that the client finds, or one that this tool runs for as long as the checks last.

use std::{
    ffi::OsString,
    fs::{self, File},
    path::PathBuf,
    process::{Child, Command},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use tempfile::TempDir;

use crate::{
    progress::say,
    shell::{SignalTarget, answers, command, is_root, output, signal},
    workspace,
};

/// How long an engine may take to start or to end.
const PATIENCE: Duration = Duration::from_secs(60);

/// An engine that responds.
#[derive(Debug)]
pub(super) struct Engine {
    /// `DOCKER_HOST` of our own engine.
    host: Option<OsString>,
    own: Option<Own>,
    /// The command of compose: Docker's plugin, or the older separate program.
    compose: &'static [&'static str],
    /// An empty file, used instead of `.env`. Not `/dev/null`, which docker-compose refuses.
    settings: PathBuf,
}

#[derive(Debug)]
struct Own {
    process: Child,
    /// Holds its socket: a socket path may have 107 bytes, and `target` may be deeper than that.
    _folder: TempDir,
}

impl Engine {
    pub(super) fn find() -> Result<Self> {
        let settings = home()?.join("empty.env");
        File::create(&settings).with_context(|| format!("could not write {}", settings.display()))?;
        let mut engine = Self { host: None, own: None, compose: &["docker", "compose"], settings };
        if answers(&mut engine.docker(&["version"])) {
            say("    the Docker engine of this machine");
        } else {
            engine.start()?;
        }
        if !answers(command("docker").args(["compose", "version"])) {
            engine.compose = &["docker-compose"];
            if !answers(command("docker-compose").arg("version")) {
                bail!(
                    "neither `docker compose` nor `docker-compose` is there (Debian: apt-get install docker-compose)"
                );
            }
        }
        Ok(engine)
    }

    /// Starts an engine whose images stay in `target/container`, so that the next run finds its layers.
    fn start(&mut self) -> Result<()> {
        if !is_root() || !answers(command("dockerd").arg("--version")) {
            bail!(
                "no Docker engine responds, and none can be started here: that requires root and dockerd (Debian: apt-get install docker.io)"
            );
        }
        let data = home()?;
        let folder = tempfile::tempdir().context("could not create a temporary folder")?;
        let log = data.join("engine.log");
        let socket = format!("unix://{}", folder.path().join("docker.sock").display());
        say(&format!("    no Docker engine responds: starting one, log in {}", log.display()));
        let log = File::create(&log).with_context(|| format!("could not write {}", log.display()))?;
        let process = command("dockerd")
            .arg("--data-root")
            .arg(data.join("engine"))
            .arg("--exec-root")
            .arg(folder.path().join("exec"))
            .arg("--pidfile")
            .arg(folder.path().join("pid"))
            .args(["--host", &socket])
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()
            .context("could not start dockerd")?;
        self.host = Some(socket.into());
        self.own = Some(Own { process, _folder: folder });
        let deadline = Instant::now() + PATIENCE;
        while !answers(&mut self.docker(&["version"])) {
            if Instant::now() > deadline {
                bail!("dockerd does not respond: see {}/engine.log", home()?.display());
            }
            thread::sleep(Duration::from_millis(200));
        }
        Ok(())
    }

    /// `docker ...` on this engine.
    pub(super) fn docker(&self, arguments: &[&str]) -> Command {
        self.on(command("docker"), arguments)
    }

    /// `docker compose ...` on this engine, for one project, without the settings of the user's environment.
    pub(super) fn compose(&self, project: &str, arguments: &[&str]) -> Command {
        let mut compose = command(self.compose[0]);
        compose.args(&self.compose[1..]).args(["--project-name", project, "--env-file"]).arg(&self.settings);
        for (name, _) in std::env::vars_os() {
            let name = name.to_string_lossy();
            if ["MOONCOON_", "POSTGRES_", "PGADMIN_", "COMPOSE_"].iter().any(|prefix| name.starts_with(prefix)) {
                compose.env_remove(&*name);
            }
        }
        self.on(compose, arguments)
    }

    fn on(&self, mut command: Command, arguments: &[&str]) -> Command {
        if let Some(host) = &self.host {
            command.env("DOCKER_HOST", host);
        }
        command.args(arguments);
        command
    }

    /// The output of a `docker` command, without the trailing line break.
    pub(super) fn ask(&self, arguments: &[&str]) -> Result<String> {
        Ok(output(&mut self.docker(arguments))?.trim().to_owned())
    }

    /// Describes the engine, for the transcript.
    pub(super) fn describe(&self) -> Result<String> {
        let version = self.ask(&["version", "--format", "{{.Server.Version}}"])?;
        Ok(format!("Docker {version}, {}", self.compose.join(" ")))
    }
}

impl Drop for Own {
    fn drop(&mut self) {
        if signal(&self.process, "TERM", SignalTarget::Process).is_err() {
            return;
        }
        let deadline = Instant::now() + PATIENCE;
        while Instant::now() < deadline && matches!(self.process.try_wait(), Ok(None)) {
            thread::sleep(Duration::from_millis(100));
        }
    }
}

/// The folder for the images of our own engine and for building stand-ins.
pub(super) fn home() -> Result<PathBuf> {
    let folder = workspace::at("target/container");
    fs::create_dir_all(&folder).with_context(|| format!("could not create {}", folder.display()))?;
    Ok(folder)
}
