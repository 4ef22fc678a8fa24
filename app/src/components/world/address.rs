#[cfg(not(feature = "ssr"))]
use leptos::prelude::document;
#[cfg(feature = "ssr")]
use leptos::prelude::use_context;

/// Returns the address of the world's drawing. Its name contains a hash; the server knows it, and the page holds it for the browser.
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
