use std::{
    io::{IsTerminal as _, Write as _},
    time::Duration,
};

use ::ingest::{Moment, Progress};

use crate::{
    background::BackgroundTasks, cli::BackfillOptions, config::Config, database::Cluster, job, shutdown, world,
};

/// Reads past launches until the beginning of history, at the pace of the budget. Continues where it was stopped.
pub(crate) async fn backfill(config: Config, options: BackfillOptions) -> anyhow::Result<()> {
    let cluster = Cluster::open_alongside(&config).await?;
    let stop = shutdown::on_signal();
    let outcome = tokio::select! {
        outcome = run(&config, &options, &cluster) => outcome,
        () = stop.cancelled() => Err(anyhow::anyhow!("stopped; the next backfill continues after the last published page")),
    };
    let closed = cluster.close().await;
    outcome.and(closed)
}

#[expect(clippy::print_stdout, reason = "the command prints its outcome")]
async fn run(config: &Config, options: &BackfillOptions, cluster: &Cluster) -> anyhow::Result<()> {
    let world = world::open(config, cluster, &options.world, None, &BackgroundTasks::default()).await?;
    let client = job::client(config, &world)?;
    let options = job::options(config, &world)?;
    let budget = options.budget.get();
    let mut bar = Bar { is_drawn: std::io::stdout().is_terminal(), budget };
    let progress =
        ::ingest::backfill(world.db.ingest_pool(), &client, &options, |moment, progress| bar.show(moment, progress))
            .await?;
    bar.end();
    println!("{} past launches stored, back to the beginning of history", progress.held);
    Ok(())
}

/// A progress line: overwritten in place on a terminal, one line for each page in a file.
struct Bar {
    is_drawn: bool,
    budget: u32,
}

impl Bar {
    #[expect(clippy::print_stdout, reason = "the command prints its progress")]
    fn show(&mut self, moment: Moment, progress: Progress) {
        let line = line(moment, progress, self.budget);
        if self.is_drawn {
            print!("\r\x1b[2K{line}");
            // Losing the terminal is no reason to stop.
            let _ = std::io::stdout().flush();
        } else if moment == Moment::Page {
            println!("{line}");
        }
    }

    #[expect(clippy::print_stdout, reason = "ends the progress line")]
    fn end(&self) {
        if self.is_drawn {
            println!();
        }
    }
}

const WIDTH: usize = 30;

fn line(moment: Moment, progress: Progress, budget: u32) -> String {
    let wait = match moment {
        Moment::Waiting(wait) if wait >= Duration::from_secs(1) => format!(", next page in {}", span(wait)),
        _ => String::new(),
    };
    let Some(total) = progress.total.filter(|&total| total > 0) else {
        return format!("{} past launches stored{wait}", progress.held);
    };
    let share = (progress.held as f64 / total as f64).clamp(0.0, 1.0);
    let filled = (share * WIDTH as f64) as usize;
    let pages = (total - progress.held).max(0) as u64 / 100 + 1;
    let left = Duration::from_secs(pages * 3600 / u64::from(budget.max(1)));
    format!(
        "[{}{}] {:>3.0} %  {} of about {total} past launches, about {} to go{wait}",
        "#".repeat(filled),
        "-".repeat(WIDTH - filled),
        share * 100.0,
        progress.held,
        span(left),
    )
}

fn span(time: Duration) -> String {
    match time.as_secs() {
        seconds @ 0..=99 => format!("{seconds} s"),
        seconds @ 100..=5999 => format!("{} min", seconds / 60),
        seconds => format!("{:.1} h", seconds as f64 / 3600.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_shows_progress_remaining_time_and_next_request() {
        let progress = Progress { held: 1900, total: Some(7600), is_finished: false };
        assert_eq!(
            line(Moment::Waiting(Duration::from_secs(240)), progress, 15),
            "[#######-----------------------]  25 %  1900 of about 7600 past launches, about 3.9 h to go, next page in 4 min"
        );
        let unknown = Progress { held: 3, total: None, is_finished: false };
        assert_eq!(line(Moment::Page, unknown, 15), "3 past launches stored");
        let more = Progress { held: 12, total: Some(10), is_finished: false };
        assert!(line(Moment::Page, more, 0).contains("100 %"), "launches that joined since it was counted");
    }
}
