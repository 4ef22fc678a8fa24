//! Tests behind real nginx, one and two of them: `cargo test -p server --test it nginx -- --ignored`, where nginx is installed. Not in the
//! gate, which runs on machines without it; `proxies` tests the headers of nginx as well.

use std::{net::SocketAddr, process::Stdio, time::Duration};

use tempfile::TempDir;
use tokio::{
    net::{TcpListener, TcpStream},
    process::{Child, Command},
};

use crate::wire;

struct Nginx {
    addr: SocketAddr,
    _child: Child,
    _folder: TempDir,
}

/// Starts an nginx that passes everything on to `upstream`, with these directives.
async fn nginx(upstream: SocketAddr, directives: &str) -> Nginx {
    let free = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let addr = free.local_addr().expect("it is bound");
    drop(free);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let at = folder.path().display();
    let config = format!(
        "daemon off; master_process off; pid {at}/pid; error_log {at}/errors;
         events {{ worker_connections 64; }}
         http {{
             access_log off; client_body_temp_path {at}/body; proxy_temp_path {at}/proxy; fastcgi_temp_path {at}/fastcgi;
             uwsgi_temp_path {at}/uwsgi; scgi_temp_path {at}/scgi;
             server {{ listen {addr}; location / {{ proxy_pass http://{upstream}; {directives} }} }}
         }}"
    );
    let file = folder.path().join("nginx.conf");
    std::fs::write(&file, config).expect("the folder is ours");
    let binary = if std::path::Path::new("/usr/sbin/nginx").exists() { "/usr/sbin/nginx" } else { "nginx" };
    let child = Command::new(binary)
        .arg("-c")
        .arg(&file)
        .arg("-p")
        .arg(folder.path())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .expect("nginx is installed");
    for _ in 0..200 {
        if TcpStream::connect(addr).await.is_ok() {
            return Nginx { addr, _child: child, _folder: folder };
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let log = std::fs::read_to_string(folder.path().join("errors")).unwrap_or_default();
    panic!("nginx does not listen: {log}");
}

/// As in nginx's own documentation.
const USUAL: &str = "proxy_set_header Host $host; proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                     proxy_set_header X-Forwarded-Proto $scheme; proxy_set_header X-Forwarded-Host $http_host;";
/// The outer one, as if it had terminated TLS for moon.example.
const OUTER: &str = "proxy_set_header Host $host; proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                     proxy_set_header X-Forwarded-Proto https; proxy_set_header X-Forwarded-Host moon.localhost;";
/// The inner one appends its own address and leaves the rest unchanged.
const INNER: &str = "proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;";

async fn feed(addr: SocketAddr, headers: &[(&str, &str)]) -> (u16, String) {
    let answer = wire::ask(addr, "GET", "/api/v1/launches.atom?limit=1", headers).await;
    let text = answer.text();
    let link = text.split("href=\"").find(|link| link.contains("/api/v1/launches.atom")).unwrap_or_default();
    (answer.status, link.split("/api/v1/").next().unwrap_or_default().to_owned())
}

#[tokio::test]
#[ignore = "needs nginx"]
async fn links_are_correct_behind_one_nginx_and_behind_two() {
    let program = wire::start(&[("MOONCOON_TRUSTED_PROXY", "127.0.0.1")]).await;
    let one = nginx(program.addr, USUAL).await;
    assert_eq!(feed(one.addr, &[]).await, (200, format!("http://{}", one.addr)));
    let spoofed = [
        ("X-Forwarded-Proto", "https"),
        ("X-Forwarded-For", "10.9.9.9"),
        ("Forwarded", "host=evil.example;proto=https"),
    ];
    assert_eq!(feed(one.addr, &spoofed).await, (200, format!("http://{}", one.addr)));
    assert_eq!(feed(one.addr, &[("Host", "evil.example")]).await.0, 421);

    let inner = nginx(program.addr, INNER).await;
    let outer = nginx(inner.addr, OUTER).await;
    assert_eq!(feed(outer.addr, &[]).await, (200, "https://moon.localhost".to_owned()));
    assert_eq!(feed(outer.addr, &spoofed).await, (200, "https://moon.localhost".to_owned()));
    program.stop().await;

    // Not trusted: their headers are ignored, and nginx's own `Host` counts.
    let program = wire::start(&[]).await;
    let outer = nginx(program.addr, OUTER).await;
    assert_eq!(feed(outer.addr, &[]).await, (200, "http://127.0.0.1".to_owned()));
    program.stop().await;

    let program = wire::start(&[("MOONCOON_PUBLIC_URL", "https://moon.example")]).await;
    let plain = nginx(program.addr, "").await;
    assert_eq!(feed(plain.addr, &[]).await, (200, "https://moon.example".to_owned()));
    // nginx normalizes paths itself; the path that it passes on is canonical or refused all the same.
    for path in ["/x/../pipeline", "//pipeline", "/%2e%2e/pipeline", "/media/..%2fpipeline"] {
        let answer = wire::get(plain.addr, path).await;
        assert!(matches!(answer.status, 200 | 308 | 400 | 404), "{path}: {}", answer.status);
    }
    program.stop().await;
}
