//! Measures the board in a visitor's browser: Chromium, driven by `end2end/bench/web.mjs`.

use std::{ffi::OsString, net::SocketAddr};

use anyhow::{Context, Result};
use serde::{Deserialize, de::DeserializeOwned};

use super::program::Program;
use crate::{
    browser, npm,
    progress::tell,
    shell::{command, output},
    suites::database::folder,
    workspace,
};

/// The folder of the script and of its packages.
const FOLDER: &str = "end2end";

/// Options of `web`.
#[derive(Debug, clap::Args)]
pub(super) struct WebOptions {
    /// First visits with each device; 0 leaves them out.
    #[arg(long, default_value_t = 5)]
    visits: usize,
    /// Moves of a weight at `/choose`; 0 leaves them out.
    #[arg(long, default_value_t = 60)]
    slides: usize,
    /// Filters set while every chart is drawn.
    #[arg(long, default_value_t = 40)]
    clicks: usize,
    /// Sizes of the simulated world while filters are set; some of its launches have just flown.
    #[arg(long, value_delimiter = ',', default_values_t = [350, 7_500, 100_000])]
    launches: Vec<usize>,
}

/// One first visit; times in milliseconds from the start of the navigation.
#[derive(Debug, Deserialize)]
struct Visit {
    bytes: f64,
    requests: f64,
    fcp: f64,
    lcp: f64,
    interactive: f64,
    blocked: f64,
    shift: f64,
}

#[derive(Debug, Deserialize)]
struct Visits {
    desktop: Vec<Visit>,
    phone: Vec<Visit>,
}

/// Milliseconds of moves of a weight at `/choose`, and the number of rides ranked there.
#[derive(Debug, Deserialize)]
struct Slides {
    rides: usize,
    /// The draws of all factors, which a weight does not change.
    draws: Vec<f64>,
    /// The chances of being the best, from the draws.
    clearness: Vec<f64>,
    /// Everything that a move causes, until the scripts have ended.
    step: Vec<f64>,
}

/// A simulated world of this size has about twenty launches to the Moon.
const TWENTY_RIDES: usize = 600;

/// The durations of clicks on a filter, with the number of charts on the page.
#[derive(Debug, Deserialize)]
struct Redraws {
    charts: usize,
    took: Vec<Redraw>,
}

/// Milliseconds from a click until every chart is redrawn, until the frame that shows them, and until the frame that shows the visible
/// ones.
#[derive(Debug, Deserialize)]
struct Redraw {
    script: f64,
    frame: f64,
    visible: f64,
}

/// First visits on a desktop and on a throttled phone, moves of a weight, then filters on boards of several sizes.
pub(super) fn web(options: &WebOptions) -> Result<()> {
    npm::install(FOLDER)?;
    let chromium = browser::find()?.map(OsString::from).unwrap_or_default();
    let scratch = folder("mooncoon-bench-")?;
    let serve = |upcoming: usize| -> Result<Program> {
        // A separate folder and database each time: worlds must not mix.
        let mut program = Program::stocked(&scratch.path().join(upcoming.to_string()), upcoming)?;
        program.wait_for_board()?;
        Ok(program)
    };

    if options.visits > 0 {
        let program = serve(350)?;
        let visits: Visits = ask(&chromium, "visit", program.address, options.visits)?;
        program.stop()?;
        report(&visits);
    }

    if options.slides > 0 {
        let program = serve(TWENTY_RIDES)?;
        let slides: Slides = ask(&chromium, "slide", program.address, options.slides)?;
        program.stop()?;
        let of = |times: &[f64]| {
            let times = sorted(times.to_vec());
            format!("p50 {:.1} ms, p95 {:.1} ms", quantile(&times, 0.5), quantile(&times, 0.95))
        };
        tell(&format!("weight moved at /choose, {} rides, {} moves:", slides.rides, slides.step.len()));
        tell(&format!("    chances of being the best {}", of(&slides.clearness)));
        tell(&format!("    draws of the factors, after any other change {}", of(&slides.draws)));
        tell(&format!("    whole step of the page, to the end of its scripts {}", of(&slides.step)));
    }

    for launches in &options.launches {
        let program = serve(*launches)?;
        let count = program.count().context("the board has gone")?;
        let redraws: Redraws = ask(&chromium, "redraw", program.address, options.clicks)?;
        program.stop()?;
        let of = |figure: fn(&Redraw) -> f64| {
            let times = sorted(redraws.took.iter().map(figure).collect());
            format!("p50 {:.0} ms, p95 {:.0} ms", quantile(&times, 0.5), quantile(&times, 0.95))
        };
        tell(&format!("filter set, {count} launches, {} charts, {} clicks:", redraws.charts, redraws.took.len()));
        tell(&format!("    all charts drawn {}", of(|redraw| redraw.script)));
        tell(&format!("    their frame out {}", of(|redraw| redraw.frame)));
        tell(&format!("    frame with those on the screen {}", of(|redraw| redraw.visible)));
    }
    Ok(())
}

fn report(visits: &Visits) {
    for (device, visits) in [("desktop", &visits.desktop), ("phone, throttled", &visits.phone)] {
        let of = |figure: fn(&Visit) -> f64| Spread::of(visits.iter().map(figure).collect());
        tell(&format!("first visit, {device}, median of {} (least to most):", visits.len()));
        tell(&format!("    {} kB in {} requests", of(|visit| visit.bytes / 1000.0), of(|visit| visit.requests)));
        tell(&format!("    first paint {} ms, largest paint {} ms", of(|visit| visit.fcp), of(|visit| visit.lcp)));
        tell(&format!(
            "    interactive {} ms, blocked {} ms",
            of(|visit| visit.interactive),
            of(|visit| visit.blocked)
        ));
        tell(&format!("    layout shift {:.3} at most", visits.iter().map(|visit| visit.shift).fold(0.0, f64::max)));
    }
}

fn ask<T: DeserializeOwned>(chromium: &OsString, task: &str, address: SocketAddr, times: usize) -> Result<T> {
    let mut script = command("node");
    script.args(["bench/web.mjs", task, &format!("http://{address}"), &times.to_string()]);
    script.current_dir(workspace::at(FOLDER)).env("CHROMIUM", chromium);
    serde_json::from_str(&output(&mut script)?).context("the browser's figures are not as expected")
}

/// A median with its extremes.
struct Spread(Vec<f64>);

impl Spread {
    fn of(values: Vec<f64>) -> Self {
        Self(sorted(values))
    }
}

impl std::fmt::Display for Spread {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let [least, median, most] = [0.0, 0.5, 1.0].map(|share| quantile(&self.0, share));
        write!(formatter, "{median:.0} ({least:.0} to {most:.0})")
    }
}

fn sorted(mut values: Vec<f64>) -> Vec<f64> {
    values.sort_by(f64::total_cmp);
    values
}

/// The smallest value that at least this share of the values does not exceed.
fn quantile(sorted: &[f64], share: f64) -> f64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a place in a short list"
    )]
    let place = (sorted.len() as f64 * share).ceil() as usize;
    sorted.get(place.saturating_sub(1)).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::{Spread, quantile, sorted};

    #[test]
    fn a_quantile_is_one_of_the_values() {
        let values = sorted(vec![5.0, 1.0, 4.0, 2.0, 3.0]);
        assert_eq!([0.0, 0.2, 0.5, 0.95, 1.0].map(|share| quantile(&values, share)), [1.0, 1.0, 3.0, 5.0, 5.0]);
        assert_eq!(Spread::of(values).to_string(), "3 (1 to 5)");
    }
}
