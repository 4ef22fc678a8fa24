use leptos::{prelude::*, server_fn::codec::GetUrl};

use super::wire::ProfileView;
use crate::{AppError, wire::Json};

/// Number of past launches per page.
#[cfg(feature = "ssr")]
const PAGE: i64 = 20;

/// Returns a provider, a rocket or a pad with one page of its past launches. `subject` is the first part of its URL path.
#[server(ReadProfile, endpoint = "profile", input = GetUrl, output = Json)]
pub(super) async fn profile(subject: String, id: i32, page: String) -> Result<ProfileView, AppError> {
    use domain::{About, Isolate as _, QueryError, Subject};

    let db = expect_context::<warehouse::Db>();
    let subject = Subject::from_slug(&subject).ok_or(AppError::NotFound)?;
    // An empty value means no choice: HTML forms send it so.
    let page = if page.is_empty() { Some(1) } else { page.parse::<i64>().ok() };
    let page = page.filter(|page| (1..=100_000).contains(page)).ok_or_else(|| {
        AppError::BadRequest(QueryError { key: "page".to_owned(), reason: "not the number of a page".to_owned() })
    })?;
    let profile = db.profile(subject, id, PAGE, (page - 1) * PAGE).await?.ok_or(AppError::NotFound)?.isolated();
    let (freshness, now) = (db.freshness().await?, db.now().await?);
    let behind = profile.held.past();
    let pages = ((behind + PAGE - 1) / PAGE).max(1);
    if page > pages {
        return Err(AppError::NotFound);
    }
    let place = match &profile.about {
        About::Pad { pad, location, .. } => Some((pad.clone(), location.clone())),
        About::Provider(_) | About::Rocket(_) => None,
    };
    Ok(ProfileView {
        id,
        name: profile.about.name().to_owned(),
        panels: super::draw::panels(&profile),
        place,
        ahead: profile.held.ahead,
        upcoming: profile.upcoming,
        past: profile.past,
        behind,
        page,
        pages,
        freshness,
        now,
    })
}
