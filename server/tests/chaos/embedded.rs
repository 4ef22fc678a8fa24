//! The program with an embedded Postgres that is killed again and again while clients read and the job runs.

#![expect(clippy::disallowed_methods, reason = "the environment configures the tests")]

use std::{
    fs::{self, File},
    os::unix::fs::PermissionsExt as _,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use tempfile::TempDir;
use tokio::{
    io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader},
    net::TcpStream,
};

use crate::{
    program::{mooncoon, signal, spread, variable},
    stage::Stage,
};

const UPCOMING: usize = 40;
/// Number of kills, unless `CHAOS_POSTGRES_KILLS` is set.
const KILLS: usize = 3;
const READERS: usize = 8;
/// Without readers it takes less than five seconds on an idle machine; eight readers without pauses, on two busy cores, have made it 18.
const PATIENCE: Duration = Duration::from_secs(90);

/// Requests a page on a separate connection; returns the status and the response, or none if the response was incomplete.
async fn get(address: &str, path: &str) -> Option<(u16, String)> {
    let asked = async {
        let mut stream = TcpStream::connect(address).await.ok()?;
        let request = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await.ok()?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.ok()?;
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let status = answer.split(' ').nth(1)?.parse().ok()?;
        Some((status, answer))
    };
    tokio::time::timeout(Duration::from_secs(20), asked).await.ok()?
}

/// A data directory that the account of the server can enter, even if the tests run as root.
fn walkable() -> TempDir {
    let builder = &mut tempfile::Builder::new();
    builder.prefix("mc").permissions(fs::Permissions::from_mode(0o755)).tempdir().expect("a temporary folder")
}

fn postmaster(data: &Path) -> Option<u32> {
    fs::read_to_string(data.join("postgres/postmaster.pid")).ok()?.lines().next()?.trim().parse().ok()
}

/// Waits until a page that needs the database is available again.
async fn wait_for(address: &str, path: &str, log: &Path) -> Duration {
    let began = Instant::now();
    loop {
        if get(address, path).await.is_some_and(|(status, _)| status == 200) {
            return began.elapsed();
        }
        let said = || fs::read_to_string(log).unwrap_or_default();
        assert!(began.elapsed() < PATIENCE, "{path} has not recovered: {}", said());
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
#[expect(clippy::print_stdout, reason = "`cargo xtask chaos` prints figures")]
async fn postgres_killed_under_load_restarts_and_loses_nothing() {
    let kills: usize = variable("CHAOS_POSTGRES_KILLS").unwrap_or(KILLS);
    let folder = walkable();
    let data = folder.path().join("data");
    let site = crate::program::bare_site();
    let log = folder.path().join("log");
    let stage = Stage::open(UPCOMING).await;
    let mut program = mooncoon("", &stage.url())
        .arg("serve")
        .env_remove("DATABASE_URL")
        .env("MOONCOON_ADDR", "127.0.0.1:0")
        .env("MOONCOON_DATA_DIR", &data)
        .env("MOONCOON_SITE_DIR", site.path())
        .env("MOONCOON_POLL_SECONDS", "1")
        .envs(std::env::var_os("MOONCOON_POSTGRES_DIR").map(|folder| ("MOONCOON_POSTGRES_DIR", folder)))
        .stderr(File::create(&log).expect("the folder is ours"))
        .spawn()
        .expect("the program was built");
    let mut line = String::new();
    let output = program.stdout.take().expect("it is piped");
    tokio::time::timeout(Duration::from_secs(120), BufReader::new(output).read_line(&mut line))
        .await
        .expect("it starts in time")
        .expect("it writes text");
    let address = line.split("http://").nth(1).and_then(|rest| rest.split(' ').next()).unwrap_or_default().to_owned();
    assert!(!address.is_empty(), "{line:?}: {}", fs::read_to_string(&log).unwrap_or_default());
    wait_for(&address, "/pipeline", &log).await;

    let is_over = Arc::new(AtomicBool::new(false));
    let (answered, broken) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let readers: Vec<_> = (0..READERS)
        .map(|number| {
            let (address, is_over) = (address.clone(), is_over.clone());
            let (answered, broken) = (answered.clone(), broken.clone());
            tokio::spawn(async move {
                let paths = ["/", "/api/v1/launches?past=true", "/pipeline", "/api/v1/freshness"];
                while !is_over.load(Ordering::Relaxed) {
                    match get(&address, paths[number % paths.len()]).await {
                        Some((200, _)) => answered.fetch_add(1, Ordering::Relaxed),
                        _ => broken.fetch_add(1, Ordering::Relaxed),
                    };
                }
            })
        })
        .collect();
    let mut times = Vec::new();
    for _ in 0..kills {
        stage.go_on(24);
        // Longer than a server must have run for its end not to count as a failed start.
        tokio::time::sleep(Duration::from_secs(6)).await;
        let Some(pid) = postmaster(&data) else {
            panic!("no server: {}", fs::read_to_string(&log).unwrap_or_default())
        };
        signal("-KILL", pid).await;
        let began = Instant::now();
        while postmaster(&data).is_none_or(|now| now == pid) {
            assert!(began.elapsed() < PATIENCE, "{}", fs::read_to_string(&log).unwrap_or_default());
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        wait_for(&address, "/pipeline", &log).await;
        times.push(began.elapsed());
    }
    is_over.store(true, Ordering::Relaxed);
    for reader in readers {
        reader.await.expect("a reader does not panic");
    }
    times.sort();
    println!(
        "chaos: Postgres killed {kills} times; a fresh page after {}; {} responses, {} not 200",
        spread(&times),
        answered.load(Ordering::Relaxed),
        broken.load(Ordering::Relaxed)
    );
    // The job keeps working: a run that started after the last kill publishes.
    let (_, before) = get(&address, "/api/v1/pipeline/runs?limit=1").await.expect("it answers");
    stage.go_on(24);
    let began = Instant::now();
    loop {
        let (_, now) = get(&address, "/api/v1/pipeline/runs?limit=1").await.expect("it answers");
        if now != before && now.contains("\"succeeded\"") {
            break;
        }
        assert!(began.elapsed() < PATIENCE, "no run has published since: {now}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let id = program.id().expect("it runs");
    signal("-TERM", id).await;
    let ended = tokio::time::timeout(Duration::from_secs(15), program.wait()).await.expect("it stops in time");
    let said = fs::read_to_string(&log).unwrap_or_default();
    assert!(ended.is_ok_and(|status| status.success()), "{said}");
    assert!(!said.contains("panicked at"), "{said}");
    assert!(postmaster(&data).is_none(), "its Postgres ended with it");

    // Checks every invariant, over all data written before, between and after the kills.
    let checked = mooncoon("", &stage.url())
        .arg("check")
        .env_remove("DATABASE_URL")
        .env("MOONCOON_DATA_DIR", &data)
        .output()
        .await
        .expect("the program was built");
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
}
