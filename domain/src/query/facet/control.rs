/// How the page shows a facet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Control {
    /// All options side by side, always visible.
    Chips,
    /// One chip for "yes", always visible, with this label; all options under "More".
    Switch(&'static str),
    /// A separate menu.
    Menu,
    /// Under "More".
    More,
}
