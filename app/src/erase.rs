//! Type erasure for views.

use leptos::prelude::*;

/// Hides the type of a view.
pub(crate) trait Erase {
    /// The view without its type.
    fn erase(self) -> AnyView;
}

impl<V: IntoAny> Erase for V {
    fn erase(self) -> AnyView {
        self.into_any()
    }
}
