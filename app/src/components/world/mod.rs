//! The world map: its drawing, the part in view, day and night on it, and one pad as a pin.

mod address;
mod locator;
mod night;
mod place;
mod window;

pub(crate) use address::world_address;
pub(crate) use locator::{Look, locator};
pub(crate) use night::{daylight_word, night};
pub(crate) use place::{map_link, no_place, on_earth};
pub(crate) use window::Window;
