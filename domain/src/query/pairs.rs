//! The only parser from a query string to keys and values, for every page, export and endpoint. It leaves out the keys
//! that other sites append to shared links, so that no query, address or feed made from the pairs contains them.

use std::borrow::Cow;

use super::QueryError;

/// Keys that advertising, mail and analytics services append to links that lead elsewhere.
///
/// The part of the `AdGuard` URL tracking filter (`TrackParamFilter/sections/general_url.txt`) that belongs to widely
/// used services, plus the click ids of networks that came later. Its generic words (`clickid`, `cuid`, `var`) are left
/// out: such a key may be a misspelling of one of ours, which must be rejected and not ignored.
const KEYS: [&str; 64] = [
    // Google: Analytics, Ads, Display & Video, Shopping, AMP.
    "_ga",
    "_gac",
    "_gl",
    "gclid",
    "gclsrc",
    "gbraid",
    "wbraid",
    "gad_source",
    "gad_campaignid",
    "dclid",
    "srsltid",
    "usqp",
    // Meta.
    "fbclid",
    "fb_action_ids",
    "fb_action_types",
    "fb_ref",
    "fb_source",
    "igsh",
    "igshid",
    // X, TikTok, LinkedIn, Pinterest, Reddit, Snapchat.
    "ref_src",
    "ref_url",
    "twclid",
    "ttclid",
    "li_fat_id",
    "epik",
    "rdt_cid",
    "sccid",
    "scclid",
    // Microsoft Advertising, Dynamics.
    "msclkid",
    "_clde",
    "_cldee",
    // Yandex.
    "yclid",
    "ysclid",
    "_openstat",
    // Outbrain, Taboola, Teads, Awin, Impact, Tradedoubler, Branch, Yahoo.
    "dicbo",
    "tblci",
    "auctid",
    "awc",
    "irclickid",
    "irgwc",
    "tduid",
    "_branch_match_id",
    "_branch_referrer",
    "guccounter",
    "guce_referrer",
    "guce_referrer_sig",
    // Mail and marketing: Mailchimp, MailerLite, Marketo, HubSpot, Klaviyo, Adobe, Mapp, AT Internet.
    "mc_cid",
    "mc_eid",
    "mc_tc",
    "ml_subscriber",
    "ml_subscriber_hash",
    "mkt_tok",
    "hsctatracking",
    "_kx",
    "s_cid",
    "s_kwcid",
    "ef_id",
    "wt_mc",
    "wt.mc_id",
    "wt.mc_ev",
    "xtor",
    "at_medium",
    "at_campaign",
    "cmpid",
];

/// Prefixes of further such keys.
const FAMILIES: [&str; 16] = [
    "utm_",   // Google Analytics, and tools that use its convention
    "mtm_",   // Matomo
    "pk_",    // Matomo, formerly Piwik
    "piwik_", // the same
    "itm_",   // links within a site, which were shared outside it
    "hsa_",   // HubSpot ads
    "_hs",    // HubSpot mail
    "__hs",   // HubSpot
    "oly_",   // Olytics
    "vero_",  // Vero
    "bsft_",  // Blueshift
    "cm_mmc", // Acoustic
    "adjust_", "ir_", "trk_",  // LinkedIn
    "_sgm_", // Segmentify
];

/// Returns whether another site appended the key. Case is ignored, because some write `utm_Source`.
///
/// `amp;utm_source` also counts: it comes from a link that was HTML-escaped twice.
pub fn is_tracking_key(key: &str) -> bool {
    let mut key = key.to_ascii_lowercase();
    while let Some(rest) = key.strip_prefix("amp;") {
        key = rest.to_owned();
    }
    KEYS.contains(&key.as_str()) || FAMILIES.iter().any(|family| key.starts_with(family) && key.len() > family.len())
}

/// Returns the decoded keys and values of a query string, with or without the leading `?`, in their order and without
/// the keys of [`is_tracking_key`]. A key without `=` has an empty value. Returns an error if any other key, or its
/// value, is not UTF-8.
pub fn query_pairs(query: &str) -> Result<Vec<(String, String)>, QueryError> {
    let mut pairs = Vec::new();
    for (key, value) in split(query) {
        let key = decode(key).ok_or_else(|| undecodable(key))?;
        // Checked before the value is decoded: the value of a tracking key may be anything.
        if !is_tracking_key(&key) {
            let value = decode(value).ok_or_else(|| undecodable(&key))?;
            pairs.push((key, value));
        }
    }
    Ok(pairs)
}

/// Like [`query_pairs`], but every key must be among the known ones. Otherwise returns an error that names the first
/// unknown key.
pub fn known_pairs(query: &str, known: &[&str]) -> Result<Vec<(String, String)>, QueryError> {
    let pairs = query_pairs(query)?;
    match pairs.iter().find(|(key, _)| !known.contains(&key.as_str())) {
        Some((key, _)) => Err(unknown_key(key, known)),
        None => Ok(pairs),
    }
}

/// Returns the query string unchanged, leading `?` included, except for the keys of [`is_tracking_key`].
pub fn without_tracking(query: &str) -> Cow<'_, str> {
    let is_tracking = |pair: &str| {
        let key = pair.split_once('=').map_or(pair, |(key, _)| key);
        decode(key).is_some_and(|key| is_tracking_key(&key))
    };
    let (mark, pairs) = query.strip_prefix('?').map_or(("", query), |pairs| ("?", pairs));
    if !pairs.split('&').any(is_tracking) {
        return Cow::Borrowed(query);
    }
    let kept = pairs.split('&').filter(|pair| !is_tracking(pair)).collect::<Vec<_>>().join("&");
    Cow::Owned(if kept.is_empty() { kept } else { format!("{mark}{kept}") })
}

/// Creates the error for an unknown key.
pub(crate) fn unknown_key(key: &str, known: &[&str]) -> QueryError {
    let reason = match known {
        [] => "unknown key; no keys are supported here".to_owned(),
        known => format!("unknown key; known keys: {}", known.join(", ")),
    };
    QueryError { key: cut(key), reason }
}

fn split(query: &str) -> impl Iterator<Item = (&str, &str)> {
    let query = query.strip_prefix('?').unwrap_or(query);
    query.split('&').filter(|pair| !pair.is_empty()).map(|pair| pair.split_once('=').unwrap_or((pair, "")))
}

fn decode(text: &str) -> Option<String> {
    let spaced = text.replace('+', " ");
    urlencoding::decode(&spaced).ok().map(Cow::into_owned)
}

fn undecodable(key: &str) -> QueryError {
    QueryError { key: cut(key), reason: "not UTF-8 when decoded".to_owned() }
}

fn cut(key: &str) -> String {
    key.chars().take(40).collect()
}
