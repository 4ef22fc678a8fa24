use leptos::prelude::*;
use leptos_meta::Title;

use crate::{AppError, components::Frame};

/// The page for an address that leads nowhere.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    AppError::NotFound.set_status();
    view! {
        <Title text="Nothing here"/>
        <Frame known=None>
            <p>"Nothing here"</p>
        </Frame>
    }
}
