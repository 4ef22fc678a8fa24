//! The part of the world in view, and what zooming and panning do to it. Pure: places are shares of the drawing, so the server draws it
//! without knowing the screen.

use domain::{WORLD_HEIGHT, WORLD_WIDTH};

use crate::components::pan_zoom::Move;

/// Height of the view by its width; the style sheet gives the drawing the same shape.
pub(crate) const ASPECT: f64 = 0.45;
/// Closest view, in units of the map: some 450 km across, where the coast is still a coast.
const NARROWEST: f64 = 12.0;
/// Above this the view begins at home: nobody launches north of 84°, and the ice of the south stays out of it.
const TOP: f64 = 5.0;

/// A rectangle of the world.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Window {
    pub(crate) x: f64,
    pub(crate) y: f64,
    pub(crate) width: f64,
}

impl Window {
    /// All of the world where pads are.
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

    /// Moved by shares of its size: to the east, to the south.
    pub(crate) fn panned(self, right: f64, down: f64) -> Self {
        Self { x: self.x + right * self.width, y: self.y + down * self.height(), ..self }.kept_in()
    }

    /// Scaled about a place given in shares of the view; a factor below 1 comes closer.
    pub(crate) fn zoomed(self, factor: f64, (right, down): (f64, f64)) -> Self {
        let width = (self.width * factor).clamp(NARROWEST, WORLD_WIDTH);
        let lost = self.width - width;
        Self { x: self.x + right * lost, y: self.y + down * lost * ASPECT, width }.kept_in()
    }

    /// So wide, about a place of the map.
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
