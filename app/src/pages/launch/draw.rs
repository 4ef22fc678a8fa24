//! The parts of the page that depend on neither clock nor time zone, as HTML. Compiled only for the server.

use chrono::NaiveDate;
use domain::{LaunchDetail, Payload, ProgramRecord};
use leptos::prelude::*;

use crate::{
    components::{
        fact::{date, grouped, measure, outward},
        record::description,
    },
    drawn::{Panel, html},
};

/// The programs and payloads of the launch; an empty panel if LL2 has neither.
pub(super) fn carried(detail: &LaunchDetail) -> Panel {
    let LaunchDetail { programs, payloads, .. } = detail;
    if programs.is_empty() && payloads.is_empty() {
        return Panel::default();
    }
    // Side by side; if there is only one, it has the whole width.
    let (left, right) =
        if payloads.is_empty() || programs.is_empty() { ("span-12", "span-12") } else { ("span-5", "span-7") };
    let view = view! {
        {(!programs.is_empty()).then(|| self::programs(programs, left))}
        {(!payloads.is_empty()).then(|| self::payloads(payloads, right))}
    };
    Panel::new(html(view))
}

fn programs(programs: &[ProgramRecord], width: &'static str) -> impl IntoView + use<> {
    let title = match programs {
        [one] => format!("Part of {}", one.name),
        more => format!("Part of {} programs", more.len()),
    };
    let is_named = programs.len() == 1;
    let items = programs.iter().map(|program| {
        let board = format!("/?program={}", program.id);
        let count = match program.upcoming_count {
            0 => None,
            1 => Some("Its one upcoming launch on the board".to_owned()),
            count => Some(format!("Its {count} upcoming launches on the board")),
        };
        let parts: Vec<_> =
            [program.kind.clone(), years(program.start_date, program.end_date)].into_iter().flatten().collect();
        view! {
            <li>
                {(!is_named).then(|| view! { <h3>{program.name.clone()}</h3> })}
                <p class="unit">{parts.join(" · ")}</p>
                {description(program.description.clone())}
                <p class="row wrapf s13 lp-ways">
                    {count.map(|count| view! { <a href=board.clone()>{count}</a> })}
                    <a href=format!("{board}&past=true")>"Including past launches"</a>
                    {ways(program.info_url.as_ref(), program.wiki_url.as_ref())}
                </p>
            </li>
        }
    });
    view! {
        <section class=format!("panel pad {width}") aria-labelledby="programs">
            <h2 id="programs">{title}</h2>
            <ul class="lp-programs">{items.collect_view()}</ul>
        </section>
    }
}

fn payloads(payloads: &[Payload], width: &'static str) -> impl IntoView + use<> {
    let count: i64 = payloads.iter().map(|payload| i64::from(payload.amount.unwrap_or(1))).sum();
    let title = match (payloads, count) {
        ([one], 1) => format!("It carries {}", one.name),
        _ => format!("It carries {} payloads", grouped(&count.to_string())),
    };
    let items = payloads.iter().map(|payload| {
        let amount = payload.amount.filter(|amount| *amount > 1).map(|amount| format!("{amount} of them"));
        let mass = payload
            .mass_kg
            .map(|mass| format!("{}{}", measure(mass, "kg"), if amount.is_some() { " each" } else { "" }));
        let (maker, operator) = (payload.manufacturer.clone(), payload.operator.clone());
        let people = if maker == operator {
            vec![maker.map(|maker| format!("built and operated by {maker}"))]
        } else {
            vec![
                maker.map(|maker| format!("built by {maker}")),
                operator.map(|operator| format!("operated by {operator}")),
            ]
        };
        let destination = payload.destination.clone().map(|destination| format!("to: {destination}"));
        let parts = [payload.kind.clone(), amount, mass, destination].into_iter().chain(people);
        view! {
            <li>
                <h3>{payload.name.clone()}</h3>
                <p class="unit">{parts.flatten().collect::<Vec<_>>().join(" · ")}</p>
                {description(payload.description.clone())}
                <p class="row wrapf s13 lp-ways">{ways(payload.info_url.as_ref(), payload.wiki_url.as_ref())}</p>
            </li>
        }
    });
    view! {
        <section class=format!("panel pad {width}") aria-labelledby="payloads">
            <h2 id="payloads">{title}</h2>
            <p class="unit">"As listed by LL2, which lists no payloads for most launches."</p>
            <ul class="lp-programs">{items.collect_view()}</ul>
        </section>
    }
}

fn ways(info: Option<&String>, wiki: Option<&String>) -> impl IntoView + use<> {
    [(info, "Website"), (wiki, "Encyclopaedia")]
        .into_iter()
        .filter_map(|(url, words)| Some(view! { <span>{outward(url?.clone(), words.to_owned())}</span> }))
        .collect_view()
}

/// "since 2017", "1961 to 1972".
fn years(start: Option<NaiveDate>, end: Option<NaiveDate>) -> Option<String> {
    Some(match (start, end) {
        (Some(start), Some(end)) => format!("{} to {}", date(start), date(end)),
        (Some(start), None) => format!("since {}", date(start)),
        (None, Some(end)) => format!("until {}", date(end)),
        (None, None) => return None,
    })
}
