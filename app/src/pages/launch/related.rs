use domain::{Launch, Subject};
use leptos::prelude::*;

use super::detail::Detail;
use crate::components::launch_entry;

/// The next launches that share the pad, the rocket or the provider.
#[component]
pub(super) fn Related(detail: Detail) -> impl IntoView {
    detail.with_value(|detail| {
        let launch = &detail.launch;
        let entries: Vec<_> =
            detail.related.iter().map(|other| launch_entry(other, Some(shared(launch, other)))).collect();
        let nothing = entries.is_empty().then(|| {
            view! { <p class="lp-text f">"LL2 lists no other launch of this pad, rocket or provider as upcoming."</p> }
        });
        let (provider, rocket, pad) = (&launch.provider, &launch.rocket, &launch.pad);
        view! {
            <section class="panel pad span-12" aria-labelledby="related">
                <h2 id="related">"Related launches"</h2>
                <p class="unit">"The next launches from the same pad, on the same rocket, or by the same provider"</p>
                {nothing}
                <ul class="lines">{entries}</ul>
                <p class="lp-more">
                    "All of "
                    <a href=Subject::Pad.address(pad.id)>{pad.name.clone()}</a>
                    ", "
                    <a href=Subject::Rocket.address(rocket.id)>{rocket.name.clone()}</a>
                    ", "
                    <a href=Subject::Provider.address(provider.id)>{provider.name.clone()}</a>
                </p>
            </section>
        }
    })
}

/// Names what the two launches have in common: "same rocket and provider".
fn shared(launch: &Launch, other: &Launch) -> String {
    let words = [(Subject::Pad, "pad"), (Subject::Rocket, "rocket"), (Subject::Provider, "provider")];
    let words: Vec<_> = words
        .into_iter()
        .filter(|(subject, _)| subject.of(launch) == subject.of(other))
        .map(|(_, word)| word)
        .collect();
    match words.as_slice() {
        [one] => format!("same {one}"),
        [one, other] => format!("same {one} and {other}"),
        _ => format!("same {}", words.join(", ")),
    }
}
