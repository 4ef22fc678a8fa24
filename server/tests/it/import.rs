//! The command that imports archives: what it prints about an archive that is older than the published data.

use std::{path::Path, process::Stdio, time::Duration};

use serde_json::json;
use tokio::process::Command;

use crate::database::Database;

/// Imports a list of one launch with this NET; returns what the program prints.
async fn import(database: &Database, folder: &Path, observed_at: &str, net: &str, options: &[&str]) -> String {
    let launch = json!({
        "id": "00000000-0000-4000-8000-000000000001",
        "name": "Made-up Rocket | Payload",
        "net": net,
        "net_precision": {"id": 1, "name": "Minute", "abbrev": "MIN"},
    });
    let file = folder.join("upcoming.json");
    let list = json!({"count": 1, "next": null, "previous": null, "results": [launch]});
    std::fs::write(&file, list.to_string()).expect("the folder is ours");
    let mut command = Command::new(env!("CARGO_BIN_EXE_mooncoon"));
    command
        .args(["import", "--observed-at", observed_at])
        .args(options)
        .arg(&file)
        .current_dir(folder)
        .env("DATABASE_URL", database.url())
        .env("MOONCOON_DATA_DIR", folder)
        .env("MOONCOON_SOURCE", "simulated")
        .stdin(Stdio::null())
        .kill_on_drop(true);
    let ended = tokio::time::timeout(Duration::from_secs(60), command.output()).await;
    let output = ended.expect("it ends by itself").expect("the program was built");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

#[tokio::test]
async fn a_late_archive_names_the_command_for_its_place_in_the_history() {
    let database = Database::create("import").await;
    let folder = tempfile::tempdir().expect("a temporary folder");
    let import = async |observed_at: &str, net: &str, options: &[&str]| {
        import(&database, folder.path(), observed_at, net, options).await
    };
    let first = import("2026-01-01T00:00:00Z", "2026-06-01T12:00:00Z", &[]).await;
    assert!(!first.contains("replay"), "{first}");
    let newest = import("2026-01-09T00:00:00Z", "2026-06-09T12:00:00Z", &["--replay"]).await;
    assert!(!newest.contains("read again"), "a replay would change nothing: {newest}");

    let late = import("2026-01-03T00:00:00Z", "2026-06-03T12:00:00Z", &[]).await;
    assert!(late.contains("1 older than the stored state") && late.contains("`mooncoon replay`"), "{late}");
    let replayed = import("2026-01-05T00:00:00Z", "2026-06-05T12:00:00Z", &["--replay"]).await;
    assert!(replayed.contains("4 runs, 4 bodies") && replayed.contains("the published data changed"), "{replayed}");
    assert!(!replayed.contains("`mooncoon replay`"), "{replayed}");
    database.drop().await;
}
