use leptos::prelude::*;

#[cfg(feature = "hydrate")]
use super::opening;
use super::{Panel, context::OpenPanel};

/// The place of the dialogs. `public/companion.js` handles the keys and the button that open them, and sends an event.
#[component]
pub fn PanelHost() -> impl IntoView {
    let open = RwSignal::new(None);
    provide_context(OpenPanel(open));
    #[cfg(feature = "hydrate")]
    opening::listen(open);
    // One place per dialog: in a shared place the element of the closing dialog would be reused by the opening one and get its close event.
    let place = |panel| move || (open.get() == Some(panel)).then(|| draw(panel)).flatten();
    (place(Panel::Commands), place(Panel::Keys))
}

/// Draws the dialog. Returns none if its code is not loaded, as on the server: no dialog is open before hydration.
fn draw(panel: Panel) -> Option<AnyView> {
    #[cfg(feature = "hydrate")]
    return expect_context::<crate::chunks::Chunks>().draw_panel(panel);
    #[cfg(not(feature = "hydrate"))]
    {
        let _ = panel;
        None
    }
}
