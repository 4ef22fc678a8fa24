#[cfg(not(feature = "ssr"))]
use leptos::prelude::document;
#[cfg(feature = "ssr")]
use leptos::prelude::use_context;

/// The address of the world's drawing, whose name holds its hash: known to the server, and in the page for the browser.
pub(crate) fn world_address() -> String {
    #[cfg(feature = "ssr")]
    {
        use_context::<crate::Assets>().map(|assets| assets.world).unwrap_or_default()
    }
    #[cfg(not(feature = "ssr"))]
    {
        let boot = document().get_element_by_id("boot");
        boot.and_then(|boot| boot.get_attribute("data-world")).unwrap_or_default()
    }
}
