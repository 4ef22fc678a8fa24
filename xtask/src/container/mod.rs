//! `cargo xtask container`: builds and runs the image and the compose file. `docs/deployment.md` has the transcript.
//!
//! Not part of `cargo xtask test`: it needs an engine, and compiles the workspace once more inside of it.

mod board;
mod engine;
mod image;
mod images;
mod proof;

use anyhow::Result;

use self::{board::Board, engine::Engine, proof::Proof};
use crate::progress::{say, step, tell};

/// Options of `container`.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Prove the image that is there under the name `mooncoon`, without building it.
    #[arg(long)]
    no_build: bool,
}

/// Runs all checks, and returns whether all of them passed.
pub(crate) fn container(options: &Options) -> Result<bool> {
    let engine = step("engine", Engine::find)?;
    let bases = step("base images", || images::prepare(&engine))?;
    tell(&format!("engine: {}", engine.describe()?));
    bases.iter().for_each(|line| tell(line));

    let mut proof = Proof::default();
    if !options.no_build {
        step("image", || image::build(&engine, &mut proof))?;
    }
    step("contents of the image", || image::inspect(&engine, &mut proof))?;
    step("compose settings", || board::configuration(&engine, &mut proof))?;
    let board = Board::new(&engine)?;
    step("up", || board.starts_up(&mut proof))?;
    step("confinement", || board.is_confined(&mut proof))?;
    step("down and up", || board.keeps_its_data(&mut proof))?;
    step("stop with clients", || board.stops_in_time(&mut proof))?;
    step("public reading off", || board.can_be_closed(&mut proof))?;
    drop(board);
    let held = proof.held();
    tell(&proof.summary());
    if !held {
        say("    some checks failed: see the lines above that begin with FAIL");
    }
    Ok(held)
}

#[cfg(test)]
mod tests {
    use super::images::BASES;

    const COMPOSE: &str = include_str!("../../../docker-compose.yml");
    const DOCKERFILE: &str = include_str!("../../../Dockerfile");

    #[test]
    fn nothing_is_published_beyond_the_loopback() {
        let ports: Vec<_> = COMPOSE
            .lines()
            .skip_while(|line| line.trim() != "ports:")
            .filter_map(|line| line.trim().strip_prefix("- \"")?.strip_suffix('"'))
            .filter(|entry| entry.bytes().all(|byte| byte.is_ascii_digit() || b".:".contains(&byte)))
            .collect();
        assert_eq!(ports, ["127.0.0.1:3000:3000", "127.0.0.1:5050:5050"]);
    }

    #[test]
    fn no_password_has_a_default() {
        let passwords: Vec<_> = COMPOSE.lines().filter(|line| line.contains("PASSWORD: ")).collect();
        assert_eq!(passwords.len(), 2, "{passwords:?}");
        for line in passwords {
            assert!(line.ends_with(":-}"), "{line}");
        }
        assert!(!COMPOSE.contains("trust"));
    }

    #[test]
    fn every_base_image_has_a_stand_in() {
        let stages: Vec<_> =
            DOCKERFILE.lines().filter_map(|line| line.strip_prefix("FROM ")?.split(' ').next()).collect();
        for image in stages.into_iter().filter(|image| image.contains(':')) {
            assert!(BASES.contains(&image), "{image}");
        }
        assert!(COMPOSE.contains(&format!("image: {}", BASES[3])));
    }
}
