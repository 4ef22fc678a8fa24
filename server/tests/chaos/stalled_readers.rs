//! Clients that request a lot and read nothing, together with silent ones and ones that send half a head: other clients do not notice
//! them, they are disconnected in the end, and they do not delay the shutdown of the program.

use std::{
    net::SocketAddr,
    process::Stdio,
    time::{Duration, Instant},
};

use tokio::{
    io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpSocket, TcpStream},
};

use crate::{
    cluster::Database,
    program::{bare_site, ingest_once, mooncoon, signal},
    stage::Stage,
};

const STALLED: usize = 150;
const SILENT: usize = 300;
/// How long the program tolerates a client that reads nothing, the wait beyond that, and the allowance for a busy machine.
const STALL: Duration = Duration::from_secs(30);
const MARGIN: Duration = Duration::from_secs(5);
const SLACK: Duration = Duration::from_secs(30);

async fn connect(addr: SocketAddr) -> TcpStream {
    let socket = TcpSocket::new_v4().expect("a socket");
    socket.set_recv_buffer_size(4096).expect("a buffer may be small");
    socket.connect(addr).await.expect("it listens")
}

/// Sends one complete request; returns the whole response.
async fn ask(addr: SocketAddr, path: &str) -> String {
    let mut client = TcpStream::connect(addr).await.expect("it listens");
    let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    client.write_all(request.as_bytes()).await.expect("it reads");
    let mut answer = Vec::new();
    client.read_to_end(&mut answer).await.expect("it answers");
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test(flavor = "multi_thread")]
#[expect(clippy::print_stdout, reason = "`cargo xtask chaos` prints figures")]
async fn stalled_readers_are_disconnected_and_delay_no_other_client() {
    let stage = Stage::open(60).await;
    let database = Database::create().await;
    let first = ingest_once(&database.url(), &stage.url()).await;
    assert!(first.status.success(), "{}", first.log);
    let folder = bare_site();
    let mut program = mooncoon(&database.url(), &stage.url())
        .arg("serve")
        .env("MOONCOON_ADDR", "127.0.0.1:0")
        .env("MOONCOON_DATA_DIR", folder.path())
        .env("MOONCOON_SITE_DIR", folder.path())
        // Fewer places than clients, and all clients have the same address.
        .env("MOONCOON_MAX_CONNECTIONS", "300")
        .env("MOONCOON_MAX_CONNECTIONS_PER_ADDRESS", "1000")
        .stderr(Stdio::inherit())
        .spawn()
        .expect("the program was built");
    let mut line = String::new();
    let mut output = BufReader::new(program.stdout.take().expect("it is piped"));
    output.read_line(&mut line).await.expect("it writes text");
    let addr = line.split("http://").nth(1).and_then(|rest| rest.split(' ').next()?.parse().ok());
    let addr: SocketAddr = addr.unwrap_or_else(|| panic!("the program did not start: {line:?}"));

    let requests = "GET /api/v1/launches HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(100);
    let mut stalled = Vec::new();
    for _ in 0..STALLED {
        let client = connect(addr).await;
        client.try_write(requests.as_bytes()).expect("a new socket accepts data");
        stalled.push(client);
    }
    let mut others = Vec::new();
    for number in 0..SILENT {
        let client = connect(addr).await;
        if number % 2 == 0 {
            client.try_write(b"GET / HTTP/1.1\r\nHost: loc").expect("a new socket accepts data");
        }
        others.push(client);
    }
    // While all of them are connected, and beyond the time after which the stalled ones are disconnected.
    let started = Instant::now();
    let (mut asked, mut slowest) = (0, Duration::ZERO);
    while started.elapsed() < STALL + MARGIN {
        // Requests without the database: another test checks that the database is not starved by these requests.
        for (path, expected) in [("/healthz", "HTTP/1.1 200"), ("/api/v1/anything", "HTTP/1.1 404")] {
            let before = Instant::now();
            let answer = ask(addr, path).await;
            slowest = slowest.max(before.elapsed());
            asked += 1;
            assert!(answer.starts_with(expected), "{path} after {:?}: {answer}", started.elapsed());
        }
        tokio::time::sleep(Duration::from_millis(250)).await;
    }
    println!(
        "chaos: {asked} responses next to {STALLED} stalled readers, the slowest after {} ms",
        slowest.as_millis()
    );
    // Now they read: only what the kernels had buffered is left, and then the end.
    for client in &mut stalled {
        let mut bytes = Vec::new();
        let ended = tokio::time::timeout(SLACK, client.read_to_end(&mut bytes)).await;
        assert!(ended.is_ok(), "a stalled reader is still served");
        let answers = bytes.windows(9).filter(|window| window == b"HTTP/1.1 ").count();
        assert!(answers < 100, "all responses arrived: no reader stalled");
    }

    // Shutdown with a new set of stalled clients.
    let mut stalled = Vec::new();
    for _ in 0..STALLED {
        let client = connect(addr).await;
        client.try_write(requests.as_bytes()).expect("a new socket accepts data");
        stalled.push(client);
    }
    let before = Instant::now();
    signal("-TERM", program.id().expect("it runs")).await;
    let status = tokio::time::timeout(Duration::from_secs(15), program.wait()).await;
    let status = status.expect("it ends in time").expect("it is ours");
    assert!(status.success(), "{status}");
    println!("chaos: SIGTERM with {STALLED} stalled readers: {} ms", before.elapsed().as_millis());
    database.drop().await;
}
