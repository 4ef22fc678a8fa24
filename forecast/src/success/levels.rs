/// The levels below the world, from wide to narrow.
pub(super) const LEVELS: usize = 4;
/// The indexes of the levels.
pub(super) const MAKER: usize = 0;
pub(super) const FAMILY: usize = 1;
pub(super) const KIND: usize = 2;
pub(super) const CONFIGURATION: usize = 3;
