//! How much of a list one calendar or feed contains.

/// The most entries of one file. Google Calendar was observed to read 1,111 events of a file and no more; it documents no such limit.
pub(super) const MOST_ENTRIES: usize = 1_000;
/// The most octets of one file: Google Calendar does not import files larger than 1 MB (its help, answer 45654), and does not subscribe to
/// them.
pub(super) const MOST_BYTES: usize = 1_000_000;

/// The range of rows in a file, counted from 0. The number of rows depends on the space.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) offset: usize,
    pub(super) taken: usize,
    /// Total number of rows.
    pub(super) total: usize,
    /// Number of requested rows from `offset` on: all the rest, unless the client sent a `limit`.
    pub(super) asked: usize,
}

impl Part {
    /// Starts at `offset`, with at most `limit` requested rows; none is taken yet.
    pub(super) fn new(total: usize, offset: usize, limit: Option<usize>) -> Self {
        let left = total.saturating_sub(offset);
        Self { offset, taken: 0, total, asked: limit.map_or(left, |limit| limit.min(left)) }
    }

    /// Returns the entries that fit next to the `others` octets of the file, joined. The first one is always taken, so that the sequence
    /// of parts ends.
    pub(super) fn take(&mut self, entries: impl Iterator<Item = String>, others: usize) -> String {
        let mut body = String::new();
        for entry in entries.skip(self.offset).take(self.asked.min(MOST_ENTRIES)) {
            if self.taken > 0 && others + body.len() + entry.len() > MOST_BYTES {
                break;
            }
            body.push_str(&entry);
            self.taken += 1;
        }
        body
    }

    /// Returns the offset of the next part, if rows are left.
    pub(super) fn next(&self) -> Option<usize> {
        let end = self.offset.saturating_add(self.taken);
        (end < self.total).then_some(end)
    }

    /// Returns the note for a file that does not contain all requested rows, because they are too many or too large.
    pub(super) fn describe(&self) -> Option<String> {
        let end = self.offset + self.taken;
        (self.taken < self.asked).then(|| {
            let Self { offset, total, .. } = self;
            let first = offset + 1;
            format!(
                "Launches {first} to {end} of {total}: many calendar programs do not accept files of more than 1 MB or 1,000 events. The next part has offset={end}."
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(count: usize, length: usize) -> impl Iterator<Item = String> {
        (0..count).map(move |_| "x".repeat(length))
    }

    #[test]
    fn a_list_that_fits_is_one_part_without_a_description() {
        let mut part = Part::new(348, 0, None);
        assert_eq!(part.take(entries(348, 10), 0).len(), 3_480);
        assert_eq!((part.next(), part.describe()), (None, None));
        let mut part = Part::new(348, 0, Some(7));
        assert_eq!(part.take(entries(348, 10), 0).len(), 70);
        assert_eq!((part.next(), part.describe()), (Some(7), None), "the limit was reached");
    }

    #[test]
    fn a_list_too_long_or_too_large_is_split_into_parts_that_cover_it() {
        for (total, length) in [(2_500, 10), (500, 9_000), (3, 2_000_000)] {
            let mut seen = 0;
            let mut offset = Some(0);
            while let Some(at) = offset {
                let mut part = Part::new(total, at, None);
                let body = part.take(entries(total, length), 1_000);
                assert!(part.taken <= MOST_ENTRIES && (part.taken == 1 || body.len() + 1_000 <= MOST_BYTES));
                assert_eq!(part.describe().is_some(), part.next().is_some(), "{part:?}");
                seen += part.taken;
                offset = part.next();
            }
            assert_eq!(seen, total);
        }
    }

    #[test]
    fn a_part_beyond_the_end_is_empty() {
        let mut part = Part::new(5, 9, Some(3));
        assert_eq!(part.take(entries(5, 10), 0), "");
        assert_eq!((part.next(), part.describe()), (None, None));
        let mut part = Part::new(5, usize::MAX, None);
        assert_eq!(part.take(entries(5, 10), 0), "");
        assert_eq!(part.next(), None);
    }
}
