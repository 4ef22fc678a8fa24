use leptos::prelude::*;
use leptos_meta::Title;

use crate::{
    AppError,
    components::{ErrorPanel, Frame},
};

/// The page for an unknown URL.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    view! {
        <Title text="Not found"/>
        <Frame known=None>
            <ErrorPanel error=AppError::NotFound/>
        </Frame>
    }
}
