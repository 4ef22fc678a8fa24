//! The cost of connections: memory of each, how many can be opened per second, and the time of a shutdown while they are open.

use std::{
    io::{Read, Write},
    net::{Shutdown, SocketAddr, TcpStream},
    path::Path,
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

use super::{
    program::{Database, Program, Simulator},
    usage::process_tree,
};
use crate::{progress::tell, suites::database::folder};

/// Options of `connections`.
#[derive(Debug, clap::Args)]
pub(super) struct ConnectionOptions {
    /// Number of idle connections from which the memory of one is calculated.
    #[arg(long, default_value_t = 1_000)]
    idle: usize,
    /// How many streams of events are open.
    #[arg(long, value_delimiter = ',', default_values_t = [500, 2_000, 5_000])]
    streams: Vec<usize>,
    /// How many connections are made, one after another, by each of four clients.
    #[arg(long, default_value_t = 5_000)]
    new: usize,
}

/// The measured program shares the machine, and the address, with its clients.
const SETTINGS: [(&str, &str); 1] = [("MOONCOON_MAX_CONNECTIONS_PER_ADDRESS", "100000")];
const HEALTH: &str = "/healthz";
const LAUNCHES: &str = "/api/v1/launches?limit=10";
/// How long memory gets to settle, and how long to wait for a response.
const REST: Duration = Duration::from_secs(3);
const PATIENCE: Duration = Duration::from_secs(60);

/// Measures all of these figures.
pub(super) fn connections(options: &ConnectionOptions) -> Result<()> {
    let files = rlimit::increase_nofile_limit(u64::MAX).context("could not raise the limit on open files")?;
    let most = options.streams.iter().chain([&options.idle]).max().copied().unwrap_or(0) as u64;
    if files < most + 200 {
        bail!("{most} connections need {most} open files, but only {files} are allowed: raise `ulimit -Hn`");
    }
    let scratch = folder("mooncoon-bench-")?;
    let database = Database::start(&scratch.path().join("postgres"))?;
    let site = bare_site(scratch.path())?;
    // Each with a freshly started program: memory that was freed after an earlier figure would distort the next one. The warm-up requests
    // come first because they leave permanent allocations (cached statements, pages of the allocator), which are no part of a connection.
    let serve = |path: &str| -> Result<Program> {
        let settings = [SETTINGS.as_slice(), &[("MOONCOON_SITE_DIR", site.as_str())]].concat();
        let mut program = Program::serve_with(&scratch.path().join("data"), Some(&database.url), 40, &settings)?;
        program.wait_for_launches()?;
        for _ in 0..50 {
            ask(program.address, path, "close")?.read_to_end(&mut Vec::new())?;
        }
        thread::sleep(REST);
        Ok(program)
    };
    type Open<'open> = &'open dyn Fn(SocketAddr) -> Result<TcpStream>;
    let idle: [(&str, &str, Open<'_>); 4] = [
        ("silent", HEALTH, &connect),
        ("with half a head", HEALTH, &|address| send(connect(address)?, "GET / HTTP/1.1\r\nHost: local")),
        ("idle after /healthz", HEALTH, &|address| answered(ask(address, HEALTH, "keep-alive")?)),
        ("idle after ten launches", LAUNCHES, &|address| answered(ask(address, LAUNCHES, "keep-alive")?)),
    ];
    for (title, warm_up, open) in idle {
        let program = serve(warm_up)?;
        tell(&format!("connection, {title}: {}", each(&program, options.idle, open)?));
        program.stop()?;
    }
    for count in &options.streams {
        let program = serve(HEALTH)?;
        let figure = each(&program, *count, &|address| answered(ask(address, "/api/v1/events", "keep-alive")?))?;
        tell(&format!("stream of events: {figure}"));
        program.stop()?;
    }
    let program = serve(HEALTH)?;
    rate(program.address, options.new)?;
    program.stop()?;
    drop(database);
    end(scratch.path(), &site)
}

/// Memory per connection, with `count` of them open.
fn each(program: &Program, count: usize, open: &dyn Fn(SocketAddr) -> Result<TcpStream>) -> Result<String> {
    let before = process_tree(program.pid())?.resident_kb;
    let connections = (0..count).map(|_| open(program.address)).collect::<Result<Vec<_>>>()?;
    thread::sleep(REST);
    let after = process_tree(program.pid())?.resident_kb;
    drop(connections);
    Ok(format!(
        "{:.1} kB each of {count}, {after} kB resident in all",
        after.saturating_sub(before) as f64 / count.max(1) as f64
    ))
}

/// New connections per second: each requests `/healthz` once.
fn rate(address: SocketAddr, count: usize) -> Result<()> {
    const CLIENTS: usize = 4;
    let start = Instant::now();
    thread::scope(|scope| {
        let clients: Vec<_> = (0..CLIENTS)
            .map(|_| {
                scope.spawn(move || -> Result<()> {
                    for _ in 0..count {
                        ask(address, HEALTH, "close")?.read_to_end(&mut Vec::new())?;
                    }
                    Ok(())
                })
            })
            .collect();
        clients.into_iter().try_for_each(|client| client.join().unwrap_or_else(|_| bail!("a client panicked")))
    })?;
    let each_second = (CLIENTS * count) as f64 / start.elapsed().as_secs_f64();
    tell(&format!("new connections: {each_second:.0} a second, {CLIENTS} clients on the same machine"));
    Ok(())
}

/// SIGTERM with event streams, clients that do not read, partial request heads and a run in progress, and an embedded Postgres to stop.
fn end(scratch: &Path, site: &str) -> Result<()> {
    const STREAMS: usize = 2_000;
    const STALLED: usize = 50;
    // With so many launches the first run takes longer than connecting.
    let simulator = Simulator::start(scratch, 5_000)?;
    let settings = [SETTINGS.as_slice(), &[("MOONCOON_SITE_DIR", site)]].concat();
    let poll = Duration::from_secs(1);
    let mut program = Program::follow_with(&scratch.join("own"), None, &simulator, poll, &settings)?;
    program.wait_for_health()?;
    let pipeline = "GET /api/v1/freshness HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(4_000);
    let mut clients = Vec::new();
    for _ in 0..STREAMS {
        clients.push(answered(ask(program.address, "/api/v1/events", "keep-alive")?)?);
    }
    for _ in 0..STALLED {
        clients.push(send(connect(program.address)?, "GET / HTTP/1.1\r\nHost: local")?);
        let mut stalled = connect(program.address)?;
        stalled.set_nonblocking(true)?;
        // As much as the kernel accepts.
        let _ = stalled.write(pipeline.as_bytes());
        clients.push(stalled);
    }
    let is_running = program.has_run_in_progress()?;
    let (took, status) = program.stop_and_time()?;
    tell(&format!(
        "SIGTERM with {STREAMS} streams, {STALLED} half heads, {STALLED} stalled readers, {}: {:.1} s, {status}",
        if is_running { "a run in progress" } else { "no run (it had ended already)" },
        took.as_secs_f64()
    ));
    drop(clients);
    if took > Duration::from_secs(10) || !status.success() {
        bail!("the program must stop gracefully within ten seconds");
    }
    Ok(())
}

fn connect(address: SocketAddr) -> Result<TcpStream> {
    let stream = TcpStream::connect_timeout(&address, PATIENCE).context("could not connect")?;
    stream.set_read_timeout(Some(PATIENCE))?;
    Ok(stream)
}

fn send(mut stream: TcpStream, text: &str) -> Result<TcpStream> {
    stream.write_all(text.as_bytes())?;
    Ok(stream)
}

fn ask(address: SocketAddr, path: &str, connection: &str) -> Result<TcpStream> {
    let request = format!(
        "GET {path} HTTP/1.1\r\nHost: {address}\r\nAccept-Encoding: gzip, br\r\nConnection: {connection}\r\n\r\n"
    );
    send(connect(address)?, &request)
}

/// Reads the first part of a response, which must be a success.
fn answered(mut stream: TcpStream) -> Result<TcpStream> {
    let mut start = [0; 16 * 1024];
    let length = stream.read(&mut start).context("no answer")?;
    if !start[..length].starts_with(b"HTTP/1.1 200") {
        let _ = stream.shutdown(Shutdown::Both);
        bail!("refused: {}", String::from_utf8_lossy(&start[..length.min(80)]));
    }
    Ok(stream)
}

/// A site without files: none is requested.
fn bare_site(scratch: &Path) -> Result<String> {
    let site = scratch.join("site");
    std::fs::create_dir_all(&site)?;
    let manifest = r#"{"js": "", "wasm": "", "charts": "", "css": "", "world": "",
        "parts": {"pages": [], "views": [], "palette": []}}"#;
    std::fs::write(site.join("manifest.json"), manifest)?;
    Ok(site.to_string_lossy().into_owned())
}
