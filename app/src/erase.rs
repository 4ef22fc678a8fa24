//! Type erasure for views.

use leptos::prelude::*;

/// Erases the type of a view.
pub(crate) trait Erase {
    /// Returns the view without its type.
    fn erase(self) -> AnyView;
}

impl<V: IntoAny> Erase for V {
    fn erase(self) -> AnyView {
        self.into_any()
    }
}
