/// The state of the drawing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Drawing {
    /// Not drawn yet, or no script.
    #[default]
    Awaited,
    Done,
    Failed,
}
