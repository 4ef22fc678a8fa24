use leptos::prelude::*;

use crate::erase::Erase as _;

/// Returns the coordinates of the pad, if they are usable. LL2 leaves coordinates out. Values that are not on Earth count as missing,
/// and so does the point where both are zero: it is in the sea off Africa and is what an empty form contains.
pub(crate) fn on_earth(latitude: Option<f64>, longitude: Option<f64>) -> Option<(f64, f64)> {
    let (latitude, longitude) = (latitude?, longitude?);
    let on_earth = (-90.0..=90.0).contains(&latitude) && (-180.0..=180.0).contains(&longitude);
    let nowhere = latitude == 0.0 && longitude == 0.0;
    (on_earth && !nowhere).then_some((latitude, longitude))
}

/// A note that coordinates are missing: such a pad is never drawn at zero degrees.
pub(crate) fn no_place() -> AnyView {
    view! { <p class="lp-text f">"LL2 gives no coordinates, so no map shows it."</p> }.erase()
}

/// Returns the URL of a map that the reader can open, on a site that requires no API key and no script.
pub(crate) fn map_link(latitude: f64, longitude: f64) -> String {
    format!("https://www.openstreetmap.org/?mlat={latitude}&mlon={longitude}#map=13/{latitude}/{longitude}")
}
