use std::process::Output;

use tokio::{net::TcpListener, process::Command};

use crate::program::Program;

/// Runs the command of the image's HEALTHCHECK against an address.
async fn health(addr: &str, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mooncoon"));
    // A proxy in the environment is for outgoing requests, not for those to the program itself.
    command.arg("health").args(arguments).env("MOONCOON_ADDR", addr).env("http_proxy", "http://192.0.2.1:9");
    command.current_dir(std::env::temp_dir()).output().await.expect("the program was built")
}

#[tokio::test]
async fn health_reports_whether_a_program_responds() {
    let program = Program::start(&[]).await;
    let everywhere = format!("0.0.0.0:{}", program.addr.port());
    for (addr, arguments) in [(program.addr.to_string(), &[][..]), (everywhere, &["--ready"])] {
        let output = health(&addr, arguments).await;
        assert!(output.status.success(), "{addr} {arguments:?}: {output:?}");
    }
    program.stop().await;
}

#[tokio::test]
async fn health_fails_where_nothing_or_another_program_responds() {
    let other = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let addr = other.local_addr().expect("it is bound").to_string();
    let (output, ()) = tokio::join!(health(&addr, &[]), async {
        drop(other.accept().await);
    });
    assert!(!output.status.success(), "{output:?}");

    drop(other);
    let output = health(&addr, &[]).await;
    assert!(!output.status.success(), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stderr).contains("nothing listens"), "{output:?}");
}
