//! The part of the world in view, and how zooming and panning change it. Pure: positions are fractions of the drawing, so the server
//! draws it without knowing the screen.

use domain::{WORLD_HEIGHT, WORLD_WIDTH};

use crate::components::pan_zoom::Move;

/// Height of the view divided by its width; the style sheet uses the same ratio.
pub(crate) const ASPECT: f64 = 0.45;
/// Width of the closest view, in units of the map: about 450 km, where the coastline is still detailed enough.
const NARROWEST: f64 = 12.0;
/// Upper edge of the initial view: there are no launches north of 84°, and the southern ice stays out of view.
const TOP: f64 = 5.0;

/// A rectangle of the world.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Window {
    pub(crate) x: f64,
    pub(crate) y: f64,
    pub(crate) width: f64,
}

impl Window {
    /// The whole world, as far as there are pads.
    pub(crate) const HOME: Self = Self { x: 0.0, y: TOP, width: WORLD_WIDTH };

    pub(crate) fn height(&self) -> f64 {
        self.width * ASPECT
    }

    /// The value of `viewBox`.
    pub(crate) fn view_box(&self) -> String {
        format!("{:.2} {:.2} {:.2} {:.2}", self.x, self.y, self.width, self.height())
    }

    pub(crate) fn moved(self, by: Move) -> Self {
        match by {
            Move::Pan(right, down) => self.panned(right, down),
            Move::Zoom(factor, about) => self.zoomed(factor, about),
        }
    }

    /// Moves the view by fractions of its size: to the east, to the south.
    pub(crate) fn panned(self, right: f64, down: f64) -> Self {
        Self { x: self.x + right * self.width, y: self.y + down * self.height(), ..self }.kept_in()
    }

    /// Scales about a point given in fractions of the view; a factor below 1 zooms in.
    pub(crate) fn zoomed(self, factor: f64, (right, down): (f64, f64)) -> Self {
        let width = (self.width * factor).clamp(NARROWEST, WORLD_WIDTH);
        let lost = self.width - width;
        Self { x: self.x + right * lost, y: self.y + down * lost * ASPECT, width }.kept_in()
    }

    /// A view of this width around a point of the map.
    pub(crate) fn around(x: f64, y: f64, width: f64) -> Self {
        let width = width.clamp(NARROWEST, WORLD_WIDTH);
        Self { x: x - width / 2.0, y: y - width * ASPECT / 2.0, width }.kept_in()
    }

    fn kept_in(self) -> Self {
        Self {
            x: self.x.clamp(0.0, WORLD_WIDTH - self.width),
            y: self.y.clamp(0.0, WORLD_HEIGHT - self.height()),
            ..self
        }
    }
}
