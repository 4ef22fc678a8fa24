use domain::{Launch, text::isolated};

/// LL2's name of a pad that is not known; there is one such pad per place.
pub(super) const UNKNOWN: &str = "Unknown Pad";
/// Maximum length of a name next to a row, in characters.
const LONGEST: usize = 18;

/// Returns whether the pad is not known: launches listed for it need not leave from the same one.
pub(super) fn is_unknown(launch: &Launch) -> bool {
    launch.pad.name == UNKNOWN
}

/// The pad's name shortened to fit next to a row: "SLC-40". The distinctive part is mostly at the end, so a long name loses its middle.
pub(super) fn short_pad(launch: &Launch) -> String {
    if is_unknown(launch) {
        shortened(format!("? {}", launch.location.name.split(',').next().unwrap_or_default()))
    } else {
        short_pad_name(&launch.pad.name)
    }
}

/// As [`short_pad`], for a pad of which only the name is available.
pub(super) fn short_pad_name(name: &str) -> String {
    let name = name.replace("Space Launch Complex ", "SLC-").replace("Launch Complex ", "LC-");
    shortened(name.replace("Launch Area ", "LA-"))
}

fn shortened(name: String) -> String {
    let letters: Vec<char> = name.chars().collect();
    if letters.len() <= LONGEST {
        return isolated(&name).into_owned();
    }
    let (start, end) = (&letters[..LONGEST / 2 - 1], &letters[letters.len() - LONGEST / 2..]);
    let short = format!("{}…{}", String::from_iter(start).trim_end(), String::from_iter(end).trim_start());
    // The part that was cut out may have contained the end of an isolate.
    isolated(&short).into_owned()
}
