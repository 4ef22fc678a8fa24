//! One client requests everything, many times at once, and disconnects before the responses. All other clients are served as before, and
//! the program releases the memory.

use std::{process::Stdio, time::Duration};

use reqwest::StatusCode;
use tokio::{
    io::{AsyncBufReadExt as _, BufReader},
    task::JoinSet,
    time::Instant,
};

use crate::{
    cluster::Database,
    program::{bare_site, finish, mooncoon},
};

/// Time limit for a start, a read of the past, or a response among many, on a machine that runs builds as well.
const PATIENCE: Duration = Duration::from_secs(180);
/// Past launches of the world.
const PAST: &str = "1500";
/// Paths that must be served all the time.
const OTHERS: [&str; 5] = ["/healthz", "/readyz", "/api/v1/freshness", "/scorecard", "/"];

#[tokio::test(flavor = "multi_thread")]
#[expect(clippy::print_stdout, reason = "the test prints figures")]
async fn one_client_with_many_large_requests_starves_no_other_client() {
    let database = Database::create().await;
    let world = ["--upcoming", "100", "--past", PAST];
    let invented = |command: &mut tokio::process::Command| {
        command.args(world).env_remove("MOONCOON_LL2_URL");
    };
    let mut backfill = mooncoon(&database.url(), "");
    backfill.arg("backfill");
    invented(&mut backfill);
    let ended = tokio::time::timeout(PATIENCE, finish(&mut backfill)).await.expect("the past is read in time");
    assert!(ended.status.success(), "{}", ended.log);

    let (site, data) = (bare_site(), tempfile::tempdir().expect("a temporary folder"));
    let mut serve = mooncoon(&database.url(), "");
    serve.arg("serve");
    invented(&mut serve);
    serve.env("MOONCOON_ADDR", "127.0.0.1:0").env("MOONCOON_SITE_DIR", site.path());
    serve.env("MOONCOON_DATA_DIR", data.path()).stderr(Stdio::inherit());
    let mut program = serve.spawn().expect("the program was built");
    let mut line = String::new();
    let output = program.stdout.take().expect("it is piped");
    let read = tokio::time::timeout(PATIENCE, BufReader::new(output).read_line(&mut line)).await;
    read.expect("it starts in time").expect("it writes text");
    let origin = line.split_whitespace().find(|word| word.starts_with("http://")).expect("an address").to_owned();

    let client = reqwest::Client::new();
    let mut others = 0;
    let mut slowest = Duration::ZERO;
    for (paths, leaves) in [
        (&["/?past=true"] as &[&str], false),
        (&["/?past=true", "/?as_of=2026-01-01T00:00:00Z&past=true"], true),
        (&["/api/v1/launches.csv?past=true", "/api/v1/launches.ics?past=true", "/api/board?as_of=&past=true"], false),
    ] {
        let mut greedy = JoinSet::new();
        for number in 0..64 {
            let request = client.get(format!("{origin}{}", paths[number % paths.len()]));
            greedy.spawn(async move {
                let asked = async { Some(request.send().await.ok()?.status()) };
                if leaves { tokio::time::timeout(Duration::from_millis(300), asked).await.ok()? } else { asked.await }
            });
        }
        while !greedy.is_empty() {
            for path in OTHERS {
                let start = Instant::now();
                let answer = client.get(format!("{origin}{path}")).send().await.expect("it answers");
                assert_eq!(answer.status(), StatusCode::OK, "{path} beside {paths:?}");
                slowest = slowest.max(start.elapsed());
                others += 1;
            }
            while let Some(status) = greedy.try_join_next() {
                let status = status.expect("does not panic");
                let is_expected = status.is_none_or(|status| status == 200 || status == 503);
                assert!(is_expected && (leaves || status.is_some()), "{paths:?}: {status:?}");
            }
        }
    }
    println!(
        "chaos: starvation: {others} requests of other clients answered, the slowest after {} ms",
        slowest.as_millis()
    );
    let end = program.kill().await;
    assert!(end.is_ok());
    database.drop().await;
}
