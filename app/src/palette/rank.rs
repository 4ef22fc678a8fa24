//! Finds the entries that match what was typed, best first.

use super::entry::{Entry, Group};

/// Maximum number of entries per group.
const MOST: usize = 6;

/// Ranks a match: 0 starts with it, 1 has a word that does, 2 contains it, 3 contains its words separately; none if a word is missing.
/// Both arguments are folded.
pub(super) fn rank(text: &str, typed: &str) -> Option<u8> {
    if text.starts_with(typed) {
        Some(0)
    } else if text.contains(&format!(" {typed}")) {
        Some(1)
    } else if text.contains(typed) {
        Some(2)
    } else {
        typed.split(' ').all(|word| text.contains(word)).then_some(3)
    }
}

fn rank_entry(entry: &Entry, typed: &str) -> Option<u8> {
    rank(&entry.folded, typed).or_else(|| rank(&entry.folded_with_words, typed).map(|_| 4))
}

/// Returns the groups with their matching entries, best first; entries of one rank keep their order.
pub(super) fn matching(groups: &[Group], typed: &str) -> Vec<Group> {
    groups
        .iter()
        .map(|group| {
            let ranked = group.entries.iter().filter_map(|entry| Some((rank_entry(entry, typed)?, entry)));
            let mut fitting: Vec<_> = ranked.collect();
            domain::sort::sort_by_key(&mut fitting, |(rank, _)| *rank);
            let entries = fitting.into_iter().take(MOST).map(|(_, entry)| entry.clone()).collect();
            Group { name: group.name, entries, is_sought: group.is_sought }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{
        super::entry::{Action, Entry, Group},
        MOST, matching, rank,
    };

    fn entry(label: &str) -> Entry {
        Entry::new(label, "", Action::Print)
    }

    fn labels(groups: &[Group]) -> Vec<&str> {
        groups.iter().flat_map(|group| &group.entries).map(|entry| entry.label.as_str()).collect()
    }

    #[test]
    fn a_prefix_ranks_above_a_word_above_a_part_above_separate_words() {
        assert_eq!(rank("go to pipeline", "go"), Some(0));
        assert_eq!(rank("status: go", "go"), Some(1));
        assert_eq!(rank("cargo", "go"), Some(2));
        assert_eq!(rank("provider: spacex", "spacex prov"), Some(3));
        assert_eq!(rank("provider: spacex", "spacex rocket"), None);
    }

    #[test]
    fn entries_of_one_rank_keep_their_order_and_better_ones_come_first() {
        let group = Group::sought("Filters", ["Cargo", "Status: Go", "Gone", "Going"].map(entry).to_vec());
        assert_eq!(labels(&matching(&[group], "go")), ["Gone", "Going", "Status: Go", "Cargo"]);
    }

    #[test]
    fn matches_in_synonyms_rank_below_matches_in_labels() {
        let groups = [Group::new("Actions", vec![entry("Print this page").with_words("paper pdf"), entry("A pdf")])];
        assert_eq!(labels(&matching(&groups, "pdf")), ["A pdf", "Print this page"]);
        assert_eq!(labels(&matching(&groups, "word")), [""; 0]);
    }

    #[test]
    fn a_group_has_a_maximum_size() {
        let group = Group::sought("Filters", (0..MOST + 3).map(|at| entry(&format!("Go {at}"))).collect());
        assert_eq!(labels(&matching(&[group], "go")).len(), MOST);
    }
}
