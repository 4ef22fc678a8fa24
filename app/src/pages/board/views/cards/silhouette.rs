use leptos::prelude::*;

/// Pixels per metre: the same on every card, so that a short rocket looks short.
const SCALE: f64 = 0.66;

/// A rocket, drawn from its length alone. LL2 does not give boosters, stages and fairings, so none is drawn.
#[component]
pub(super) fn Silhouette(length_m: f64) -> impl IntoView {
    // The longest rocket ever built is 123 m; a typo upstream must not overflow the card.
    let height = (length_m * SCALE).clamp(4.0, 84.0);
    let half = (height * 0.036).clamp(1.1, 2.6);
    let middle = 3.0;
    let (left, right) = (middle - half, middle + half);
    let shoulder = half.mul_add(3.2, 0.0).min(height * 0.3);
    let path = format!(
        "M{left:.1} {height:.1}V{shoulder:.1}Q{left:.1} {bend:.1} {middle:.1} 0Q{right:.1} {bend:.1} {right:.1} {shoulder:.1}V{height:.1}Z",
        bend = shoulder * 0.35,
    );
    view! {
        <span class="silhouette" title=format!("{length_m} m long")>
            <svg width="6" height=format!("{height:.0}") viewBox=format!("0 0 6 {height:.1}") aria-hidden="true">
                <path d=path fill="currentColor"></path>
            </svg>
        </span>
    }
}
