//! Converts drag, wheel and pinch on a drawing to moves of the visible part.

use leptos::{
    ev::{MouseEvent, PointerEvent, WheelEvent},
    html::Div,
    prelude::*,
    web_sys::Element,
};

/// A press that moves less than this is a click on what is drawn there, not a drag.
const DRAG_PX: f64 = 5.0;
/// Wheel distance with Ctrl that doubles the view: about two notches, or a short pinch on a touchpad.
const DOUBLE_PX: f64 = 240.0;

/// A change of the view, in fractions of the drawing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Move {
    /// To the right and down.
    Pan(f64, f64),
    /// By a factor (below 1 zooms in), about a point: fractions from the left and from the top.
    Zoom(f64, (f64, f64)),
}

/// The directions in which a drawing moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Axes {
    Both,
    Horizontal,
}

/// The drawing's rectangle on the screen, in pixels.
#[derive(Clone, Copy)]
struct Frame {
    left: f64,
    top: f64,
    width: f64,
    height: f64,
}

/// A finger or a button held down: its id and its last position, in pixels.
#[derive(Clone, Copy)]
struct Pointer {
    id: i32,
    x: f64,
    y: f64,
}

/// The pointers held down on a drawing, and their effect on it.
#[derive(Clone, Copy)]
pub(crate) struct PanZoom {
    /// Positions are measured relative to it.
    drawing: NodeRef<Div>,
    axes: Axes,
    down: StoredValue<Vec<Pointer>>,
    /// Pixels since the first pointer was pressed.
    travelled: StoredValue<f64>,
}

impl PanZoom {
    pub(crate) fn on(drawing: NodeRef<Div>, axes: Axes) -> Self {
        Self { drawing, axes, down: StoredValue::new(Vec::new()), travelled: StoredValue::new(0.0) }
    }

    /// Zooms only with Ctrl, which is also how a pinch on a touchpad is reported: a drawing that captures the wheel blocks scrolling. A
    /// drawing that moves only horizontally pans on a horizontal wheel or with Shift.
    pub(crate) fn wheel(&self, event: &WheelEvent) -> Option<Move> {
        let frame = self.measure()?;
        if event.ctrl_key() || event.meta_key() {
            event.prevent_default();
            let (right, down) = frame.share(f64::from(event.client_x()), self.y(event.client_y()));
            let about = (right.clamp(0.0, 1.0), down.clamp(0.0, 1.0));
            return Some(Move::Zoom((event.delta_y() / DOUBLE_PX).exp2(), about));
        }
        let sideways = if event.shift_key() { event.delta_x() + event.delta_y() } else { event.delta_x() };
        if self.axes == Axes::Horizontal && (event.shift_key() || sideways.abs() > event.delta_y().abs()) {
            event.prevent_default();
            return Some(Move::Pan(sideways / frame.width, 0.0));
        }
        None
    }

    pub(crate) fn press(&self, event: &PointerEvent) {
        if event.button() == 0 {
            self.down.update_value(|down| {
                let pointer = self.pointer(event);
                // Its release may have been lost: see `travel`.
                down.retain(|other| other.id != pointer.id);
                if down.is_empty() {
                    self.travelled.set_value(0.0);
                }
                down.push(pointer);
            });
        }
    }

    pub(crate) fn travel(&self, event: &PointerEvent) -> Option<Move> {
        let frame = self.measure()?;
        let now = self.pointer(event);
        // Released outside of the drawing before it was captured, and back without a button.
        if event.buttons() == 0 {
            self.down.update_value(|down| down.retain(|pointer| pointer.id != now.id));
        }
        let before = self.down.get_value();
        let at = before.iter().position(|pointer| pointer.id == now.id)?;
        let was = before[at];
        self.down.update_value(|down| down[at] = now);
        self.travelled.update_value(|travelled| *travelled += (now.x - was.x).hypot(now.y - was.y));
        if self.travelled.get_value() < DRAG_PX {
            return None;
        }
        capture(event);
        match before.as_slice() {
            [_] => Some(frame.drag(was, now)),
            [first, second] => Some(frame.pinch(was, now, if at == 0 { *second } else { *first })),
            _ => None,
        }
    }

    pub(crate) fn release(&self, event: &PointerEvent) {
        self.down.update_value(|down| down.retain(|pointer| pointer.id != event.pointer_id()));
    }

    /// Returns whether the click ends a drag. Such a click must not follow a link.
    pub(crate) fn ends_drag(&self, event: &MouseEvent) -> bool {
        let dragged = self.travelled.get_value() >= DRAG_PX;
        if dragged {
            event.prevent_default();
            self.travelled.set_value(0.0);
        }
        dragged
    }

    /// Keeps a signal equal to the drawing's width in pixels, once it is laid out. On the server the signal does not change.
    pub(crate) fn follow_width(self, pixels: RwSignal<f64>) {
        Effect::new(move || {
            self.drawing.track();
            let measure = move || {
                if let Some(frame) = self.measure() {
                    pixels.set(frame.width);
                }
            };
            measure();
            let resized = window_event_listener(leptos::ev::resize, move |_| measure());
            on_cleanup(move || resized.remove());
        });
    }

    fn pointer(&self, event: &PointerEvent) -> Pointer {
        Pointer { id: event.pointer_id(), x: f64::from(event.client_x()), y: self.y(event.client_y()) }
    }

    /// The same for every position if only the horizontal axis counts.
    fn y(&self, client_y: i32) -> f64 {
        if self.axes == Axes::Both { f64::from(client_y) } else { 0.0 }
    }

    /// Returns none on the server, and for a drawing without a size.
    fn measure(&self) -> Option<Frame> {
        #[cfg(feature = "hydrate")]
        {
            let frame = self.drawing.get_untracked()?.get_bounding_client_rect();
            let (top, height) = if self.axes == Axes::Both { (frame.top(), frame.height()) } else { (0.0, 1.0) };
            let frame = Frame { left: frame.left(), top, width: frame.width(), height };
            (frame.width > 0.0 && frame.height > 0.0).then_some(frame)
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
        ((x - self.left) / self.width, (y - self.top) / self.height)
    }

    /// Pans so that the point under the pointer stays under it.
    fn drag(&self, was: Pointer, now: Pointer) -> Move {
        Move::Pan((was.x - now.x) / self.width, (was.y - now.y) / self.height)
    }

    /// Zooms by the change of distance between two pointers; the point between them stays there.
    fn pinch(&self, was: Pointer, now: Pointer, other: Pointer) -> Move {
        let distance = |pointer: Pointer| (pointer.x - other.x).hypot(pointer.y - other.y).max(1.0);
        let middle = self.share(f64::midpoint(now.x, other.x), f64::midpoint(now.y, other.y));
        Move::Zoom(distance(was) / distance(now), middle)
    }
}

/// Captures the pointer when it leaves the drawing. Only once it drags: captured earlier, a click would lose its target.
fn capture(event: &PointerEvent) {
    use leptos::wasm_bindgen::JsCast as _;
    if let Some(element) = event.current_target().and_then(|target| target.dyn_into::<Element>().ok()) {
        // Fails for a pointer that is already gone and sends no more events.
        let _ = element.set_pointer_capture(event.pointer_id());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAME: Frame = Frame { left: 100.0, top: 50.0, width: 400.0, height: 200.0 };

    fn pointer(x: f64, y: f64) -> Pointer {
        Pointer { id: 1, x, y }
    }

    #[test]
    fn a_drag_moves_the_view_in_the_opposite_direction() {
        assert_eq!(FRAME.drag(pointer(300.0, 100.0), pointer(340.0, 90.0)), Move::Pan(-0.1, 0.05));
    }

    #[test]
    fn spreading_two_fingers_zooms_in_around_their_midpoint() {
        let moved = FRAME.pinch(pointer(250.0, 150.0), pointer(200.0, 150.0), pointer(300.0, 150.0));
        assert_eq!(moved, Move::Zoom(0.5, (0.375, 0.5)));
    }

    #[test]
    fn two_fingers_on_one_spot_have_a_nonzero_distance() {
        let Move::Zoom(factor, _) = FRAME.pinch(pointer(300.0, 150.0), pointer(300.0, 150.0), pointer(300.0, 150.0))
        else {
            panic!("two fingers zoom");
        };
        assert!((factor - 1.0).abs() < f64::EPSILON);
    }
}
