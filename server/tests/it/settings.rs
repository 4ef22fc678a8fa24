//! Unknown settings and values out of range: refused at startup, by name, and without the secrets in them.

#![expect(clippy::disallowed_methods, reason = "the environment configures the tests")]

use tokio::process::Command;

use crate::program::Program;

/// Returns the output of the program with these settings; it must not start. If it did, it would listen on a free
/// port.
async fn refusal(settings: &[(&str, &str)], arguments: &[&str], dotenv: Option<&str>) -> String {
    let folder = tempfile::tempdir().expect("a temporary folder");
    if let Some(text) = dotenv {
        std::fs::write(folder.path().join(".env"), text).expect("the folder is ours");
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_mooncoon"));
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("MOONCOON_") {
            command.env_remove(name);
        }
    }
    let output = command
        .args(arguments)
        .current_dir(folder.path())
        .env("DATABASE_URL", "postgres://canary:canary@127.0.0.1:1/canary")
        .env("MOONCOON_ADDR", "127.0.0.1:0")
        .env("MOONCOON_DATA_DIR", folder.path().join("data"))
        .env("RUST_LOG", "trace")
        .envs(settings.iter().copied())
        .kill_on_drop(true)
        .output()
        .await
        .expect("the program was built");
    assert!(!output.status.success(), "{settings:?} {arguments:?} is refused");
    let said = String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout);
    assert!(!said.contains("panicked") && !said.contains("canary"), "{said}");
    said
}

#[tokio::test]
async fn an_unknown_or_out_of_range_setting_is_named() {
    for (name, value, expected) in [
        ("MOONCOON_PUBLICREAD", "off", "did you mean MOONCOON_PUBLIC_READ"),
        ("mooncoon_poll_seconds", "60", "did you mean MOONCOON_POLL_SECONDS"),
        ("MOONCOON_POLL_SECONDS", "18446744073709551615", "from 1 to 604800"),
        ("MOONCOON_LL2_BUDGET", "99999999999999999999", "from 1 to"),
        ("MOONCOON_LL2_TIMEOUT_SECONDS", "1e300", "from 0.01 to 600"),
        ("MOONCOON_LL2_URL", "https://canary:canary@example.org/2.3.0", "credentials"),
        ("MOONCOON_LL2_URL", "https://example.org/2.3.0?token=canary", "query"),
        ("DATABASE_URL", "postgres://u:canary@127.0.0.1:1/d?sslmod=canary", "did you mean sslmode"),
    ] {
        let said = refusal(&[(name, value)], &["serve"], None).await;
        assert!(said.contains(name) && said.contains(expected), "{name}: {said}");
    }
    let said = refusal(&[], &["serve"], Some("MOONCOON_PUBLICREAD=off\n")).await;
    assert!(said.contains("did you mean MOONCOON_PUBLIC_READ"), "from .env too: {said}");
    for (option, value) in
        [("--speed", "NaN"), ("--past", "18446744073709551615"), ("--frozen-at", "9999-01-01T00:00:00Z")]
    {
        let said = refusal(&[], &["serve", &format!("{option}={value}")], None).await;
        assert!(said.contains(option), "{said}");
    }
}

#[tokio::test]
async fn settings_of_our_tools_and_orchestrators_are_accepted_and_readyz_lists_the_tasks() {
    let program = Program::start(&[
        ("MOONCOON_BINARY", "/somewhere/mooncoon"),
        ("MOONCOON_SERVICE_HOST", "10.0.0.1"),
        ("MOONCOON_PORT", "tcp://10.0.0.1:3000"),
    ])
    .await;
    let answer = reqwest::get(program.url("/readyz")).await.expect("it answers");
    assert_eq!(answer.status(), 200);
    let said = answer.text().await.expect("it is text");
    assert!(said.starts_with("ready\n"), "{said}");
    for task in ["database watch", "ingest", "news listener", "simulator"] {
        assert!(said.contains(&format!("\n{task}: running since ")), "{said}");
    }
    let page = reqwest::get(program.url("/pipeline")).await.expect("it answers").text().await.expect("it is text");
    assert!(page.contains("Background tasks: database watch, ingest"), "the pipeline page says so too");
    program.stop().await;
}
