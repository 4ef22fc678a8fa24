//! How long each kind of text may be, in characters, and each list. LL2's schema allows a launch's name 2,048 characters and a comment
//! 40,000; the longest ever recorded are 115 and 218. Six records that used what is allowed made the board 8 MB.
//!
//! What is longer is cut and ends in an ellipsis, and is noted ([`crate::defect`]): the launch stays usable, and nobody takes the cut
//! for LL2's own words. The landed page keeps the whole.

/// Names, titles, kinds, codes and everything else that stands in a row of a list.
pub(crate) const NAME: usize = 300;
/// A sentence or two: why a launch failed.
pub(crate) const REMARK: usize = 2_000;
/// An editor's comment, of which a launch has many.
pub(crate) const COMMENT: usize = 4_000;
/// What something is, at length; the longest recorded has 3,249.
pub(crate) const DESCRIPTION: usize = 5_000;

/// Addresses, in bytes, which are never cut: half an address is none. An index takes no more than 2,704: one such link would fail the
/// publication of all launches.
pub(crate) const LINK: usize = 2_048;

/// Members of any list; what comes after them is passed over unread.
pub(crate) const MEMBERS: usize = 1_000;

/// Rows of one launch in each table of what belongs to it: the first ones are kept.
pub(crate) const UPDATES: usize = 500;
pub(crate) const VIDEOS: usize = 100;
pub(crate) const LINKS: usize = 100;
pub(crate) const PATCHES: usize = 50;
pub(crate) const CREW: usize = 100;
pub(crate) const BOOSTERS: usize = 50;
pub(crate) const PAYLOADS: usize = 500;
pub(crate) const PROGRAMS: usize = 50;
pub(crate) const AGENCIES: usize = 100;

/// What a text of this length at most is called in a note.
pub(super) fn kind(limit: usize) -> &'static str {
    match limit {
        NAME => "name",
        REMARK => "remark",
        COMMENT => "comment",
        DESCRIPTION => "description",
        _ => "text",
    }
}
