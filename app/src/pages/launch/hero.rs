use chrono::{DateTime, TimeDelta, Utc};
use domain::{Launch, LaunchDetail, Program, Subject, media_path};
use leptos::prelude::*;

use super::{
    actions::Actions,
    countdown::countdown,
    detail::Detail,
    window::{length, window_strip},
};
use crate::{
    components::{
        MoonStamp, StatusStamp, date_strip,
        fact::{fact, fact_view, measure},
    },
    erase::Erase as _,
    time::{Zone, instant_time, net_time, offset_at, use_zone, zone_suffix},
};

/// What flies, when, and how certain the date is: the main answer of the page.
#[component]
pub(super) fn Hero(detail: Detail) -> impl IntoView {
    let shared = detail;
    detail.with_value(|detail| {
        let launch = &detail.launch;
        view! {
            <section class="panel launch-head" aria-labelledby="launch">
                <div class="lh-words">
                    <div class="row wrapf lh-stamps">
                        <StatusStamp status=launch.status.clone()/>
                        <MoonStamp tier=launch.moon.tier/>
                        {crewed(launch)}
                        {launch.webcast_live.then(|| view! { <span class="status go">"Webcast is live"</span> })}
                    </div>
                    <h1 id="launch">{launch.title().to_owned()}</h1>
                    <p class="lh-ride m">
                        <a href=Subject::Rocket.address(launch.rocket.id)>{launch.rocket.name.clone()}</a>
                        " · "
                        <a href=Subject::Provider.address(launch.provider.id)>{launch.provider.name.clone()}</a>
                        " · "
                        <a href=Subject::Pad.address(launch.pad.id)>{launch.pad.name.clone()}</a>
                        {format!(", {}", launch.location.name)}
                    </p>
                    {countdown(launch)}
                    {match window_strip(launch) {
                        Some(strip) => strip.erase(),
                        None => date_strip(launch).erase(),
                    }}
                    <p class="lh-date">
                        <span class="f">"Listed for "</span>
                        <b>{net_time(launch)}</b>
                        {pad_time(launch)}
                    </p>
                    <Actions detail=shared/>
                </div>
                {silhouette(launch)}
                <div class="lh-facts">
                    {picture(launch)}
                    <h2 class="cap">"Data from LL2"</h2>
                    {facts(detail)}
                </div>
            </section>
        }
    })
}

fn crewed(launch: &Launch) -> Option<impl IntoView + use<>> {
    let crewed = launch.crewed?;
    crewed.then(|| view! { <span class="s13 m">"Crewed"</span> })
}

/// The same instant in the time zone of the pad, unless that is the one shown already.
fn pad_time(launch: &Launch) -> Option<impl IntoView + use<>> {
    let timezone = launch.location.timezone.clone()?;
    let (net, ticks) = (launch.net, launch.granularity().ticks());
    let zone = use_zone();
    // Only the browser knows the rules of the pad's time zone: nothing is shown before hydration.
    let hydrated = RwSignal::new(false);
    Effect::new(move || hydrated.set(true));
    ticks.then(|| {
        let text = move || {
            if !hydrated.get() || zone.get() == Zone::Pad {
                return String::new();
            }
            let offset = offset_at(Zone::Pad, Some(&timezone), net);
            format!(" · {} at the pad ({})", net.with_timezone(&offset).format("%H:%M"), zone_suffix(Zone::Pad, offset))
        };
        view! { <span class="m">{text}</span> }
    })
}

fn picture(launch: &Launch) -> Option<impl IntoView + use<>> {
    let image = launch.image.as_deref()?;
    let credit = launch.image_credit.clone();
    Some(view! {
        <figure class="lh-picture">
            <img src=media_path(image) alt="" width="350" height="197" loading="lazy"/>
            {credit.map(|credit| view! { <figcaption class="sm f">{format!("Picture: {credit}")}</figcaption> })}
        </figure>
    })
}

fn facts(detail: &LaunchDetail) -> impl IntoView + use<> {
    let launch = &detail.launch;
    let kind = launch.status_kind();
    let timezone = launch.location.timezone.as_deref();
    view! {
        <dl class="pairs">
            {fact("Date known", Some(launch.granularity().describe().to_owned()))}
            {fact_view("Window", window(launch))}
            {fact("Status", Some(kind.meaning().map_or_else(|| launch.status.name.clone(), ToOwned::to_owned)))}
            {launch.fail_reason.clone().map(|reason| fact("Reason of failure", Some(reason)))}
            {fact("Weather go", launch.probability.map(|probability| format!("{probability}%")))}
            {fact("Weather concern", launch.weather_concerns.clone())}
            {fact("Orbit", launch.orbit.as_ref().map(|orbit| orbit.name.clone()))}
            {fact_view("Programs", programs(&launch.programs))}
            {fact("Slips seen", Some(slips(launch.slip_count)))}
            {fact_view("LL2's last edit", instant_time(launch.last_updated, timezone).erase())}
            {fact_view("First seen", instant_time(detail.first_seen_at, timezone).erase())}
        </dl>
    }
}

/// The launch window in the chosen time zone; for a vague date, a note instead.
fn window(launch: &Launch) -> AnyView {
    let bounds = launch.window_start.zip(launch.window_end).filter(|(start, end)| start <= end);
    let Some((start, end)) = bounds.filter(|_| launch.granularity().ticks()) else {
        let vague = if launch.granularity().ticks() { "not given" } else { "none while the date is vague" };
        return vague.erase();
    };
    let timezone = launch.location.timezone.clone();
    let zone = use_zone();
    let text = move || {
        let local = |at: DateTime<Utc>| at.with_timezone(&offset_at(zone.get(), timezone.as_deref(), at));
        let (from, to) = (local(start), local(end));
        let suffix = zone_suffix(zone.get(), *from.offset());
        if end - start < TimeDelta::minutes(1) {
            return format!("instantaneous, {} {suffix}", from.format("%H:%M"));
        }
        let format = if from.date_naive() == to.date_naive() { "%H:%M" } else { "%-d %b, %H:%M" };
        format!("{} to {} {suffix}, {}", from.format(format), to.format(format), length(end - start))
    };
    text.erase()
}

/// The programs of the launch, each with a link to its launches on the board.
fn programs(programs: &[Program]) -> AnyView {
    if programs.is_empty() {
        return view! { <span class="f">"none"</span> }.erase();
    }
    let link = |(at, program): (usize, &Program)| {
        view! {
            {(at > 0).then_some(", ")}
            <a href=format!("/?program={}", program.id)>{program.name.clone()}</a>
        }
    };
    programs.iter().enumerate().map(link).collect_view().erase()
}

fn slips(count: i32) -> String {
    match count {
        0 => "none observed".to_owned(),
        1 => "1 observed".to_owned(),
        count => format!("{count} observed"),
    }
}

/// The rocket, drawn to scale by its length, if LL2 gives one.
fn silhouette(launch: &Launch) -> Option<impl IntoView + use<>> {
    /// Pixels per metre: the tallest rocket ever built stays under 300 px.
    const SCALE: f64 = 2.3;
    let metres = launch.rocket.length_m.filter(|metres| (1.0..=200.0).contains(metres))?;
    let height = metres * SCALE;
    let half = (height * 0.036).max(2.0);
    let (shoulder, nose) = (half * 4.0, half * 1.2);
    let width = half * 2.0;
    let path = format!(
        "M0 {height:.1}V{shoulder:.1}Q0 {nose:.1} {half:.1} 0Q{width:.1} {nose:.1} {width:.1} {shoulder:.1}V{height:.1}Z"
    );
    let class = format!(
        "lh-rocket tone-{}",
        if launch.moon.tier.is_moon_bound() { crate::components::moon_class(launch.moon.tier) } else { "other" }
    );
    Some(view! {
        <div class=class>
            <svg width=format!("{width:.1}") height=format!("{height:.1}") viewBox=format!("0 0 {width:.1} {height:.1}") aria-hidden="true">
                <path d=path fill="currentColor"></path>
            </svg>
            <p class="cap">{measure(metres, "m")}</p>
        </div>
    })
}
