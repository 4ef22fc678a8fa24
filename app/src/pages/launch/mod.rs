use leptos::prelude::*;

/// Everything known of one launch, at `/launches/{id}`.
#[component]
pub fn LaunchPage() -> impl IntoView {
    view! { <p>"Launch"</p> }
}
