//! Hands on the map: drag, wheel and pinch become moves of the view.

use leptos::{
    ev::{MouseEvent, PointerEvent, WheelEvent},
    html::Div,
    prelude::*,
    web_sys::Element,
};

use crate::components::world::Window;

/// A press that travels less than this is a click on a pin, not a drag.
const DRAG_PX: f64 = 5.0;
/// How far a wheel with Ctrl turns to double the view.
const DOUBLE_PX: f64 = 240.0;

/// What a hand did to the view, in shares of the drawing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Move {
    Pan(f64, f64),
    Zoom(f64, (f64, f64)),
}

impl Move {
    pub(super) fn apply(self, window: Window) -> Window {
        match self {
            Self::Pan(right, down) => window.panned(right, down),
            Self::Zoom(factor, about) => window.zoomed(factor, about),
        }
    }
}

/// Where the drawing lies on the screen.
#[derive(Clone, Copy)]
struct Frame {
    left: f64,
    top: f64,
    width: f64,
    height: f64,
}

/// The fingers or the button held down on the map.
#[derive(Clone, Copy)]
pub(super) struct MapPanZoom {
    drawing: NodeRef<Div>,
    /// Pointer id and last place.
    down: StoredValue<Vec<(i32, f64, f64)>>,
    travelled: StoredValue<f64>,
}

impl MapPanZoom {
    pub(super) fn on(drawing: NodeRef<Div>) -> Self {
        Self { drawing, down: StoredValue::new(Vec::new()), travelled: StoredValue::new(0.0) }
    }

    /// Only with Ctrl, as a pinch on a touchpad arrives: a map that swallows the wheel is a trap.
    pub(super) fn wheel(&self, event: &WheelEvent) -> Option<Move> {
        if !(event.ctrl_key() || event.meta_key()) {
            return None;
        }
        let frame = self.measure()?;
        event.prevent_default();
        let about = frame.share(f64::from(event.client_x()), f64::from(event.client_y()));
        Some(Move::Zoom((event.delta_y() / DOUBLE_PX).exp2(), about))
    }

    pub(super) fn press(&self, event: &PointerEvent) {
        if event.button() == 0 {
            self.down.update_value(|down| {
                if down.is_empty() {
                    self.travelled.set_value(0.0);
                }
                down.push((event.pointer_id(), f64::from(event.client_x()), f64::from(event.client_y())));
            });
        }
    }

    pub(super) fn travel(&self, event: &PointerEvent) -> Option<Move> {
        let frame = self.measure()?;
        let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
        let before = self.down.get_value();
        let at = before.iter().position(|(id, ..)| *id == event.pointer_id())?;
        let (_, was_x, was_y) = before[at];
        self.down.update_value(|down| down[at] = (event.pointer_id(), x, y));
        self.travelled.update_value(|travelled| *travelled += (x - was_x).hypot(y - was_y));
        if self.travelled.get_value() < DRAG_PX {
            return None;
        }
        capture(event);
        match before.as_slice() {
            [_] => Some(Move::Pan((was_x - x) / frame.width, (was_y - y) / frame.height)),
            [first, second] => {
                let (_, other_x, other_y) = if at == 0 { *second } else { *first };
                let was = (was_x - other_x).hypot(was_y - other_y).max(1.0);
                let is = (x - other_x).hypot(y - other_y).max(1.0);
                Some(Move::Zoom(was / is, frame.share(f64::midpoint(x, other_x), f64::midpoint(y, other_y))))
            }
            _ => None,
        }
    }

    pub(super) fn release(&self, event: &PointerEvent) {
        self.down.update_value(|down| down.retain(|(id, ..)| *id != event.pointer_id()));
    }

    /// Whether the click ends a drag, which then means nothing else.
    pub(super) fn ends_drag(&self, event: &MouseEvent) -> bool {
        let dragged = self.travelled.get_value() >= DRAG_PX;
        if dragged {
            event.prevent_default();
            self.travelled.set_value(0.0);
        }
        dragged
    }

    /// Width of the drawing in pixels; unknown on the server.
    pub(super) fn width(&self) -> Option<f64> {
        self.measure().map(|frame| frame.width)
    }

    fn measure(&self) -> Option<Frame> {
        #[cfg(feature = "hydrate")]
        {
            let frame = self.drawing.get_untracked()?.get_bounding_client_rect();
            let (left, top, width, height) = (frame.left(), frame.top(), frame.width(), frame.height());
            (width > 0.0 && height > 0.0).then_some(Frame { left, top, width, height })
        }
        #[cfg(not(feature = "hydrate"))]
        {
            let _ = self.drawing;
            None
        }
    }
}

impl Frame {
    fn share(&self, x: f64, y: f64) -> (f64, f64) {
        (((x - self.left) / self.width).clamp(0.0, 1.0), ((y - self.top) / self.height).clamp(0.0, 1.0))
    }
}

/// Keeps the pointer ours when it leaves the map. Only once it drags: captured earlier, a click would lose its pin.
fn capture(event: &PointerEvent) {
    use leptos::wasm_bindgen::JsCast as _;
    if let Some(element) = event.current_target().and_then(|target| target.dyn_into::<Element>().ok()) {
        // Fails for a pointer that is gone already, which then has nothing left to tell us.
        let _ = element.set_pointer_capture(event.pointer_id());
    }
}
