//! The end of every run, told to the browsers that wait for it.

use std::{convert::Infallible, sync::Arc, time::Duration};

use domain::Freshness;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio_util::sync::CancellationToken;
use warehouse::Db;

/// Pause before the next attempt while the database is gone.
const AGAIN: Duration = Duration::from_secs(2);
/// Browsers that one process tells at once. A stream is a socket, a few kilobytes and no thread; beyond this a page asks later.
const PLACES: usize = 1_000;

/// What is known of the newest run, kept up to date by one listening connection for the whole process.
#[derive(Clone, Debug)]
pub(crate) struct News {
    latest: watch::Receiver<Option<Arc<Freshness>>>,
    places: Arc<Semaphore>,
    stop: CancellationToken,
}

impl News {
    /// Listens until `stop`; streams end with it.
    pub(crate) fn start(db: Db, stop: CancellationToken) -> Self {
        let (sender, latest) = watch::channel(None);
        tokio::spawn({
            let stop = stop.clone();
            async move {
                tokio::select! {
                    () = stop.cancelled() => {}
                    never = listen(db, sender) => match never {},
                }
            }
        });
        Self { latest, places: Arc::new(Semaphore::new(PLACES)), stop }
    }

    /// A place among those who are told; none when all are taken.
    pub(crate) fn subscribe(&self) -> Option<Subscription> {
        let place = Arc::clone(&self.places).try_acquire_owned().ok()?;
        let mut latest = self.latest.clone();
        // The first thing told is how it stands, so that nothing is missed between the page and its stream.
        latest.mark_changed();
        Some(Subscription { latest, stop: self.stop.clone(), _place: place })
    }
}

/// One browser that is told.
#[derive(Debug)]
pub(crate) struct Subscription {
    latest: watch::Receiver<Option<Arc<Freshness>>>,
    stop: CancellationToken,
    _place: OwnedSemaphorePermit,
}

impl Subscription {
    /// How it stands, first at once and then whenever that has changed; none when the program stops.
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

async fn listen(db: Db, sender: watch::Sender<Option<Arc<Freshness>>>) -> Infallible {
    let mut was_down = false;
    loop {
        let Err(error) = follow(&db, &sender, &mut was_down).await;
        // Once per loss: the database's absence is logged often enough by those who need it.
        if !was_down {
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                "the connection that listens for ended runs is lost; trying again until there is one"
            );
            // Open pages and their badges: nothing can be told to them until it is back.
            if let Some(freshness) = db.remembered_freshness() {
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
        // Only after listening began, and after every loss: what happened in between is in it.
        let freshness = db.present_freshness().await?;
        if std::mem::take(was_down) {
            tracing::info!("there are news from the database again");
        }
        let run_id = freshness.run_id;
        tell(sender, freshness);
        if kept != Some(run_id) {
            // After it was told: nobody waits for this.
            db.keep_published().await?;
            kept = Some(run_id);
        }
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
        (sender, News { latest, places: Arc::new(Semaphore::new(places)), stop: CancellationToken::new() })
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
    async fn a_late_comer_is_told_how_it_stands_and_then_what_is_new() {
        let (sender, news) = hub(2);
        sender.send_replace(run(1));
        let mut subscription = news.subscribe().expect("a place is free");
        assert_eq!(told(&mut subscription).await, Some(1));
        sender.send_replace(run(2));
        sender.send_replace(run(3));
        assert_eq!(told(&mut subscription).await, Some(3), "only the newest counts");
    }

    #[tokio::test]
    async fn who_comes_before_the_first_reading_waits_for_it() {
        let (sender, news) = hub(1);
        let mut subscription = news.subscribe().expect("a place is free");
        let (told, _) = tokio::join!(told(&mut subscription), async { sender.send_replace(run(7)) });
        assert_eq!(told, Some(7));
    }

    #[tokio::test]
    async fn nobody_is_told_beyond_the_last_place_until_one_is_given_back() {
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
