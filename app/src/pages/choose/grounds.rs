use domain::Launch;
use leptos::prelude::*;

use crate::{
    components::forecast::{calibration, record, when},
    erase::Erase as _,
};

/// The evidence for a ride's three numbers.
pub(super) fn grounds(launch: &Launch) -> AnyView {
    let tier = launch.moon.tier;
    let evidence = launch.moon_evidence().into_iter().map(move |one| {
        let stance = one.stance(tier).label();
        view! { <li><b>{one.kind.label()}</b>": "{one.says}" "<span class="m">{stance}</span></li> }
    });
    let forecast = launch.forecast.as_deref();
    view! {
        <p><b>"Nearness. "</b>{launch.moon.reason.clone()}</p>
        <ul>{evidence.collect_view()}</ul>
        <p>
            <b>"In window. "</b>
            {forecast.and_then(|forecast| forecast.date).map(|date| when(&date))}" "{forecast.and_then(calibration)}
        </p>
        <p><b>"Succeeds. "</b>{forecast.and_then(|forecast| forecast.success).map(|success| record(&success))}</p>
    }
    .erase()
}
