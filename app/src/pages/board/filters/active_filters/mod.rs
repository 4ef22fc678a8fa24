mod export_menu;
mod saved;

use domain::{BoardQuery, Facet, Order, Sort, StatusKind, View};
use leptos::prelude::*;

use self::{export_menu::ExportMenu, saved::SavedViews};
use crate::{
    components::{Icon, status_word},
    erase::Erase as _,
    pages::board::state::{Catalog, Filters, Rows},
};

/// The number of results, the active filters (each with a remove button), the sort order, and the exports of the same rows.
#[component]
pub(super) fn ActiveFilters() -> impl IntoView {
    let filters = expect_context::<Filters>();
    let whole = Memo::new(move |_| {
        let kind = if filters.query.with(|query| query.past) { "upcoming and past" } else { "upcoming" };
        format!(" of {} {kind}", filters.rows.with(|rows| rows.all().len()))
    });
    let count = Memo::new(move |_| filters.rows.with(Rows::count));
    let is_filtered = Memo::new(move |_| filters.query.with(BoardQuery::is_filtered));
    view! {
        <div class="res">
            <p class="count-line">
                <b>{move || launches(count.get())}</b>
                {move || is_filtered.get().then(|| view! { <span class="m">{whole}</span> })}
            </p>
            <Announcement/>
            {move || filters.query.with(|query| filters.catalog.with(|catalog| chips(catalog, query)))}
            {move || is_filtered.get().then(|| view! {
                <a class="s13 clear" href=move || filters.query.get().cleared().address() data-noscroll="">"Clear all"</a>
            })}
            <span class="grow"></span>
            <Ordering/>
            <SavedViews/>
            <ExportMenu/>
        </div>
    }
    .erase()
}

fn launches(count: usize) -> String {
    match count {
        0 => "No launches".to_owned(),
        1 => "1 launch".to_owned(),
        count => format!("{count} launches"),
    }
}

/// Announces the result count after 400 ms without a change, instead of one number per typed letter.
#[component]
fn Announcement() -> impl IntoView {
    let filters = expect_context::<Filters>();
    let said = RwSignal::new(String::new());
    Effect::new(move |before: Option<usize>| {
        let count = filters.rows.with(Rows::count);
        if before.is_some_and(|before| before != count)
            && let Ok(timer) =
                set_timeout_with_handle(move || said.set(launches(count)), std::time::Duration::from_millis(400))
        {
            on_cleanup(move || timer.clear());
        }
        count
    });
    view! { <p class="sr" role="status">{said}</p> }
}

/// One chip per active filter. It links to the same query without that filter.
fn chips(catalog: &Catalog, query: &BoardQuery) -> impl IntoView + use<> {
    filters_in_force(catalog, query)
        .into_iter()
        .map(|(text, href)| {
            view! {
                <a class="chip applied" href=href data-noscroll="">
                    <span class="sr">"Remove filter "</span>
                    <span class="trunc">{text}</span>
                    <Icon name="i-x" class="icon small"/>
                </a>
            }
        })
        .collect_view()
}

/// Returns each active filter in words, with the URL of the same query without it.
pub(crate) fn filters_in_force(catalog: &Catalog, query: &BoardQuery) -> Vec<(String, String)> {
    let mut filters = Vec::new();
    let mut filter = |text: String, change: &dyn Fn(&mut BoardQuery)| {
        let mut without = query.clone();
        change(&mut without);
        filters.push((text, without.address()));
    };
    if !query.q.is_empty() {
        filter(format!("\"{}\"", query.q), &|query| query.q.clear());
    }
    for facet in Facet::ALL {
        let selected = facet.selected(query);
        if selected.is_empty() {
            continue;
        }
        let names: Vec<_> = selected.iter().map(|key| name_of(catalog, facet, key)).collect();
        filter(format!("{}: {}", facet.label(), or(&names)), &|query| facet.clear(query));
    }
    if let Some(from) = query.from {
        filter(format!("From {}", from.format("%-d %b %Y")), &|query| query.from = None);
    }
    if let Some(to) = query.to {
        filter(format!("To {}", to.format("%-d %b %Y")), &|query| query.to = None);
    }
    filters
}

/// Returns the name of a selected key. A key that no launch has any more is returned unchanged.
fn name_of(catalog: &Catalog, facet: Facet, key: &str) -> String {
    let status = match facet {
        Facet::Status => StatusKind::from_slug(key).and_then(status_word),
        _ => None,
    };
    let moon = || domain::MoonTier::from_slug(key).filter(|_| facet == Facet::Moon);
    let name = status.or_else(|| moon().map(domain::MoonTier::label)).or_else(|| catalog.label(facet, key));
    name.unwrap_or(key).to_owned()
}

/// "A", "A or B", "A, B or 3 more".
fn or(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [one, other] => format!("{one} or {other}"),
        [one, other, rest @ ..] => format!("{one}, {other} or {} more", rest.len()),
    }
}

/// The sort order of the list, which the table headers set too. The second sort key breaks ties of the first.
#[component]
fn Ordering() -> impl IntoView {
    let filters = expect_context::<Filters>();
    let sort = Memo::new(move |_| filters.query.with(|query| query.sort));
    let order = Memo::new(move |_| filters.query.with(|query| query.order));
    let then = Memo::new(move |_| filters.query.with(|query| query.then.first().map(|(sort, _)| *sort)));
    // The second sort key is offered in the table: elsewhere ties of a date are rare enough.
    let is_table = Memo::new(move |_| filters.query.with(|query| query.view == View::Table));
    let options = Sort::ALL.map(|one| {
        view! { <option value=one.slug() selected=move || sort.get() == one>{name(one)}</option> }
    });
    let choose = move |slug: String| {
        if let Ok(sort) = slug.parse() {
            filters.ask(|query| {
                query.sort = sort;
                query.then.retain(|(one, _)| *one != sort);
            });
        }
    };
    let choose_then = move |slug: String| {
        let chosen = slug.parse().ok();
        filters.ask(|query| {
            query.then =
                chosen.into_iter().filter(|one| *one != query.sort).map(|one| (one, Order::Ascending)).collect();
        });
    };
    let reversed = move |query: &mut BoardQuery| query.order = query.order.reversed();
    view! {
        <span class="ordering">
            <label>
                <span class="sr">"Sort by"</span>
                <select on:change=move |event| choose(event_target_value(&event))>{options}</select>
            </label>
            <a
                class="btn quiet"
                href=move || filters.href_with(reversed)
                data-noscroll=""
                aria-label="Reverse the order"
            >
                {move || if order.get() == Order::Ascending { "\u{2191}" } else { "\u{2193}" }}
            </a>
            {move || (is_table.get() || then.get().is_some()).then(|| view! {
                <label>
                    <span class="sr">"Then by"</span>
                    <select on:change=move |event| choose_then(event_target_value(&event))>
                        <option value="" selected=move || then.get().is_none()>"then by date"</option>
                        {Sort::ALL.map(|one| view! {
                            <option
                                value=one.slug()
                                selected=move || then.get() == Some(one)
                                hidden=move || sort.get() == one
                            >
                                {format!("then: {}", name(one))}
                            </option>
                        })}
                    </select>
                </label>
            })}
        </span>
    }
    .erase()
}

fn name(sort: Sort) -> &'static str {
    match sort {
        Sort::Net => "Earliest date",
        Sort::Name => "Name",
        Sort::Status => "Status",
        Sort::Provider => "Provider",
        Sort::Rocket => "Rocket",
        Sort::Family => "Rocket family",
        Sort::Location => "Location",
        Sort::Pad => "Pad",
        Sort::Country => "Country",
        Sort::Orbit => "Orbit",
        Sort::MissionType => "Mission type",
        Sort::Precision => "Precision",
        Sort::Moon => "Moon tier",
        Sort::Updated => "Last updated",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_are_joined_with_commas_and_or() {
        let names = |count: usize| (0..count).map(|at| format!("n{at}")).collect::<Vec<_>>();
        assert_eq!(or(&names(1)), "n0");
        assert_eq!(or(&names(2)), "n0 or n1");
        assert_eq!(or(&names(5)), "n0, n1 or 3 more");
    }
}
