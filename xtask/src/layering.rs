//! Layering: the crates on which a crate must never depend, directly or not.

use anyhow::{Result, bail};

use crate::{
    shell::{cargo, output},
    toolchain::WASM,
};

/// A crate of the workspace, the arguments for its dependency tree, and the crates that must not be in it.
struct Layer {
    name: &'static str,
    arguments: &'static [&'static str],
    forbidden: &'static [&'static str],
}

const LAYERS: [Layer; 11] = [
    Layer {
        name: "frontend",
        arguments: &["--target", WASM],
        forbidden: &[
            "axum",
            "forecast",
            "hyper",
            "ingest",
            "reqwest",
            "server",
            "simulator",
            "sqlx",
            "tokio",
            "warehouse",
        ],
    },
    Layer {
        name: "forecast",
        arguments: &[],
        forbidden: &["app", "ingest", "leptos", "reqwest", "server", "sqlx", "tokio", "warehouse"],
    },
    Layer {
        name: "embedded-postgres",
        arguments: &[],
        forbidden: &[
            "app",
            "axum",
            "domain",
            "forecast",
            "ingest",
            "leptos",
            "reqwest",
            "server",
            "simulator",
            "warehouse",
        ],
    },
    Layer { name: "domain", arguments: &[], forbidden: &["leptos", "reqwest", "sqlx", "tokio"] },
    Layer {
        name: "warehouse",
        arguments: &[],
        forbidden: &["app", "axum", "embedded_postgres", "ingest", "leptos", "reqwest", "server", "simulator"],
    },
    Layer { name: "ingest", arguments: &[], forbidden: &["app", "leptos", "server"] },
    Layer {
        name: "simulator",
        arguments: &[],
        forbidden: &["app", "forecast", "ingest", "leptos", "server", "sqlx", "warehouse"],
    },
    Layer {
        name: "app",
        arguments: &["--features", "ssr"],
        forbidden: &["embedded_postgres", "ingest", "reqwest", "server", "simulator"],
    },
    Layer { name: "server", arguments: &[], forbidden: &["frontend", "xtask"] },
    Layer { name: "site", arguments: &[], forbidden: &["app", "ingest", "leptos", "server", "tokio", "warehouse"] },
    // Crates that take long to compile; every command waits for this crate.
    Layer {
        name: "xtask",
        arguments: &[],
        forbidden: &["brotli", "domain", "reqwest", "tokio", "walrus", "wasmparser"],
    },
];

/// Fails with the first forbidden dependency.
pub(crate) fn check() -> Result<()> {
    for layer in LAYERS {
        let mut tree = cargo();
        tree.args([
            "tree",
            "--package",
            layer.name,
            "--edges",
            "normal",
            "--prefix",
            "none",
            "--format",
            "{lib}",
            "--quiet",
        ]);
        let tree = output(tree.args(layer.arguments))?;
        if let Some(intruder) = tree.lines().map(str::trim).find(|name| layer.forbidden.contains(name)) {
            bail!(
                "{} must not depend on {intruder}: run `cargo tree -p {} {} -e normal -i {intruder}` to see the path",
                layer.name,
                layer.name,
                layer.arguments.join(" "),
            );
        }
    }
    Ok(())
}
