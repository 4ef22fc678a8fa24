//! Checks the compose file: one command starts a board with launches, with no more privileges than it needs.

use std::{
    fs,
    io::{Read as _, Write as _},
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::{engine::Engine, proof::Proof};
use crate::{
    bench::http,
    progress::seconds,
    shell::{output, run, status},
    workspace,
};

/// A separate project, whose volumes are removed at the end.
const PROJECT: &str = "mooncoon-proof";
/// The time limit from `up` to launches, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(300);
/// The time between a signal and the end that the issue allows.
const STOP: Duration = Duration::from_secs(10);

/// The project, as long as it is up.
#[derive(Debug)]
pub(super) struct Board<'a> {
    engine: &'a Engine,
    addr: SocketAddr,
}

/// The result of `compose config` with and without the variables of the file.
pub(super) fn configuration(engine: &Engine, proof: &mut Proof) -> Result<()> {
    let plain = output(&mut engine.compose(PROJECT, &["config"]))?;
    proof.check("compose accepts the file without any variable set", plain.contains("127.0.0.1"), "`config` succeeds");
    let mut with = engine.compose(PROJECT, &["--profile", "pgadmin", "config"]);
    let with = output(with.env("PGADMIN_DEFAULT_PASSWORD", "of-the-proof"))?;
    proof.check(
        "the profile pgadmin takes its password from the environment only",
        with.contains("of-the-proof") && !plain.contains("of-the-proof"),
        "no default",
    );
    // Not included at compile time: the image compiles this crate too, and does not contain the file.
    let servers = fs::read(workspace::at("docker/pgadmin/servers.json")).context("could not read pgAdmin's servers")?;
    let servers: Value = serde_json::from_slice(&servers)?;
    let server = &servers["Servers"]["1"];
    let names_it =
        with.contains(&format!("{}:", server["Host"].as_str().unwrap_or("?"))) && server.get("Password").is_none();
    proof.check("its preset server is the compose file's, without a password", names_it, &server["Host"]);
    Ok(())
}

impl<'a> Board<'a> {
    pub(super) fn new(engine: &'a Engine) -> Result<Self> {
        let addr = SocketAddr::from((Ipv4Addr::LOCALHOST, 3000));
        let board = Self { engine, addr };
        board.remove();
        if TcpListener::bind(addr).is_err() {
            bail!("another program listens on port 3000, which the compose file publishes: stop it first");
        }
        Ok(board)
    }

    /// One command starts the board.
    pub(super) fn starts_up(&self, proof: &mut Proof) -> Result<()> {
        let start = Instant::now();
        self.up(&[])?;
        let launches = self.wait_for_launches()?;
        let source = launches["source"].as_str().unwrap_or("?").to_owned();
        proof.check(
            "after `up` the board is on port 3000 with launches",
            true,
            format!("{} {source} launches after {}", launches["count"], seconds(start.elapsed())),
        );
        let page = http::get(self.addr, "/", "identity")?;
        proof.check(
            "the page / responds",
            page.status == 200 && page.body.len() > 10_000,
            format!("{}, {} bytes", page.status, page.body.len()),
        );
        let manifest = String::from_utf8_lossy(&page.body).into_owned();
        let script =
            manifest.split('"').find(|part| part.starts_with("/pkg/mooncoon.")).unwrap_or("/pkg/missing").to_owned();
        let answer = http::get(self.addr, &script, "br")?;
        proof.check("its script responds", answer.status == 200, format!("{} {script}", answer.status));
        let deadline = Instant::now() + PATIENCE;
        let mut health = String::new();
        while health != "healthy" && Instant::now() < deadline {
            thread::sleep(Duration::from_millis(500));
            health = self.about("mooncoon", "{{.State.Health.Status}}")?;
        }
        proof.check("its health check succeeds", health == "healthy", health);
        let published = self.engine.ask(&["port", &self.id("mooncoon")?])?;
        proof.check("it is published on the loopback only", published == "3000/tcp -> 127.0.0.1:3000", published);
        let others = self.about("postgres", "{{json .NetworkSettings.Ports}}")?;
        proof.check("the port of the database is not published", !others.contains("HostPort"), others);
        Ok(())
    }

    /// Checks the privileges of the processes.
    pub(super) fn is_confined(&self, proof: &mut Proof) -> Result<()> {
        for (service, user) in [("mooncoon", "10001"), ("postgres", "999")] {
            let uid = self.within(service, "id -u")?;
            proof.check(&format!("{service} does not run as root"), uid == user, format!("uid {uid}"));
            let touched = self.within(service, "touch /proof /usr/local/bin/proof /etc/proof 2>&1; true")?;
            proof.check(
                &format!("{service} has a read-only root"),
                touched.matches("Read-only file system").count() == 3,
                touched.lines().next().unwrap_or("written"),
            );
            let limits = self.within(service, "grep -E '^(CapEff|CapBnd|NoNewPrivs):' /proc/1/status")?;
            let is_bare = limits.matches("0000000000000000").count() == 2 && limits.trim_end().ends_with('1');
            proof.check(&format!("{service} has no capabilities and cannot gain any"), is_bare, limits);
        }
        let first = self.within("mooncoon", "cat /proc/1/comm")?;
        proof.check("process 1 is the program", first == "mooncoon", first);
        let secret =
            self.engine.ask(&["exec", "--user", "999", &self.id("postgres")?, "cat", "/run/credentials/postgres"])?;
        let mut seen = String::new();
        for service in ["mooncoon", "postgres"] {
            seen += &self.engine.ask(&["inspect", &self.id(service)?])?;
            seen += &output(&mut self.compose(&["logs", "--no-color", service]))?;
        }
        proof.check(
            "the password is random and not in any environment or log",
            secret.len() == 64 && !seen.contains(&secret),
            format!("{} characters", secret.len()),
        );
        let foreign = self.within("mooncoon", "cd /run/credentials && cat postgres roles.sql root.* 2>&1; true")?;
        proof.check(
            "no account can read the copy of another",
            foreign.matches("Permission denied").count() == 6,
            "Permission denied",
        );
        Ok(())
    }

    /// `down` removes the containers; the volumes stay.
    pub(super) fn keeps_its_data(&self, proof: &mut Proof) -> Result<()> {
        // Not launches: a simulated world with the same seed would have the same ones again.
        let query = "select count(*) || ' runs since ' || min(started_at) from ingest_run";
        let before = self.sql(query)?;
        run(&mut self.compose(&["down"]), "docker compose down failed")?;
        self.up(&[])?;
        self.wait_for_launches()?;
        let after = self.sql(query)?;
        let since = |line: &str| line.split(" since ").nth(1).map(str::to_owned);
        proof.check(
            "the data survives `down` and `up`",
            since(&before).is_some() && since(&before) == since(&after),
            format!("{before}; then {after}"),
        );
        Ok(())
    }

    /// With a client that reads a stream, and one that never completes its request.
    pub(super) fn stops_in_time(&self, proof: &mut Proof) -> Result<()> {
        let mut reader = TcpStream::connect(self.addr)?;
        write!(reader, "GET /api/v1/events HTTP/1.1\r\nHost: {}\r\n\r\n", self.addr)?;
        reader.set_read_timeout(Some(Duration::from_secs(10)))?;
        let mut head = [0; 12];
        reader.read_exact(&mut head).context("the event stream does not start")?;
        let mut stalled = TcpStream::connect(self.addr)?;
        write!(stalled, "GET / HTTP/1.1\r\nHo")?;
        let id = self.id("mooncoon")?;
        let start = Instant::now();
        self.engine.ask(&["stop", "--time", "60", &id])?;
        let took = start.elapsed();
        let code = self.engine.ask(&["inspect", "--format", "{{.State.ExitCode}}", &id])?;
        proof.check(
            "it stops within 10 s, with a stream and half a request open",
            took <= STOP && code == "0",
            format!("{}, exit status {code}", seconds(took)),
        );
        Ok(())
    }

    /// `MOONCOON_PUBLIC_READ=off`.
    pub(super) fn can_be_closed(&self, proof: &mut Proof) -> Result<()> {
        self.up(&[("MOONCOON_PUBLIC_READ", "off")])?;
        let deadline = Instant::now() + PATIENCE;
        while !http::get(self.addr, "/healthz", "identity").is_ok_and(|answer| answer.status == 200) {
            if Instant::now() > deadline {
                bail!("the program does not respond with public reading off");
            }
            thread::sleep(Duration::from_millis(500));
        }
        let mut seen = Vec::new();
        for path in ["/", "/api/v1/launches", "/pkg/mooncoon.js", "/media/x"] {
            seen.push(http::get(self.addr, path, "identity")?.status);
        }
        proof.check(
            "with MOONCOON_PUBLIC_READ=off visitors are refused",
            seen.iter().all(|status| [401, 403].contains(status)),
            format!("{seen:?}"),
        );
        Ok(())
    }

    fn up(&self, settings: &[(&str, &str)]) -> Result<()> {
        let mut up = self.compose(&["up", "--detach"]);
        run(up.envs(settings.iter().copied()), "docker compose up failed")
    }

    fn wait_for_launches(&self) -> Result<Value> {
        let deadline = Instant::now() + PATIENCE;
        while Instant::now() < deadline {
            if let Ok(answer) = http::get(self.addr, "/api/v1/launches?limit=1", "identity")
                && let Ok(launches) = serde_json::from_slice::<Value>(&answer.body)
                && launches["count"].as_u64().is_some_and(|count| count > 0)
            {
                return Ok(launches);
            }
            thread::sleep(Duration::from_millis(500));
        }
        let _ = status(&mut self.compose(&["logs", "--tail", "20"]));
        bail!("no launches after {}", seconds(PATIENCE))
    }

    /// Runs a query in the database of the board: of live launches, or else of simulated ones.
    fn sql(&self, query: &str) -> Result<String> {
        let launches = self.wait_for_launches()?;
        let database = if launches["source"] == "live" { "mooncoon" } else { "mooncoon_simulated" };
        let id = self.id("postgres")?;
        self.engine.ask(&["exec", &id, "psql", "-U", "mooncoon", "-d", database, "-Atc", query])
    }

    fn within(&self, service: &str, script: &str) -> Result<String> {
        self.engine.ask(&["exec", &self.id(service)?, "sh", "-c", script])
    }

    fn about(&self, service: &str, format: &str) -> Result<String> {
        self.engine.ask(&["inspect", "--format", format, &self.id(service)?])
    }

    fn id(&self, service: &str) -> Result<String> {
        let id = output(&mut self.compose(&["ps", "--quiet", service]))?.trim().to_owned();
        if id.is_empty() { bail!("there is no container of {service}") } else { Ok(id) }
    }

    fn compose(&self, arguments: &[&str]) -> std::process::Command {
        self.engine.compose(PROJECT, arguments)
    }

    fn remove(&self) {
        let _ = output(&mut self.compose(&["down", "--volumes", "--remove-orphans"]));
    }
}

impl Drop for Board<'_> {
    fn drop(&mut self) {
        self.remove();
    }
}
