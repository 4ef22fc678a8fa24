//! The program under measurement: started in a separate folder, watched, shut down.

use std::{
    ffi::OsStr,
    io::{BufRead, BufReader},
    net::{Ipv4Addr, SocketAddr, TcpListener},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    sync::OnceLock,
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, anyhow, bail};

use super::http::get;
use crate::{
    postgres,
    progress::tell,
    shell::{SignalTarget, command, output, signal},
    workspace,
};

/// The time of the frozen clock, so that every run serves the same page.
const NOW: &str = "2026-03-01T12:00:00Z";

/// The longest list that the job reads page by page. LL2's has 363 launches.
const MOST_LISTED: usize = 10_000;

/// A running `mooncoon`.
#[derive(Debug)]
pub(super) struct Program {
    child: Child,
    pub(super) address: SocketAddr,
}

impl Program {
    /// Starts `mooncoon serve` on a free port, with the simulated world.
    pub(super) fn serve(data: &Path, database: Option<&str>, upcoming: usize) -> Result<Self> {
        Self::serve_with(data, database, upcoming, &[])
    }

    /// The same with additional settings.
    pub(super) fn serve_with(
        data: &Path,
        database: Option<&str>,
        upcoming: usize,
        settings: &[(&str, &str)],
    ) -> Result<Self> {
        let address = free_address()?;
        let mut serve = mooncoon(data);
        serve.args(["serve", "--frozen-at", NOW, "--seed", "1969", "--past", "0", "--upcoming", &upcoming.to_string()]);
        serve.env("MOONCOON_ADDR", address.to_string()).env("MOONCOON_SOURCE", "simulated");
        // With the default budget, a first run reads 1,500 launches, and the next one waits an hour.
        serve.env("MOONCOON_LL2_BUDGET", "100000").envs(settings.iter().copied());
        if let Some(database) = database {
            serve.env("DATABASE_URL", database);
        }
        let child = serve.stdout(Stdio::null()).spawn().context("could not start mooncoon")?;
        Ok(Self { child, address })
    }

    /// Starts it with a world that has past launches, which its job reads like the history of LL2.
    pub(super) fn with_past(data: &Path, database: &str, past: usize) -> Result<Self> {
        let address = free_address()?;
        let mut simulated = mooncoon(data);
        simulated
            .env("MOONCOON_SOURCE", "simulated")
            .env("DATABASE_URL", database)
            .env("MOONCOON_LL2_BUDGET", "100000");
        let world = |command: &mut Command| {
            command.args(["--seed", "1969", "--upcoming", "350", "--past", &past.to_string()]);
        };
        let mut backfill = mooncoon(data);
        backfill.arg("backfill");
        world(&mut backfill);
        backfill.env("MOONCOON_SOURCE", "simulated").env("DATABASE_URL", database).env("MOONCOON_LL2_BUDGET", "100000");
        output(&mut backfill)?;
        simulated.arg("serve");
        world(&mut simulated);
        simulated.env("MOONCOON_ADDR", address.to_string());
        let child = simulated.stdout(Stdio::null()).spawn().context("could not start mooncoon")?;
        Ok(Self { child, address })
    }

    /// Waits until it listens and responds with any status.
    pub(super) fn wait_for_port(&mut self, deadline: Instant) -> Result<()> {
        while Instant::now() < deadline {
            if let Some(status) = self.child.try_wait()? {
                bail!("mooncoon exited with {status}");
            }
            if get(self.address, "/healthz", "identity").is_ok() {
                return Ok(());
            }
            thread::sleep(Duration::from_millis(10));
        }
        bail!("mooncoon did not start to listen in time")
    }

    /// Starts it with a separate database of so many launches: read by its job, or imported from files if the list would be too long.
    pub(super) fn stocked(data: &Path, upcoming: usize) -> Result<Self> {
        if upcoming <= MOST_LISTED {
            return Self::serve(data, None, upcoming);
        }
        let simulated = || {
            let mut mooncoon = mooncoon(data);
            mooncoon.env("MOONCOON_SOURCE", "simulated");
            mooncoon
        };
        // The job would read a small simulated world, and conclude that most launches have left the list.
        output(simulated().args(["pause", "--reason", "the served launches were imported"]))?;
        let folder = data.join("pages");
        std::fs::create_dir_all(&folder).with_context(|| format!("could not create {}", folder.display()))?;
        let files = Simulator::start(data, upcoming)?.pages(&folder, upcoming)?;
        output(simulated().args(["import", "--observed-at", NOW]).args(files))?;
        std::fs::remove_dir_all(&folder).with_context(|| format!("could not remove {}", folder.display()))?;
        Self::serve(data, None, 10)
    }

    /// Starts `mooncoon serve` on a free port, with the launches of a simulator, which it polls at the interval `poll`.
    pub(super) fn follow(data: &Path, database: &str, simulator: &Simulator, poll: Duration) -> Result<Self> {
        Self::follow_with(data, Some(database), simulator, poll, &[])
    }

    /// The same with additional settings, and with an embedded Postgres unless there is a database.
    pub(super) fn follow_with(
        data: &Path,
        database: Option<&str>,
        simulator: &Simulator,
        poll: Duration,
        settings: &[(&str, &str)],
    ) -> Result<Self> {
        let address = free_address()?;
        let mut serve = mooncoon(data);
        serve.arg("serve").env("MOONCOON_ADDR", address.to_string()).envs(settings.iter().copied());
        if let Some(database) = database {
            serve.env("DATABASE_URL", database);
        }
        serve.env("MOONCOON_SOURCE", "simulated").env("MOONCOON_LL2_URL", simulator.url());
        serve.env("MOONCOON_LL2_BUDGET", "100000").env("MOONCOON_POLL_SECONDS", poll.as_secs().to_string());
        let child = serve.stdout(Stdio::null()).spawn().context("could not start mooncoon")?;
        Ok(Self { child, address })
    }

    /// Waits until so many runs have ended since the start.
    pub(super) fn wait_for_runs(&mut self, wanted: u64) -> Result<()> {
        let start = Instant::now();
        while start.elapsed() < Duration::from_secs(180) {
            if let Some(status) = self.child.try_wait()? {
                bail!("mooncoon exited with {status} before {wanted} runs had");
            }
            if self.ended_runs()? >= wanted {
                return Ok(());
            }
            // Each request is work of the measured program, and must be little compared with a run.
            thread::sleep(Duration::from_secs(1));
        }
        bail!("{wanted} runs had not ended after 180 s")
    }

    /// The number of runs that have ended. A failed run is an error, because it would falsify the figure.
    fn ended_runs(&self) -> Result<u64> {
        let answer = get(self.address, "/api/v1/pipeline/runs?limit=1", "identity")?;
        let runs: serde_json::Value = serde_json::from_slice(&answer.body).context("the list of runs is not JSON")?;
        let count = runs["count"].as_u64().context("the list of runs has no count")?;
        match runs["results"][0]["state"].as_str() {
            None | Some("succeeded") => Ok(count),
            Some("running") => Ok(count.saturating_sub(1)),
            Some(state) => bail!("the newest run has {state}"),
        }
    }

    /// Waits until the board responds with launches, and returns the waiting time.
    pub(super) fn wait_for_board(&mut self) -> Result<Duration> {
        let start = Instant::now();
        while start.elapsed() < Duration::from_secs(180) {
            if let Some(status) = self.child.try_wait()? {
                bail!("mooncoon exited with {status} before its board was ready");
            }
            if self.count().is_some_and(|count| count > 0)
                && get(self.address, "/", "br").is_ok_and(|answer| answer.status == 200)
            {
                return Ok(start.elapsed());
            }
            thread::sleep(Duration::from_millis(10));
        }
        bail!("the board was not ready after 180 s")
    }

    /// Waits until the API lists launches.
    pub(super) fn wait_for_launches(&mut self) -> Result<()> {
        self.wait_for("launches", |program| program.count().is_some_and(|count| count > 0))
    }

    /// Waits until `/healthz` responds with 200.
    pub(super) fn wait_for_health(&mut self) -> Result<()> {
        self.wait_for("an answer", |program| {
            get(program.address, "/healthz", "identity").is_ok_and(|answer| answer.status == 200)
        })
    }

    fn wait_for(&mut self, what: &str, is_there: impl Fn(&Self) -> bool) -> Result<()> {
        let start = Instant::now();
        while start.elapsed() < Duration::from_secs(180) {
            if let Some(status) = self.child.try_wait()? {
                bail!("mooncoon exited with {status} before there was {what}");
            }
            if is_there(self) {
                return Ok(());
            }
            thread::sleep(Duration::from_millis(50));
        }
        bail!("there was no {what} after 180 s")
    }

    /// Whether a run of its job is in progress.
    pub(super) fn has_run_in_progress(&self) -> Result<bool> {
        let answer = get(self.address, "/api/v1/pipeline/runs?limit=1", "identity")?;
        let runs: serde_json::Value = serde_json::from_slice(&answer.body).context("the list of runs is not JSON")?;
        Ok(runs["results"][0]["state"].as_str() == Some("running"))
    }

    /// The number of launches that the API lists.
    pub(super) fn count(&self) -> Option<u64> {
        let answer = get(self.address, "/api/v1/launches?limit=1", "identity").ok()?;
        serde_json::from_slice::<serde_json::Value>(&answer.body).ok()?.get("count")?.as_u64()
    }

    /// Its process id.
    pub(super) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Stops it with SIGTERM, and waits.
    pub(super) fn stop(mut self) -> Result<()> {
        self.end()
    }

    /// Stops it, and returns how long that took and its exit status.
    pub(super) fn stop_and_time(mut self) -> Result<(Duration, ExitStatus)> {
        let start = Instant::now();
        signal(&self.child, "TERM", SignalTarget::Process)?;
        let status = self.child.wait()?;
        Ok((start.elapsed(), status))
    }

    fn end(&mut self) -> Result<()> {
        if self.child.try_wait()?.is_none() {
            signal(&self.child, "TERM", SignalTarget::Process)?;
            self.child.wait()?;
        }
        Ok(())
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // Only after a failure, which is already being reported.
        let _ = self.end();
    }
}

/// An LL2 server with a simulated world, until it is dropped.
#[derive(Debug)]
pub(super) struct Simulator(Program);

impl Simulator {
    /// Starts one with so many upcoming launches.
    pub(super) fn start(folder: &Path, upcoming: usize) -> Result<Self> {
        Self::start_at(folder, upcoming, NOW)
    }

    /// The same at another time of the world.
    pub(super) fn start_at(folder: &Path, upcoming: usize, time: &str) -> Result<Self> {
        let address = free_address()?;
        let child = mooncoon(folder)
            .args(["simulate", "--addr", &address.to_string(), "--seed", "1969", "--start", time])
            .args(["--past", "0", "--upcoming", &upcoming.to_string()])
            .stdout(Stdio::null())
            .spawn()
            .context("could not start `mooncoon simulate`")?;
        let simulator = Self(Program { child, address });
        let deadline = Instant::now() + Duration::from_secs(30);
        while Instant::now() < deadline {
            if get(address, "/2.3.0/api-throttle/", "identity").is_ok_and(|answer| answer.status == 200) {
                return Ok(simulator);
            }
            thread::sleep(Duration::from_millis(20));
        }
        bail!("the simulator did not respond within 30 s")
    }

    pub(super) fn address(&self) -> SocketAddr {
        self.0.address
    }

    /// Writes its list into files of a folder, one page each.
    pub(super) fn pages(&self, folder: &Path, launches: usize) -> Result<Vec<PathBuf>> {
        (0..launches.div_ceil(100))
            .map(|page| {
                let path =
                    format!("/2.3.0/launches/upcoming/?limit=100&mode=detailed&ordering=id&offset={}", page * 100);
                let answer = get(self.address(), &path, "identity")?;
                if answer.status != 200 {
                    bail!("{path} responded with {}", answer.status);
                }
                let file = folder.join(format!("upcoming-{page:05}.json"));
                std::fs::write(&file, answer.body).with_context(|| format!("could not write {}", file.display()))?;
                Ok(file)
            })
            .collect()
    }

    /// The base URL for `MOONCOON_LL2_URL`.
    pub(super) fn url(&self) -> String {
        format!("http://{}/2.3.0", self.0.address)
    }
}

/// The program's own Postgres, until it is dropped.
#[derive(Debug)]
pub(super) struct Database {
    program: Program,
    pub(super) url: String,
}

impl Database {
    pub(super) fn start(data: &Path) -> Result<Self> {
        let mut child = mooncoon(data)
            .arg("database")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .context("could not start `mooncoon database`")?;
        let mut line = String::new();
        if let Some(output) = child.stdout.take() {
            BufReader::new(output).read_line(&mut line)?;
        }
        let program = Program { child, address: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)) };
        let url =
            line.trim().strip_prefix("DATABASE_URL=").context("the Postgres did not start: see above")?.to_owned();
        Ok(Self { program, url })
    }

    /// The parent process of Postgres.
    pub(super) fn pid(&self) -> u32 {
        self.program.pid()
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        drop(self.program.child.stdin.take());
        let _ = self.program.child.wait();
    }
}

/// The measured program, unless it is the release build.
static MEASURED: OnceLock<PathBuf> = OnceLock::new();

/// Measures another build instead of the release.
pub(super) fn measure(program: &Path) -> Result<()> {
    let program = std::path::absolute(program)?;
    if !program.is_file() {
        bail!("there is no program {}", program.display());
    }
    tell(&format!("program: {}", program.display()));
    MEASURED.set(program).map_err(|_| anyhow!("one program is measured at a time"))
}

/// The measured program, without the developer's own settings.
pub(super) fn mooncoon(data: impl AsRef<OsStr>) -> Command {
    let mut mooncoon = command(MEASURED.get().cloned().unwrap_or_else(|| workspace::program("release")));
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("MOONCOON_") {
            mooncoon.env_remove(name);
        }
    }
    mooncoon
        .current_dir(std::env::temp_dir())
        .env_remove("DATABASE_URL")
        .env("MOONCOON_DATA_DIR", data)
        .env("MOONCOON_SITE_DIR", workspace::at("target/site"))
        .env("MOONCOON_POSTGRES_DIR", postgres::folder())
        .env("RUST_LOG", "warn");
    mooncoon
}

/// The process id of the embedded Postgres in a data folder.
pub(super) fn postmaster(data: &Path) -> Result<u32> {
    let path = data.join("postgres/postmaster.pid");
    let text = std::fs::read_to_string(&path).with_context(|| format!("could not read {}", path.display()))?;
    text.lines().next().and_then(|line| line.trim().parse().ok()).context("postmaster.pid contains no process id")
}

fn free_address() -> Result<SocketAddr> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("could not find a free port")?;
    Ok(listener.local_addr()?)
}
