//! Pages with hostile texts: every text of every record is markup, script or a direction control (`simulator::HOSTILE_TEXTS`), and so is
//! the query of a visitor's address.
//!
//! The pages are parsed as browsers parse them, and compared with the same pages of a harmless world: they must not have an element or
//! attribute that no page of the harmless world has.

use std::{
    collections::BTreeSet,
    time::{Duration, Instant},
};

use domain::Subject;
use serde_json::Value;
use simulator::{
    ApiVersion, Fault, FaultKind, HOSTILE_TEXTS, InventedOptions, Options, Running, Simulator, WorldSource,
};

use crate::{
    document::{Element, elements},
    program::Program,
};

/// Time limit for a first run on a busy machine.
const PATIENCE: Duration = Duration::from_secs(120);
/// Number of launches whose own pages are read.
const LAUNCHES: usize = 16;

/// Starts an LL2 with hostile texts, or with the usual ones.
async fn ll2(faults: Vec<Fault>) -> Running {
    let world = InventedOptions { seed: 1969, upcoming: 40, past: 60, ..InventedOptions::default() };
    let options = Options { source: WorldSource::Invented(world), faults, ..Options::default() };
    let address = "127.0.0.1:0".parse().expect("an address");
    Simulator::bind(address, options).await.expect("a free port").spawn()
}

/// Starts a program that shows the data of this LL2, and waits for its first launches.
async fn program(ll2: &Running) -> (Program, Vec<Value>) {
    let program = Program::start(&[("MOONCOON_LL2_URL", &ll2.base_url(ApiVersion::V230))]).await;
    let until = Instant::now() + PATIENCE;
    loop {
        let answer = reqwest::get(program.url("/api/v1/launches?limit=100")).await.expect("it answers");
        let launches = answer.text().await.expect("it is text");
        let launches: Value = serde_json::from_str(&launches).expect("it is JSON");
        if let Some(launches) = launches["results"].as_array().filter(|launches| !launches.is_empty()) {
            return (program, launches.clone());
        }
        assert!(Instant::now() < until, "nothing was published");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// Returns the addresses of all kinds of pages, and their expected status.
fn pages(launches: &[Value]) -> Vec<(String, u16)> {
    let mut pages: Vec<String> =
        ["/", "/choose", "/analysis", "/scorecard", "/pipeline", "/dictionary"].map(String::from).into();
    pages.extend(["table", "timeline", "map", "calendar", "agenda"].map(|view| format!("/?view={view}")));
    pages.extend(["provider", "pad", "rocket", "orbit"].map(|lanes| format!("/?view=timeline&lanes={lanes}")));
    pages.push("/?past=true".to_owned());
    let ids: Vec<&str> = launches.iter().filter_map(|launch| launch["id"].as_str()).take(LAUNCHES).collect();
    pages.push(format!("/compare?ids={}", ids[..4].join(",")));
    pages.extend(ids.iter().map(|id| format!("/launches/{id}")));
    for (subject, key) in [(Subject::Provider, "provider"), (Subject::Rocket, "rocket"), (Subject::Pad, "pad")] {
        let ids: BTreeSet<i64> = launches.iter().filter_map(|launch| launch[key]["id"].as_i64()).collect();
        pages.extend(ids.into_iter().take(12).map(|id| format!("/{}/{id}", subject.slug())));
    }
    pages.into_iter().map(|page| (page, 200)).collect()
}

/// Returns addresses with a hostile text in each place that a page repeats.
fn questions() -> Vec<String> {
    let ask = |text: &str| {
        let text: String = url::form_urlencoded::byte_serialize(text.as_bytes()).collect();
        [
            format!("/?q={text}"),
            format!("/?family={text}&country={text}&mission_type={text}"),
            format!("/?status={text}"),
            format!("/?{text}=1"),
            format!("/?view=table&as_of={text}"),
            format!("/choose?by={text}"),
            format!("/compare?ids={text}"),
            format!("/dictionary?q={text}"),
            format!("/pipeline?run={text}"),
            format!("/providers/1?page={text}"),
            format!("/launches/{}", text.replace('+', "%20")),
        ]
    };
    HOSTILE_TEXTS.into_iter().flat_map(ask).collect()
}

async fn read(program: &Program, page: &str) -> (u16, String) {
    let answer = reqwest::get(program.url(page)).await.expect("it answers");
    let (status, kind) = (answer.status().as_u16(), answer.headers()["content-type"].clone());
    let text = answer.text().await.expect("it is text");
    // A response that is not HTML is not parsed by a browser.
    (status, if kind.as_bytes().starts_with(b"text/html") { text } else { String::new() })
}

/// Returns the elements and attributes of a page: "a href", "a", and so on.
fn parts(elements: &[Element]) -> BTreeSet<String> {
    let attributes = |element: &Element| {
        let name = element.name.clone();
        element.attributes.iter().map(move |(attribute, _)| format!("{name} {attribute}")).collect::<Vec<_>>()
    };
    let names = elements.iter().map(|element| element.name.clone());
    names.chain(elements.iter().flat_map(attributes)).collect()
}

/// Returns what is wrong with a single page.
fn wrongs(elements: &[Element]) -> Vec<String> {
    let mut wrongs = Vec::new();
    let titles = elements.iter().filter(|element| element.name == "title" && !element.is_drawn);
    let head = elements.iter().take_while(|element| element.name != "body");
    let in_head = head.filter(|element| element.name == "title").count();
    if titles.count() != 1 || in_head != 1 {
        wrongs.push("not exactly one title".to_owned());
    }
    for Element { name, attributes, text, .. } in elements {
        if matches!(name.as_str(), "base" | "iframe" | "object" | "embed" | "style" | "frame" | "template" | "xmp") {
            wrongs.push(format!("<{name}>"));
        }
        if name == "script" && text.contains('<') {
            wrongs.push(format!("a script contains markup: {}", text.chars().take(80).collect::<String>()));
        }
        for (attribute, value) in attributes {
            let is_name = attribute.chars().all(|letter| letter.is_ascii_alphanumeric() || "-:_".contains(letter));
            let is_foreign = matches!(attribute.as_str(), "http-equiv" | "srcdoc" | "autofocus");
            if attribute.starts_with("on") || !is_name || is_foreign {
                wrongs.push(format!("<{name} {attribute}>"));
            }
            let leads =
                matches!(attribute.as_str(), "href" | "src" | "action" | "formaction" | "srcset" | "poster" | "data");
            let first = value.split(['/', '?', '#']).next().unwrap_or_default();
            let scheme = first.split_once(':').map(|(scheme, _)| scheme.to_lowercase());
            let is_known = scheme.is_none_or(|scheme| matches!(scheme.as_str(), "http" | "https" | "webcal" | "data"));
            if leads && !is_known {
                wrongs.push(format!("<{name} {attribute}={value:?}>"));
            }
            if leads && name != "a" && (value.contains("://") || value.starts_with("//")) {
                wrongs.push(format!("<{name} {attribute}={value:?}> loads from elsewhere"));
            }
        }
    }
    wrongs
}

/// Returns what is wrong with a page, in a browser with scripts and in one without, including parts that no page of the harmless world
/// has.
fn failures(page: &str, text: &str, known: &BTreeSet<String>) -> Vec<String> {
    let of = |has_scripts| {
        let elements = elements(text, has_scripts);
        let strange: Vec<_> = parts(&elements).difference(known).map(|part| format!("<{part}>")).collect();
        wrongs(&elements).into_iter().chain(strange).map(move |wrong| format!("{page}: {wrong}"))
    };
    of(true).chain(of(false)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn no_text_is_rendered_as_markup() {
    let (harmless, hostile) = (ll2(Vec::new()).await, ll2(vec![Fault::always(FaultKind::HostileTexts)]).await);
    let ((plain, plain_launches), (struck, launches)) = tokio::join!(program(&harmless), program(&hostile));
    assert_eq!(plain_launches.len(), launches.len(), "no launch was quarantined because of its texts");

    let mut known = BTreeSet::new();
    for (page, expected) in pages(&plain_launches) {
        let (status, text) = read(&plain, &page).await;
        assert_eq!(status, expected, "{page}");
        for has_scripts in [true, false] {
            let elements = elements(&text, has_scripts);
            assert_eq!(wrongs(&elements), Vec::<String>::new(), "{page} of the harmless world");
            known.extend(parts(&elements));
        }
    }
    for question in [
        "/?status=nonsense",
        "/?nonsense=1",
        "/launches/nonsense",
        "/?q=nonsense",
        "/compare?ids=nonsense",
        "/dictionary?q=nonsense",
    ] {
        let text = read(&plain, question).await.1;
        known.extend(parts(&elements(&text, true)).into_iter().chain(parts(&elements(&text, false))));
    }
    // A search marks its matches, and a scorecard draws figures once there are outcomes: which of the two worlds has these parts depends
    // on timing.
    known.extend(["mark", "figcaption", "figcaption class", "small", "small class"].map(String::from));

    let mut wrong = Vec::new();
    for (page, expected) in pages(&launches) {
        let (status, text) = read(&struck, &page).await;
        if status != expected {
            wrong.push(format!("{page}: {status}"));
        }
        wrong.extend(failures(&page, &text, &known));
    }
    for question in questions() {
        let (status, text) = read(&struck, &question).await;
        if status >= 500 {
            wrong.push(format!("{question}: {status}"));
        }
        if !text.is_empty() {
            wrong.extend(failures(&question, &text, &known));
        }
    }
    assert!(wrong.is_empty(), "{} failures:\n{}", wrong.len(), wrong.join("\n"));

    // The texts are shown as text: the title is the same as on the page.
    let mut seen: BTreeSet<&&str> = BTreeSet::new();
    for launch in launches.iter().take(LAUNCHES) {
        let page = format!("/launches/{}", launch["id"].as_str().expect("an id"));
        let elements = elements(&read(&struck, &page).await.1, true);
        let title = elements.iter().find(|element| element.name == "title").expect("it has one").text.clone();
        let name = launch["mission"]["name"].as_str().or(launch["name"].as_str()).expect("a name");
        assert_eq!(title, format!("{} · Mooncoon", domain::text::isolated(name)), "{page}");
        seen.extend(HOSTILE_TEXTS.iter().filter(|text| name.starts_with(**text)));
    }
    assert!(seen.len() > HOSTILE_TEXTS.len() / 3, "few of the texts came into a title: {seen:?}");
    plain.stop().await;
    struck.stop().await;
}

#[test]
fn the_checks_detect_unescaped_markup() {
    let page = |head: &str, body: &str| format!("<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>");
    let is_wrong = |text: String| !wrongs(&elements(&text, true)).is_empty();
    assert!(!is_wrong(page("<title>A</title>", "<a href='https://example.org'>b</a><svg><title>c</title></svg>")));
    for hostile in &HOSTILE_TEXTS[..3] {
        assert!(is_wrong(page(&format!("<title>{hostile} · Mooncoon</title>"), "")), "{hostile}");
    }
    for body in [
        "<img src=x onerror=alert(1)>",
        "<a href=' javascript:alert(1)'>a</a>",
        "<img src='//evil.example/'>",
        "<iframe></iframe>",
    ] {
        assert!(is_wrong(page("<title>A</title>", body)), "{body}");
    }
}
