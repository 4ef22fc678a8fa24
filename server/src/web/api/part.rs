//! How much of a list one calendar or feed holds.

/// Most entries of one file. Google Calendar was seen to read 1,111 events of a file and no more; it documents no such number.
pub(super) const MOST_ENTRIES: usize = 1_000;
/// Most octets of one file: Google Calendar imports no larger one than 1 MB (its help, answer 45654), and subscribes to none.
pub(super) const MOST_BYTES: usize = 1_000_000;

/// Which of the rows a file holds. They are counted from 0, and are as many as there was room for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) offset: usize,
    pub(super) taken: usize,
    /// Rows there are in all.
    pub(super) total: usize,
    /// Rows that were asked for from `offset` on: all that are left, unless the client named a `limit`.
    pub(super) asked: usize,
}

impl Part {
    /// The rows from `offset` on, of which `limit` are asked for; none is taken yet.
    pub(super) fn new(total: usize, offset: usize, limit: Option<usize>) -> Self {
        let left = total.saturating_sub(offset);
        Self { offset, taken: 0, total, asked: limit.map_or(left, |limit| limit.min(left)) }
    }

    /// The entries that fit beside what else stands in the file, joined; the first always does, so that the parts come to an end.
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

    /// Where the next part begins, while something is left.
    pub(super) fn next(&self) -> Option<usize> {
        let end = self.offset.saturating_add(self.taken);
        (end < self.total).then_some(end)
    }

    /// Said in a file that does not hold what was asked for, since it was too much.
    pub(super) fn words(&self) -> Option<String> {
        let end = self.offset + self.taken;
        (self.taken < self.asked).then(|| {
            let Self { offset, total, .. } = self;
            let first = offset + 1;
            format!(
                "Launches {first} to {end} of {total}: calendar programs do not read files of more than 1 MB or 1,000 events. The next part has offset={end}."
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
    fn what_fits_is_one_part_that_says_nothing() {
        let mut part = Part::new(348, 0, None);
        assert_eq!(part.take(entries(348, 10), 0).len(), 3_480);
        assert_eq!((part.next(), part.words()), (None, None));
        let mut part = Part::new(348, 0, Some(7));
        assert_eq!(part.take(entries(348, 10), 0).len(), 70);
        assert_eq!((part.next(), part.words()), (Some(7), None), "no more was asked for");
    }

    #[test]
    fn too_many_or_too_large_is_cut_and_said_and_the_parts_together_are_all() {
        for (total, length) in [(2_500, 10), (500, 9_000), (3, 2_000_000)] {
            let mut seen = 0;
            let mut offset = Some(0);
            while let Some(at) = offset {
                let mut part = Part::new(total, at, None);
                let body = part.take(entries(total, length), 1_000);
                assert!(part.taken <= MOST_ENTRIES && (part.taken == 1 || body.len() + 1_000 <= MOST_BYTES));
                assert_eq!(part.words().is_some(), part.next().is_some(), "{part:?}");
                seen += part.taken;
                offset = part.next();
            }
            assert_eq!(seen, total);
        }
    }

    #[test]
    fn beyond_the_end_there_is_nothing() {
        let mut part = Part::new(5, 9, Some(3));
        assert_eq!(part.take(entries(5, 10), 0), "");
        assert_eq!((part.next(), part.words()), (None, None));
        let mut part = Part::new(5, usize::MAX, None);
        assert_eq!(part.take(entries(5, 10), 0), "");
        assert_eq!(part.next(), None);
    }
}
