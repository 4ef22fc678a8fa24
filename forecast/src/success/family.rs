//! Groups rockets into kinds by name. LL2's families are coarse ("Long March" flies since 1970 and is a dozen rockets),
//! empty for one launch in ten, and differ between its API versions; a name is always present.

/// Returns the kind of rocket of a configuration, in lower case: "falcon 9" for "Falcon 9 Block 5", "long march 2" for
/// "Long March 2D/YZ-3", "atlas v" for "Atlas V 551", "soyuz" for "Soyuz U".
///
/// The kind consists of the words of the name up to and including its first number. A word of few capitals ("XL", "FG")
/// starts the variant, and so does "Block".
pub fn kind_of(name: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    for word in name.split(|c: char| c.is_whitespace() || "-/()".contains(c)).filter(|word| !word.is_empty()) {
        let letters = word.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(word.len());
        let digits = word[letters..].find(|c: char| !c.is_ascii_digit()).map_or(word.len(), |end| letters + end);
        let has_number = digits > letters;
        if words.is_empty() {
            words.push(if has_number { &word[..digits] } else { word }.to_lowercase());
            if has_number {
                break;
            }
            continue;
        }
        if has_number && letters == 0 {
            words.push(word[..digits].to_owned());
            break;
        }
        if let Some(numeral) = roman(word) {
            words.push(numeral.to_lowercase());
            break;
        }
        let is_variant = word == "Block"
            || word.chars().count() == 1
            || (word.chars().count() <= 4 && word.chars().all(|c| c.is_uppercase() || c.is_ascii_digit()));
        if is_variant {
            break;
        }
        words.push(word.to_lowercase());
        if words.len() == 3 {
            break;
        }
    }
    words.join(" ")
}

/// Returns the numeral of "IV" or "IIIB", up to eight: "X" and "XL" are variants.
fn roman(word: &str) -> Option<&str> {
    const NUMERALS: [&str; 8] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII"];
    let bare = match word.char_indices().last() {
        Some((at, 'A'..='H' | 'J'..='U' | 'W'..='Z')) => &word[..at],
        _ => word,
    };
    NUMERALS.contains(&bare).then_some(bare)
}
