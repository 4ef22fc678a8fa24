//! The arrows between the rooms, held by a tool: what a room must never depend on.

use anyhow::{Result, bail};

use crate::{
    shell::{cargo, output},
    toolchain::WASM,
};

/// A room, how its tree is asked for, and which crates must not be in it.
struct Wall {
    room: &'static str,
    arguments: &'static [&'static str],
    forbidden: &'static [&'static str],
}

const WALLS: [Wall; 5] = [
    Wall {
        room: "frontend",
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
    Wall {
        room: "forecast",
        arguments: &[],
        forbidden: &["app", "ingest", "leptos", "reqwest", "server", "sqlx", "tokio", "warehouse"],
    },
    Wall { room: "domain", arguments: &[], forbidden: &["leptos", "reqwest", "sqlx", "tokio"] },
    Wall {
        room: "warehouse",
        arguments: &[],
        forbidden: &["app", "axum", "ingest", "leptos", "reqwest", "server", "simulator"],
    },
    Wall { room: "ingest", arguments: &[], forbidden: &["app", "leptos", "server"] },
];

/// Fails with the first arrow that points the wrong way.
pub(crate) fn check() -> Result<()> {
    for wall in WALLS {
        let mut tree = cargo();
        tree.args([
            "tree",
            "--package",
            wall.room,
            "--edges",
            "normal",
            "--prefix",
            "none",
            "--format",
            "{lib}",
            "--quiet",
        ]);
        let tree = output(tree.args(wall.arguments))?;
        if let Some(intruder) = tree.lines().map(str::trim).find(|name| wall.forbidden.contains(name)) {
            bail!(
                "{} must not depend on {intruder}: run `cargo tree -p {} {} -e normal -i {intruder}` to see the way",
                wall.room,
                wall.room,
                wall.arguments.join(" "),
            );
        }
    }
    Ok(())
}
