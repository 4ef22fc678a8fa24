//! Hands on the timeline: drag, wheel and pinch become moves of the view.

use leptos::{
    ev::{MouseEvent, PointerEvent, WheelEvent},
    html::Div,
    prelude::*,
    web_sys::Element,
};

use super::view::Window;

/// A press that travels less than this is a click on a launch, not a drag.
const DRAG_PX: f64 = 5.0;
/// How far a wheel with Ctrl turns to double the view: some two notches, or a short pinch on a touchpad.
const DOUBLE_PX: f64 = 240.0;

/// What a hand did to the view.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Move {
    /// By a share of the width.
    Pan(f64),
    /// By a factor, about a place.
    Zoom(f64, f64),
}

impl Move {
    pub(super) fn apply(self, window: Window) -> Window {
        match self {
            Self::Pan(share) => window.panned(share),
            Self::Zoom(factor, about) => window.zoomed(factor, about),
        }
    }
}

/// The fingers or the button held down on the rows.
#[derive(Clone, Copy)]
pub(super) struct TimelinePanZoom {
    /// The part of the page that time is laid out on; places are measured against it.
    plot: NodeRef<Div>,
    /// Pointer id and last x.
    down: StoredValue<Vec<(i32, f64)>>,
    travelled: StoredValue<f64>,
}

impl TimelinePanZoom {
    pub(super) fn on(plot: NodeRef<Div>) -> Self {
        Self { plot, down: StoredValue::new(Vec::new()), travelled: StoredValue::new(0.0) }
    }

    pub(super) fn wheel(&self, event: &WheelEvent) -> Option<Move> {
        let (left, width) = self.measure()?;
        // A pinch on a touchpad arrives as a wheel with Ctrl held.
        if event.ctrl_key() || event.meta_key() {
            event.prevent_default();
            let about = (f64::from(event.client_x()) - left) / width;
            return Some(Move::Zoom((event.delta_y() / DOUBLE_PX).exp2(), about.clamp(0.0, 1.0)));
        }
        let sideways = if event.shift_key() { event.delta_x() + event.delta_y() } else { event.delta_x() };
        // Up and down stay with the page: a timeline that swallows them is a trap.
        if event.shift_key() || sideways.abs() > event.delta_y().abs() {
            event.prevent_default();
            return Some(Move::Pan(sideways / width));
        }
        None
    }

    pub(super) fn press(&self, event: &PointerEvent) {
        if event.button() == 0 {
            self.down.update_value(|down| {
                if down.is_empty() {
                    self.travelled.set_value(0.0);
                }
                down.push((event.pointer_id(), f64::from(event.client_x())));
            });
        }
    }

    pub(super) fn travel(&self, event: &PointerEvent) -> Option<Move> {
        let (left, width) = self.measure()?;
        let x = f64::from(event.client_x());
        let before = self.down.get_value();
        let at = before.iter().position(|(id, _)| *id == event.pointer_id())?;
        self.down.update_value(|down| down[at].1 = x);
        let moved = x - before[at].1;
        self.travelled.update_value(|travelled| *travelled += moved.abs());
        if self.travelled.get_value() < DRAG_PX {
            return None;
        }
        capture(event);
        match before.as_slice() {
            [_] => Some(Move::Pan(-moved / width)),
            [first, second] => {
                let other = if at == 0 { second.1 } else { first.1 };
                let (was, is) = ((before[at].1 - other).abs().max(1.0), (x - other).abs().max(1.0));
                Some(Move::Zoom(was / is, ((x + other) / 2.0 - left) / width))
            }
            _ => None,
        }
    }

    pub(super) fn release(&self, event: &PointerEvent) {
        self.down.update_value(|down| down.retain(|(id, _)| *id != event.pointer_id()));
    }

    /// The click that ends a drag leads nowhere.
    pub(super) fn click(&self, event: &MouseEvent) {
        if self.travelled.get_value() >= DRAG_PX {
            event.prevent_default();
            self.travelled.set_value(0.0);
        }
    }

    /// Width of the plot in pixels; unknown on the server.
    pub(super) fn width(&self) -> Option<f64> {
        self.measure().map(|(_, width)| width)
    }

    /// Left edge and width of the plot in pixels; nothing is measured on the server, where nobody has hands.
    fn measure(&self) -> Option<(f64, f64)> {
        #[cfg(feature = "hydrate")]
        {
            let plot = self.plot.get_untracked()?.get_bounding_client_rect();
            (plot.width() > 0.0).then(|| (plot.left(), plot.width()))
        }
        #[cfg(not(feature = "hydrate"))]
        {
            let _ = self.plot;
            None
        }
    }
}

/// Keeps the pointer ours when it leaves the rows. Only once it drags: captured earlier, a click would lose its link.
fn capture(event: &PointerEvent) {
    use leptos::wasm_bindgen::JsCast as _;
    if let Some(element) = event.current_target().and_then(|target| target.dyn_into::<Element>().ok()) {
        // Fails for a pointer that is gone already, which then has nothing left to tell us.
        let _ = element.set_pointer_capture(event.pointer_id());
    }
}
