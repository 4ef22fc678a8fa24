use domain::{Factor, FactorKind, MoonTier, Ranked};
use leptos::prelude::*;

use super::moon_class;
use crate::erase::Erase as _;

/// The three factors of a score, each in words and as a bar.
pub(crate) fn factors(one: &Ranked, tier: MoonTier) -> AnyView {
    let factors = FactorKind::ALL.into_iter().zip(one.factors()).map(|(kind, factor)| {
        let class = match kind {
            FactorKind::Nearness => format!("tone-{}", moon_class(tier)),
            FactorKind::Window => "tone-window".to_owned(),
            FactorKind::Success => "tone-success".to_owned(),
        };
        view! {
            <dt>{kind.label()}</dt>
            <dd>
                <span class="mono">{format!("{:.2}", hundredth(factor.estimate()))}</span>
                <span class="sr">{format!(", {:.2} to {:.2}", factor.low(), factor.high())}</span>
                {bar(factor, &class)}
            </dd>
        }
    });
    view! { <dl class="r-factors">{factors.collect_view()}</dl> }.erase()
}

/// A number from 0 to 1 as a bar: the line is the range, the block its interval, the tick the estimate. Decorative: the text next to
/// it says the same.
pub(crate) fn bar(factor: Factor, class: &str) -> AnyView {
    let at = |share: f64| format!("{:.1}%", share * 100.0);
    let width = format!("{:.1}%", (factor.high() - factor.low()) * 100.0);
    view! {
        <svg class=format!("interval-bar {class}") width="100%" height="18" aria-hidden="true">
            <line class="rule" x1="0" x2="100%" y1="9" y2="9"></line>
            <rect class="block" x=at(factor.low()) y="5" width=width height="8" rx="2"></rect>
            <line class="tick" x1=at(factor.estimate()) x2=at(factor.estimate()) y1="2" y2="16"></line>
        </svg>
    }
    .erase()
}

/// Formats a share as points of a hundred: "54". A share just above 0 or just below 1 is "<1" or ">99", not "0" or "100".
pub(crate) fn points(share: f64) -> String {
    match (share * 100.0).round() {
        0.0 if share > 0.0 => "<1".to_owned(),
        100.0 if share < 1.0 => ">99".to_owned(),
        whole => format!("{whole:.0}"),
    }
}

/// "33 to 72".
pub(crate) fn interval(factor: Factor) -> String {
    format!("{:.0} to {:.0}", factor.low() * 100.0, factor.high() * 100.0)
}

/// Rounds to hundredths as the sentences do: ties go up in both.
fn hundredth(share: f64) -> f64 {
    (share * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::points;

    #[test]
    fn a_share_below_1_is_not_shown_as_100_percent() {
        assert_eq!([0.0, 0.004, 0.5, 0.996, 1.0].map(points), ["0", "<1", "50", ">99", "100"]);
    }
}
