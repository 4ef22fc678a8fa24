//! Maximum lengths of each kind of text, in characters, and of each list. LL2's schema allows 2,048 characters for a
//! launch's name and 40,000 for a comment; the longest ever recorded are 115 and 218. Six records at the allowed
//! maximum made the board 8 MB.
//!
//! A longer text is cut, ends in an ellipsis, and is noted ([`crate::defect`]): the launch stays usable, and the cut
//! text is not mistaken for LL2's original. The landed page keeps the full text.

/// Names, titles, kinds, codes and everything else that is shown in a row of a list.
pub(crate) const NAME: usize = 300;
/// A sentence or two: why a launch failed.
pub(crate) const REMARK: usize = 2_000;
/// An editor's comment; a launch has many.
pub(crate) const COMMENT: usize = 4_000;
/// A long description; the longest recorded has 3,249.
pub(crate) const DESCRIPTION: usize = 5_000;

/// Links, in bytes; they are never cut, because half an address is useless. An index entry takes no more than 2,704
/// bytes: one longer link would fail the publication of all launches.
pub(crate) const LINK: usize = 2_048;

/// Members of any list; the rest is skipped.
pub(crate) const MEMBERS: usize = 1_000;

/// Rows of one launch in each child table; the first ones are kept.
pub(crate) const UPDATES: usize = 500;
pub(crate) const VIDEOS: usize = 100;
pub(crate) const LINKS: usize = 100;
pub(crate) const PATCHES: usize = 50;
pub(crate) const CREW: usize = 100;
pub(crate) const BOOSTERS: usize = 50;
pub(crate) const SPACECRAFT: usize = 50;
pub(crate) const PAYLOADS: usize = 500;
pub(crate) const PROGRAMS: usize = 50;
pub(crate) const AGENCIES: usize = 100;

/// Returns the name of the kind of text with this limit, for a note.
pub(super) fn kind(limit: usize) -> &'static str {
    match limit {
        NAME => "name",
        REMARK => "remark",
        COMMENT => "comment",
        DESCRIPTION => "description",
        _ => "text",
    }
}
