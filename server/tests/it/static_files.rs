use std::path::Path;

use tempfile::TempDir;

use crate::{program::Program, wire};

const SCRIPT: &str = "/pkg/mooncoon.0123456789abcdef.js";
const IMMUTABLE: Option<&str> = Some("public, max-age=31536000, immutable");

/// Returns a bundle with a file of each kind; the compressed copies have other content, so that they can be distinguished.
fn site() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let write = |path: &str, content: &str| {
        let file = folder.path().join(path);
        std::fs::create_dir_all(file.parent().expect("it is in the folder")).expect("the folder is ours");
        std::fs::write(file, content).expect("the folder is ours");
    };
    write(
        "manifest.json",
        r#"{"js": "", "wasm": "", "charts": "", "css": "/pkg/main.css", "world": "", "parts": {"pages": [], "views": [], "palette": []}}"#,
    );
    write(&SCRIPT[1..], &"plain ".repeat(1000));
    write(&format!("{}.br", &SCRIPT[1..]), "this is brotli");
    write(&format!("{}.gz", &SCRIPT[1..]), "this is gzip, longer");
    write("favicon.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    write("boot.js", "0123456789");
    write("boot.js.br", "small br");
    write("icons/180.png", "png");
    write("lone.gz", "an archive");
    write(".hidden", "secret");
    write(".git/config", "secret");
    write("a b.txt", "unspellable");
    folder
}

async fn start(site: &Path) -> Program {
    wire::start(&[("MOONCOON_SITE_DIR", site.to_str().expect("UTF-8"))]).await
}

#[tokio::test]
async fn files_are_served_whole_in_part_or_as_not_modified() {
    let site = site();
    let program = start(site.path()).await;
    let addr = program.addr;
    for (path, kind, keeping) in [
        (SCRIPT, "text/javascript; charset=utf-8", IMMUTABLE),
        ("/favicon.svg", "image/svg+xml", Some("public, max-age=3600")),
        ("/boot.js", "text/javascript; charset=utf-8", Some("public, max-age=3600")),
        ("/icons/180.png", "image/png", Some("public, max-age=3600")),
    ] {
        let whole = wire::get(addr, path).await;
        assert_eq!((whole.status, whole.header("content-type")), (200, Some(kind)), "{path}");
        assert_eq!((whole.header("cache-control"), whole.header("accept-ranges")), (keeping, Some("bytes")), "{path}");
        assert_eq!(whole.header("content-length"), Some(whole.body.len().to_string().as_str()));
        let (tag, date) = (whole.header("etag").expect("a tag"), whole.header("last-modified").expect("a date"));

        let head = wire::ask(addr, "HEAD", path, &[]).await;
        for name in
            ["content-type", "content-length", "etag", "last-modified", "cache-control", "accept-ranges", "vary"]
        {
            assert_eq!(head.header(name), whole.header(name), "{path}: {name}");
        }
        assert!(head.body.is_empty());

        for condition in [("If-None-Match", tag), ("If-None-Match", "*"), ("If-Modified-Since", date)] {
            let known = wire::ask(addr, "GET", path, &[condition]).await;
            assert_eq!((known.status, known.body.len()), (304, 0), "{path} {condition:?}");
            for name in ["etag", "cache-control", "vary", "last-modified"] {
                assert_eq!(known.header(name), whole.header(name), "{path} {condition:?}: {name}");
            }
        }
        for condition in [("If-None-Match", "\"other\""), ("If-Modified-Since", "Thu, 01 Jan 1970 00:00:00 GMT")] {
            assert_eq!(wire::ask(addr, "GET", path, &[condition]).await.status, 200, "{path} {condition:?}");
        }

        let length = whole.body.len();
        let part = wire::ask(addr, "GET", path, &[("Range", "bytes=1-2")]).await;
        assert_eq!((part.status, &part.body[..]), (206, &whole.body[1..3]), "{path}");
        assert_eq!(part.header("content-range"), Some(format!("bytes 1-2/{length}").as_str()));
        let end = wire::ask(addr, "GET", path, &[("Range", "bytes=-2"), ("If-Range", tag)]).await;
        assert_eq!((end.status, &end.body[..]), (206, &whole.body[length - 2..]), "{path}");
        let changed = wire::ask(addr, "GET", path, &[("Range", "bytes=-2"), ("If-Range", "\"other\"")]).await;
        assert_eq!((changed.status, changed.body.len()), (200, length), "{path}");
        let beyond = wire::ask(addr, "GET", path, &[("Range", &format!("bytes={length}-"))]).await;
        assert_eq!(beyond.status, 416, "{path}");
        assert_eq!(beyond.header("content-range"), Some(format!("bytes */{length}").as_str()));

        for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND"] {
            let refused = wire::ask(addr, method, path, &[]).await;
            assert_eq!((refused.status, refused.header("allow")), (405, Some("GET, HEAD")), "{method} {path}");
        }
    }
    program.stop().await;
}

#[tokio::test]
async fn a_file_is_sent_precompressed() {
    let site = site();
    let program = start(site.path()).await;
    for (accepted, encoding, body) in [
        ("gzip, deflate, br, zstd", Some("br"), "this is brotli"),
        ("br;q=0.5, gzip;q=0.8", Some("gzip"), "this is gzip, longer"),
        ("GZIP", Some("gzip"), "this is gzip, longer"),
        ("*", Some("br"), "this is brotli"),
        ("br;q=0, *", Some("gzip"), "this is gzip, longer"),
        ("zstd", None, "plain "),
        ("deflate", None, "plain "),
        ("identity", None, "plain "),
        ("br;q=0, gzip;q=0", None, "plain "),
        ("br;q=two", None, "plain "),
        ("", None, "plain "),
    ] {
        let answer = wire::ask(program.addr, "GET", SCRIPT, &[("Accept-Encoding", accepted)]).await;
        assert_eq!((answer.status, answer.header("content-encoding")), (200, encoding), "{accepted}");
        assert!(answer.text().starts_with(body), "{accepted}: {}", answer.text());
        assert_eq!(answer.header("vary"), Some("accept-encoding"), "{accepted}");
        // Each encoding is a separate version.
        let tag = answer.header("etag").expect("a tag");
        let known =
            wire::ask(program.addr, "GET", SCRIPT, &[("Accept-Encoding", accepted), ("If-None-Match", tag)]).await;
        assert_eq!(
            (known.status, known.header("vary"), known.header("cache-control")),
            (304, Some("accept-encoding"), IMMUTABLE)
        );
        let other =
            wire::ask(program.addr, "GET", SCRIPT, &[("Accept-Encoding", "gzip;q=1"), ("If-None-Match", tag)]).await;
        assert_eq!(other.status == 304, encoding == Some("gzip"), "{accepted}");
        let head = wire::ask(program.addr, "HEAD", SCRIPT, &[("Accept-Encoding", accepted)]).await;
        assert_eq!(
            (head.header("content-length"), head.header("content-encoding")),
            (answer.header("content-length"), encoding)
        );
    }
    program.stop().await;
}

#[tokio::test]
async fn no_other_file_of_the_folder_is_served() {
    let site = site();
    let program = start(site.path()).await;
    for path in [
        "/manifest.json",
        "//manifest.json",
        "/./manifest.json",
        "/%6danifest.json",
        "/icons/../manifest.json",
        "/pkg/../manifest.json",
        "/manifest.json/",
        "/.hidden",
        "/.git/config",
        "/a%20b.txt",
        "/icons",
        "/icons/",
        "/pkg",
        "/pkg/",
        "/pkg/none.js",
        "/boot.js.br",
        "/pkg/mooncoon.0123456789abcdef.js.gz",
        "/favicon.svg/x",
    ] {
        let mut answer = wire::get(program.addr, path).await;
        if answer.status == 308 {
            answer = wire::get(program.addr, answer.header("location").expect("it leads somewhere")).await;
        }
        assert!(matches!(answer.status, 400 | 404), "{path}: {}", answer.status);
        assert!(!answer.text().contains("secret") && !answer.text().contains("palette"), "{path}");
        assert_ne!(answer.header("cache-control"), IMMUTABLE, "{path}");
    }
    assert_eq!(wire::get(program.addr, "/lone.gz").await.status, 200, "an archive that is not a copy");
    // Another bundle has replaced this one.
    std::fs::remove_file(site.path().join(&SCRIPT[1..])).expect("the folder is ours");
    assert_eq!(wire::get(program.addr, SCRIPT).await.status, 404);
    program.stop().await;
}

/// A response made per request is compressed on the way; its HEAD response has the headers of its GET response.
#[tokio::test]
async fn a_head_response_matches_the_get_response() {
    let site = site();
    let program = start(site.path()).await;
    for path in [
        "/",
        "/pipeline",
        "/nowhere",
        "/api/v1/launches?limit=50",
        "/api/v1/launches.csv",
        "/api/v1/nothing",
        "/healthz",
        "/api/moments",
    ] {
        for accepted in ["", "gzip", "br", "gzip, deflate, br, zstd"] {
            let headers = [("Accept-Encoding", accepted), ("Accept", "text/html")];
            let (body, head) = (
                wire::ask(program.addr, "GET", path, &headers).await,
                wire::ask(program.addr, "HEAD", path, &headers).await,
            );
            assert_eq!((head.status, head.body.len()), (body.status, 0), "{path} {accepted}");
            for name in ["content-type", "content-encoding", "vary", "cache-control", "etag", "content-length"] {
                assert_eq!(head.header(name), body.header(name), "{path} {accepted}: {name}");
            }
        }
    }
    program.stop().await;
}
