//! Sends the end of every run to the browsers that wait for it.

use std::{convert::Infallible, sync::Arc, time::Duration};

use domain::Freshness;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio_util::sync::CancellationToken;
use warehouse::Db;

use crate::{background::BackgroundTasks, supervisor::supervise};

/// Pause before the next attempt while the database is unreachable.
const AGAIN: Duration = Duration::from_secs(2);

/// The state after the newest run, kept up to date by one listening connection for the whole process.
#[derive(Clone, Debug)]
pub(crate) struct News {
    latest: watch::Receiver<Option<Arc<Freshness>>>,
    places: Arc<Semaphore>,
    limit: usize,
    stop: CancellationToken,
}

impl News {
    /// Listens until `stop`, which also ends the streams. `places` is the maximum number of streams; beyond that a
    /// page polls.
    pub(crate) fn start(db: Db, places: usize, tasks: BackgroundTasks, stop: CancellationToken) -> Self {
        let (sender, latest) = watch::channel(None);
        let sender = Arc::new(sender);
        supervise(tasks, "news listener", stop.clone(), move || {
            let listening = listen(db.clone(), Arc::clone(&sender));
            async move { match listening.await {} }
        });
        Self { latest, places: Arc::new(Semaphore::new(places)), limit: places, stop }
    }

    /// Returns the maximum number of streams.
    pub(crate) fn places(&self) -> usize {
        self.limit
    }

    /// Returns a place for a stream; none if all are taken.
    pub(crate) fn subscribe(&self) -> Option<Subscription> {
        let place = Arc::clone(&self.places).try_acquire_owned().ok()?;
        let mut latest = self.latest.clone();
        // The first event is the current state, so that nothing is missed between the page and its stream.
        latest.mark_changed();
        Some(Subscription { latest, stop: self.stop.clone(), _place: place })
    }
}

/// The subscription of one browser.
#[derive(Debug)]
pub(crate) struct Subscription {
    latest: watch::Receiver<Option<Arc<Freshness>>>,
    stop: CancellationToken,
    _place: OwnedSemaphorePermit,
}

impl Subscription {
    /// Returns the state, at once on the first call and then whenever it has changed; none when the program stops.
    pub(crate) async fn next(&mut self) -> Option<Arc<Freshness>> {
        loop {
            tokio::select! {
                () = self.stop.cancelled() => return None,
                changed = self.latest.changed() => changed.ok()?,
            }
            if let Some(freshness) = self.latest.borrow_and_update().clone() {
                return Some(freshness);
            }
        }
    }
}

async fn listen(db: Db, sender: Arc<watch::Sender<Option<Arc<Freshness>>>>) -> Infallible {
    let mut was_down = false;
    loop {
        let Err(error) = follow(&db, &sender, &mut was_down).await;
        // Once per connection loss: the code that needs the database logs its absence often enough.
        if !was_down {
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                "lost the connection that listens for finished runs; retrying"
            );
            // Open pages are notified that the database is unreachable, if it is: possibly only the listener was lost.
            if let Ok(freshness) = db.freshness().await {
                tell(&sender, freshness);
            }
        }
        was_down = true;
        tokio::time::sleep(AGAIN).await;
    }
}

async fn follow(
    db: &Db,
    sender: &watch::Sender<Option<Arc<Freshness>>>,
    was_down: &mut bool,
) -> Result<Infallible, warehouse::Error> {
    let mut news = db.news().await?;
    let mut kept = None;
    loop {
        // Only after listening began, and after every loss: this includes what happened in between.
        let freshness = db.present_freshness().await?;
        if std::mem::take(was_down) {
            tracing::info!("the connection for news is back");
        }
        if kept != Some(freshness.run_id) {
            // Before the notification: every open page then requests it at once.
            db.keep_published().await?;
            kept = Some(freshness.run_id);
        }
        tell(sender, freshness);
        news.next().await?;
    }
}

fn tell(sender: &watch::Sender<Option<Arc<Freshness>>>, freshness: Freshness) {
    sender.send_if_modified(|known| {
        let is_new = known.as_deref() != Some(&freshness);
        *known = Some(Arc::new(freshness));
        is_new
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hub(places: usize) -> (watch::Sender<Option<Arc<Freshness>>>, News) {
        let (sender, latest) = watch::channel(None);
        let news =
            News { latest, places: Arc::new(Semaphore::new(places)), limit: places, stop: CancellationToken::new() };
        (sender, news)
    }

    fn run(run_id: i64) -> Option<Arc<Freshness>> {
        Some(Arc::new(Freshness {
            source: domain::Source::Simulated,
            as_of: None,
            failed_at: None,
            blocked: false,
            running_since: None,
            complete: None,
            upcoming_count: 0,
            run_id: Some(run_id),
            poll_seconds: 3600,
            unreachable_since: None,
        }))
    }

    async fn told(subscription: &mut Subscription) -> Option<i64> {
        subscription.next().await.and_then(|freshness| freshness.run_id)
    }

    #[tokio::test]
    async fn a_late_subscriber_receives_the_current_state_and_then_updates() {
        let (sender, news) = hub(2);
        sender.send_replace(run(1));
        let mut subscription = news.subscribe().expect("a place is free");
        assert_eq!(told(&mut subscription).await, Some(1));
        sender.send_replace(run(2));
        sender.send_replace(run(3));
        assert_eq!(told(&mut subscription).await, Some(3), "only the newest counts");
    }

    #[tokio::test]
    async fn a_subscriber_before_the_first_reading_waits_for_it() {
        let (sender, news) = hub(1);
        let mut subscription = news.subscribe().expect("a place is free");
        let (told, _) = tokio::join!(told(&mut subscription), async { sender.send_replace(run(7)) });
        assert_eq!(told, Some(7));
    }

    #[tokio::test]
    async fn subscriptions_beyond_the_limit_are_refused_until_one_is_dropped() {
        let (_sender, news) = hub(1);
        let first = news.subscribe();
        assert!(first.is_some());
        assert!(news.subscribe().is_none());
        drop(first);
        assert!(news.subscribe().is_some());
    }

    #[tokio::test]
    async fn every_stream_ends_when_the_program_stops() {
        let (_sender, news) = hub(1);
        let mut subscription = news.subscribe().expect("a place is free");
        news.stop.cancel();
        assert_eq!(told(&mut subscription).await, None);
    }
}
