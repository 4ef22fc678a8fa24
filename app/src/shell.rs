use leptos::prelude::*;
use leptos_meta::MetaTags;
use leptos_router::location::RequestUrl;

use crate::{App, Assets, PartFiles, chunks::LazyChunk};

/// Glyphs and textures, defined once per page and used by reference: otherwise each card would repeat each path.
pub const SPRITE: &str = include_str!("sprite.svg");

/// The document around the app, with everything that the browser must know before the body.
///
/// No inline script, so that a strict content security policy works: the theme is set by a small blocking file (a module
/// would run after the first paint and flash), the rest is started by `boot.js` from the names in its data attributes.
/// The app has a separate container, which `frontend` hydrates: what extensions add to the body, or proxies at its end, is not in it.
pub fn shell(assets: Assets) -> impl IntoView {
    let Assets { js, wasm, charts, css, world, parts } = assets;
    let needed = needed(&parts);
    // The names of the scripts do not change with their content, and browsers cache them for an hour.
    let boot = format!("/boot.js?{}", version(&js));
    view! {
        <!DOCTYPE html>
        <html lang="en">
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"/>
                <meta name="color-scheme" content="dark light"/>
                <meta name="theme-color" content="#0a0d12" media="(prefers-color-scheme: dark)"/>
                <meta name="theme-color" content="#f5f4f0" media="(prefers-color-scheme: light)"/>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <link rel="apple-touch-icon" href="/icons/180.png"/>
                <link rel="manifest" href="/mooncoon.webmanifest"/>
                <link rel="stylesheet" href=css/>
                <script src="/theme.js"></script>
                <link rel="modulepreload" href=js.clone()/>
                <link rel="preload" href=wasm.clone() r#as="fetch" r#type="application/wasm" crossorigin="anonymous"/>
                {needed
                    .into_iter()
                    .map(|file| view! { <link rel="preload" href=file r#as="fetch" r#type="application/wasm" crossorigin="anonymous"/> })
                    .collect_view()}
                <script
                    id="boot"
                    type="module"
                    src=boot
                    data-js=js
                    data-wasm=wasm
                    data-charts=charts
                    data-palette=parts.palette.join(" ")
                    data-world=world
                    data-pages=parts.pages.join(" ")
                    data-views=parts.views.join(" ")
                ></script>
                <MetaTags/>
            </head>
            <body>
                <div id="app"><App/></div>
                <div inner_html=SPRITE></div>
            </body>
        </html>
    }
    .into_any()
}

/// Identifies this version of the program: the hash in the name of its script, `/pkg/mooncoon.<hash>.js`.
fn version(js: &str) -> &str {
    js.rsplit('.').nth(1).unwrap_or_default()
}

/// The files that the requested page needs for hydration besides the program: they are fetched in parallel with it, not after it.
fn needed(parts: &PartFiles) -> Vec<String> {
    let Some(url) = use_context::<RequestUrl>() else { return Vec::new() };
    let (path, query) = url.as_ref().split_once('?').unwrap_or((url.as_ref(), ""));
    match LazyChunk::at(path, query) {
        Some(LazyChunk::Page(_)) => parts.pages.clone(),
        Some(LazyChunk::View(_)) => parts.views.clone(),
        None => Vec::new(),
    }
}
