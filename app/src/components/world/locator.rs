//! One pad on the world map, for pages about a launch or a pad.

use domain::{Sun, place_on_map};
use leptos::prelude::*;

use super::{daylight_word, night, window::Window, world_address};
use crate::{erase::Erase as _, time::use_minute};

/// Width of the near view, in units of the map: a coast and its surroundings.
const NEAR: f64 = 190.0;

/// How much of the world is shown around the pad.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Look {
    World,
    Near,
}

/// Draws the pad as a pin, with day and night. The accessible name contains the same information.
pub(crate) fn locator(place: (f64, f64), name: String, look: Look) -> AnyView {
    let (latitude, longitude) = place;
    let (x, y) = place_on_map(latitude, longitude);
    let window = match look {
        Look::World => Window::HOME,
        Look::Near => Window::around(x, y, NEAR),
    };
    let minute = use_minute();
    let world = world_address();
    let part = move |id: &str| format!("{world}#{id}");
    let (right, down) = ((x - window.x) / window.width, (y - window.y) / window.height());
    // The label is placed on the side that has room for it.
    let class = if right > 0.6 { "loc-pin left" } else { "loc-pin" };
    let sky = move || daylight_word(Sun::over(minute.get()).daylight(latitude, longitude));
    let scope = match look {
        Look::World => "On the map of the world",
        Look::Near => "On the map of the region",
    };
    let words = {
        let name = name.clone();
        move || format!("{scope}: {name}, {}. It is {} there.", degrees(latitude, longitude), sky())
    };
    view! {
        <div class="locator" role="img" aria-label=words>
            <svg viewBox=window.view_box() width="100%" height="100%" aria-hidden="true">
                <use href=part("globe") class="map-sea"></use>
                <use href=part("lines") class="map-lines"></use>
                <use href=part("land") class="map-land"></use>
                <path class="map-night" d=move || night(minute.get())></path>
                <use href=part("globe") class="map-rim"></use>
            </svg>
            <span class=class style=format!("left:{:.2}%;top:{:.2}%", right * 100.0, down * 100.0) aria-hidden="true">
                <b>{name}</b>
            </span>
        </div>
        <p class="s13 m loc-words">
            {format!("{}. ", degrees(latitude, longitude))} {move || format!("It is {} there.", sky())}
        </p>
    }
    .erase()
}

/// "28.63° N, 80.62° W".
fn degrees(latitude: f64, longitude: f64) -> String {
    let north = if latitude < 0.0 { 'S' } else { 'N' };
    let east = if longitude < 0.0 { 'W' } else { 'E' };
    format!("{:.2}° {north}, {:.2}° {east}", latitude.abs(), longitude.abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn southern_and_western_coordinates_are_labelled() {
        assert_eq!(degrees(28.627_222, -80.620_833), "28.63° N, 80.62° W");
        assert_eq!(degrees(-39.26, 177.86), "39.26° S, 177.86° E");
    }
}
