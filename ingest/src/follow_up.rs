//! Requests single launches by id: those that are no longer listed and whose outcome is unknown (rule 13).

use chrono::{DateTime, Utc};
use domain::{RequestPurpose, StepName};
use uuid::Uuid;

use crate::{
    error::Error,
    fetched::Fetched,
    fetcher::{Answer, Fetcher},
    interruption::Interruption,
    journal::Journal,
    ll2,
    reading::Reading,
    staging::Listing,
};

/// Maximum number of such requests in one run: the next sweep needs its share of the hour's budget.
pub(crate) const MOST: u32 = 6;

/// The result of the follow-up requests.
#[derive(Debug, Default)]
pub(crate) struct FollowUp {
    pub(crate) count: usize,
    pub(crate) observed_at: Option<DateTime<Utc>>,
    /// Why some requests were not made; the remaining ones are due in later runs.
    pub(crate) error: Option<Error>,
}

/// Requests launches that left the list earlier, as a separate run.
pub(crate) async fn fetch(
    fetcher: &Fetcher<'_>,
    journal: &mut Journal,
    reading: &mut Reading,
) -> Result<Fetched, Error> {
    let step = journal.begin(StepName::FollowUp).await?;
    let asked = fetch_missing(fetcher, reading, false).await?;
    let interruption = asked.error.as_ref().map(Interruption::by);
    if asked.count == 0
        && let Some(error) = asked.error
    {
        return Err(error);
    }
    journal.end(step, asked.count as u64, interruption.as_ref().map(Interruption::reason)).await?;
    Ok(Fetched {
        observed_at: match asked.observed_at {
            Some(observed_at) => observed_at,
            None => match fetcher.world_now {
                Some(world_now) => world_now,
                None => fetcher.now().await?,
            },
        },
        is_complete: false,
        announced_count: None,
        pages: asked.count,
        interruption,
        is_resumable: false,
        cursor: None,
    })
}

/// Requests the launches that are due. After an incomplete sweep only those that left earlier: an incomplete list
/// cannot show that a launch is missing.
pub(crate) async fn fetch_missing(
    fetcher: &Fetcher<'_>,
    reading: &mut Reading,
    is_complete: bool,
) -> Result<FollowUp, Error> {
    let listed: Vec<Uuid> = reading.launch_ids().collect();
    let due: Vec<Uuid> = sqlx::query_scalar(include_str!("../sql/due_follow_ups.sql"))
        .bind(&listed)
        .bind(is_complete)
        .bind(i64::from(MOST))
        .fetch_all(fetcher.pool)
        .await
        .map_err(|source| Error::Statement { statement: "due_follow_ups", source })?;
    let mut asked = FollowUp::default();
    let mut has_failed = false;
    for launch_id in due {
        let url = fetcher.client.launch_url(launch_id);
        match fetcher.fetch_page(RequestPurpose::FollowUp, &url, |body| ll2::single(body).map(drop)).await {
            Ok(Answer::Page(landed)) => {
                let record = landed.single(&url)?;
                reading.read(landed.id, &[record], Listing::FollowUp, landed.observed_at);
                asked.observed_at = Some(landed.observed_at);
            }
            Ok(Answer::Gone { observed_at }) => {
                reading.batch.push_gone(launch_id, observed_at);
                asked.observed_at = Some(observed_at);
            }
            Ok(Answer::Deferred(deferral)) => {
                asked.error = Some(deferral.into());
                break;
            }
            // The list itself was good and is worth publishing; the launch is due again in a later run.
            Ok(Answer::Failed(error)) => {
                warn(launch_id, &error);
                // One launch may be at fault, two are LL2: the attempts for all would cost the budget of an hour.
                if has_failed {
                    asked.error = Some(error);
                    break;
                }
                has_failed = true;
                continue;
            }
            Err(error @ (Error::Fetch { .. } | Error::BadAnswer { .. })) => {
                warn(launch_id, &error);
                continue;
            }
            Err(error) => return Err(error),
        }
        asked.count += 1;
    }
    Ok(asked)
}

fn warn(launch_id: Uuid, error: &Error) {
    tracing::warn!(launch.id = %launch_id, error = error.chain(), "could not request a launch that left the list");
}
