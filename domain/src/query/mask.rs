use super::Facet;

/// A bit for every filter that a launch does not pass. Too many facets for the type do not compile.
pub(super) type Mask = u32;

/// The bit of a launch that the search did not find. The bits below it are those of the facets.
pub(super) const WORDS: Mask = 1 << Facet::ALL.len();
/// The bit of a launch outside the dates.
pub(super) const DATES: Mask = 1 << (Facet::ALL.len() + 1);

impl Facet {
    /// Returns the bit of a launch that does not pass this facet.
    pub(super) fn bit(self) -> Mask {
        1 << (self as Mask)
    }
}
