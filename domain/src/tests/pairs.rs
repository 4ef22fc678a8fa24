use proptest::prelude::*;

use crate::{BoardQuery, DecisionQuery, is_tracking_key, known_pairs, query_pairs, without_tracking};

/// Every key of our own, of all pages and endpoints.
fn ours() -> impl Iterator<Item = &'static str> {
    let others = ["ids", "run", "page", "since", "id", "alarm", "bom"];
    BoardQuery::KEYS.into_iter().chain(DecisionQuery::KEYS).chain(others)
}

#[test]
fn keys_that_other_sites_append_are_recognised_in_any_case() {
    for key in [
        "fbclid",
        "FBCLID",
        "gclid",
        "utm_source",
        "UTM_Medium",
        "utm_social-type",
        "msclkid",
        "mc_cid",
        "mc_eid",
        "igshid",
        "ref_src",
        "_ga",
        "_gl",
        "yclid",
        "dclid",
        "gbraid",
        "wbraid",
        "twclid",
        "ttclid",
        "li_fat_id",
        "mkt_tok",
        "_hsenc",
        "_hsmi",
        "__hstc",
        "hsCtaTracking",
        "vero_id",
        "oly_enc_id",
        "s_cid",
        "wt_mc",
        "WT.mc_id",
        "amp;utm_source",
        "amp;amp;fbclid",
    ] {
        assert!(is_tracking_key(key), "{key}");
    }
    for key in ["utm", "utm_", "clid", "ref", "source", "campaign", "mc", "amp;", "amp;status", "", "gclidx"] {
        assert!(!is_tracking_key(key), "{key}");
    }
}

#[test]
fn neither_our_keys_nor_their_misspellings_count_as_appended_keys() {
    let letters: Vec<char> = ('a'..='z').chain(['_']).collect();
    for key in ours() {
        assert!(!is_tracking_key(key), "{key}");
        let characters: Vec<char> = key.chars().collect();
        for at in 0..=characters.len() {
            let (before, after): (String, String) =
                (characters[..at].iter().collect(), characters[at..].iter().collect());
            let rest: String = after.chars().skip(1).collect();
            let left_out = std::iter::once(format!("{before}{rest}"));
            let put_in = letters.iter().map(|letter| format!("{before}{letter}{after}"));
            let changed = letters.iter().map(|letter| format!("{before}{letter}{rest}"));
            let taken = left_out.chain(put_in).chain(changed).find(|near| is_tracking_key(near));
            assert_eq!(taken, None, "beside {key}");
        }
    }
}

#[test]
fn appended_keys_change_no_query_and_may_have_any_value() {
    let plain = BoardQuery::parse("status=go&q=a%26b").expect("parses");
    for query in [
        "?fbclid=IwAR0&status=go&q=a%26b&utm_source=x",
        "status=go&fbclid=%ff%fe&q=a%26b",
        "%66bclid=1&status=go&utm_x&q=a%26b&",
        "status=go&amp;utm_source=x&q=a%26b",
    ] {
        assert_eq!(BoardQuery::parse(query).as_ref(), Ok(&plain), "{query}");
        assert!(!plain.to_query_string().contains("fbclid"));
    }
    let asked = DecisionQuery::parse("prepare=10&GCLID=1&country=USA").expect("parses");
    assert_eq!(asked.to_query_string(), "prepare=10&country=USA");
}

#[test]
fn a_misspelt_key_is_named_next_to_appended_keys() {
    let error = |query| BoardQuery::parse(query).map_err(|error| error.key);
    assert_eq!(error("utm_source=x&statsu=go"), Err("statsu".to_owned()));
    assert_eq!(error("utmsource=x"), Err("utmsource".to_owned()));
    let error = |query| DecisionQuery::parse(query).map_err(|error| error.key);
    assert_eq!(error("fbclid=1&prepair=3"), Err("prepair".to_owned()));
    assert_eq!(error("prepare=%ff"), Err("prepare".to_owned()));
    let error = |query| known_pairs(query, &["run"]).map_err(|error| error.to_string());
    assert_eq!(error("fbclid=1&rum=3"), Err("rum: unknown key; known keys: run".to_owned()));
    assert_eq!(error("fbclid=1&run=3"), Ok(vec![("run".to_owned(), "3".to_owned())]));
    let error = known_pairs("x=1", &[]).map_err(|error| error.to_string());
    assert_eq!(error, Err("x: unknown key; no keys are supported here".to_owned()));
}

#[test]
fn removing_appended_keys_leaves_the_rest_of_the_address_unchanged() {
    for (query, kept) in [
        ("?status=go&fbclid=1", "?status=go"),
        ("?fbclid=1&status=go&&utm_id", "?status=go&"),
        ("?fbclid=1", ""),
        ("fbclid=1&a=%2C", "a=%2C"),
        ("?status=go", "?status=go"),
        ("", ""),
        ("?", "?"),
    ] {
        assert_eq!(without_tracking(query), kept, "{query}");
    }
}

proptest! {
    #[test]
    fn no_query_string_panics(query in "(?s).{0,60}") {
        let _ = (BoardQuery::parse(&query), DecisionQuery::parse(&query));
        let kept = without_tracking(&query);
        prop_assert_eq!(query_pairs(&kept), query_pairs(&query));
    }

    #[test]
    fn random_appended_keys_do_not_change_a_query(
        keys in prop::collection::vec(prop::sample::select(vec!["fbclid", "UTM_source", "_ga", "mc_eid", "oly_enc_id"]), 0..4),
        value in "[^&]{0,12}",
        at in 0_usize..4,
    ) {
        let mut pairs = vec!["status=go".to_owned(), "limit=7".to_owned(), "sort=name".to_owned()];
        for key in keys {
            pairs.insert(at.min(pairs.len()), format!("{key}={value}"));
        }
        prop_assert_eq!(BoardQuery::parse(&pairs.join("&")), BoardQuery::parse("status=go&limit=7&sort=name"));
    }
}
