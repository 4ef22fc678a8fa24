use domain::Factor;
use leptos::prelude::*;

use crate::erase::Erase as _;

/// A number from 0 to 1 as a bar: the line is the range, the block its interval, the tick the estimate. Decorative: the words
/// beside it say the same.
pub(super) fn bar(factor: Factor, class: &str) -> AnyView {
    let at = |share: f64| format!("{:.1}%", share * 100.0);
    let width = format!("{:.1}%", (factor.high() - factor.low()) * 100.0);
    view! {
        <svg class=format!("ib {class}") width="100%" height="18" aria-hidden="true">
            <line class="rule" x1="0" x2="100%" y1="9" y2="9"></line>
            <rect class="block" x=at(factor.low()) y="5" width=width height="8" rx="2"></rect>
            <line class="tick" x1=at(factor.estimate()) x2=at(factor.estimate()) y1="2" y2="16"></line>
        </svg>
    }
    .erase()
}

/// "54", of a hundred; what is not quite none or all does not read as it.
pub(super) fn points(share: f64) -> String {
    match (share * 100.0).round() {
        0.0 if share > 0.0 => "<1".to_owned(),
        100.0 if share < 1.0 => ">99".to_owned(),
        whole => format!("{whole:.0}"),
    }
}

/// "33 to 72".
pub(super) fn interval(factor: Factor) -> String {
    format!("{:.0} to {:.0}", factor.low() * 100.0, factor.high() * 100.0)
}
