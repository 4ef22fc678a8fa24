//! Records in which every text is an injection attack on the code that displays it.

use serde_json::Value;

/// The attack that is put before each real text: one for each way in which text was misinterpreted. None has an effect
/// if text is handled as text.
pub const HOSTILE_TEXTS: [&str; 24] = [
    "</title><meta http-equiv=refresh content=\"0;url=https://evil.example/\">",
    "</title><style>*{display:none}</style>",
    "</title><form action=https://evil.example/><input name=q autofocus onfocus=alert(1)>",
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "--></b><b>",
    "]]></b><b>",
    "\"><img src=x onerror=alert(1)>",
    "'><svg onload=alert(1)>",
    "\" onmouseover=\"alert(1)\" style=\"position:fixed;inset:0",
    "</noscript><img src=x onerror=alert(1)>",
    "</textarea></select></option></button><img src=x onerror=alert(1)>",
    "</div></section></main></body></html><iframe srcdoc=x>",
    "<base href=https://evil.example/>",
    "&lt;b&gt; &amp;amp; &#x3c;i&#x3e;",
    "{{7*7}} ${7*7} #{7*7} {a|b} {value}",
    "var(--text)",
    "fn:short",
    "\\u003cb\\u003e \\'; alert(1); //",
    "javascript:alert(1)",
    "\u{2028}\u{2029}\u{1f}\u{1d}",
    "\u{202E}gnp.exe \u{2067}a",
    "\u{2069}\u{202C}שלום \u{200F}",
];

/// Appended to every address; the records' own addresses still work.
const AFTER_ADDRESS: &str = "?x=\"><img src=x onerror=alert(1)>";

/// Makes every text of every record hostile. Equal texts get the same attack. None if the response contains no record.
pub(super) fn texts(body: &[u8]) -> Option<Vec<u8>> {
    let mut answer: Value = serde_json::from_slice(body).ok()?;
    if let Some(results) = answer.get_mut("results").and_then(Value::as_array_mut) {
        results.iter_mut().for_each(|record| taint("", record));
    } else {
        answer.get("id")?;
        taint("", &mut answer);
    }
    serde_json::to_vec(&answer).ok()
}

fn taint(key: &str, value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| taint(key, item)),
        Value::Object(fields) => fields.iter_mut().for_each(|(key, value)| taint(key, value)),
        Value::String(text) if text.starts_with("http") => text.push_str(AFTER_ADDRESS),
        Value::String(text) if is_text(key, text) => *text = format!("{}{text}", before(text)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Returns whether a value is text. Times, durations, numbers and ids are not: a record with an invalid one is not
/// shown at all.
fn is_text(key: &str, text: &str) -> bool {
    let is_time = text.get(..5).is_some_and(|start| start.ends_with('-') && start[..4].parse::<u32>().is_ok());
    let is_duration =
        text.starts_with('P') && text.chars().all(|letter| letter.is_ascii_digit() || "PYMWDTHS.".contains(letter));
    !(text.is_empty() || key == "id" || key == "response_mode" || is_time || is_duration || text.parse::<f64>().is_ok())
}

/// Returns the attack, chosen by a hash of the text (FNV-1a), so that a provider has the same name everywhere.
fn before(text: &str) -> &'static str {
    let hash = text
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    HOSTILE_TEXTS[usize::try_from(hash % HOSTILE_TEXTS.len() as u64).unwrap_or_default()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_become_hostile_and_everything_else_is_unchanged() {
        let record = r#"{"id":"1f4b","name":"Moonshot","net":"2026-03-01T12:00:00Z","turn_around_time":"P3DT2H","latitude":"28.5",
            "pad":{"id":4,"name":"LC-39A","map_url":"https://example.org/m"}}"#;
        let page = format!(r#"{{"count":1,"next":"http://x/?a=b","previous":null,"results":[{record}]}}"#);
        let struck: Value = serde_json::from_slice(&texts(page.as_bytes()).unwrap()).unwrap();
        assert_eq!(struck["next"], "http://x/?a=b");
        let record = &struck["results"][0];
        let name = record["name"].as_str().unwrap();
        assert!(name.ends_with("Moonshot") && HOSTILE_TEXTS.iter().any(|hostile| name.starts_with(hostile)), "{name}");
        assert!(record["pad"]["name"].as_str().is_some_and(|name| name.len() > "LC-39A".len()));
        assert_eq!(record["pad"]["map_url"], format!("https://example.org/m{AFTER_ADDRESS}"));
        for (key, same) in
            [("id", "1f4b"), ("net", "2026-03-01T12:00:00Z"), ("turn_around_time", "P3DT2H"), ("latitude", "28.5")]
        {
            assert_eq!(record[key], same);
        }
        assert_eq!(texts(br#"{"detail":"Not found."}"#), None);
    }
}
