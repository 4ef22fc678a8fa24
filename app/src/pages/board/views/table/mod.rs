//! The launches as a table. Only the rows in view are drawn, however many there are.

mod columns;

use domain::{BoardQuery, Launch, Order, Sort, Subject, TableColumn};
use leptos::{ev, html, prelude::*};

use self::columns::{ColumnMenu, columns};
use super::{cards::distance, marked::marked, printed::printed_note};
use crate::{
    components::{MoonStamp, StatusStamp, compare_box},
    erase::Erase as _,
    pages::board::state::{Filters, Rows},
    time::net_time,
};

/// Rows drawn before the height of the screen is known, and without JavaScript, where it never is: all rows of a usual board.
const FIRST: usize = 500;
/// Rows drawn above and below those in view, so that they are there after a key press or a short scroll.
const SPARE: usize = 12;
/// The window moves in steps of this many rows: not every scrolled pixel causes a redraw.
const STEP: usize = 6;
/// Height of a row in pixels until one has been measured; the style sheet has the same value.
const HEIGHT: f64 = 41.0;

/// The drawn rows, and the height of each in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Window {
    first: usize,
    count: usize,
    height: f64,
}

impl Window {
    /// Returns the rows to draw for what is in view. All arguments are in pixels; `top` is measured from the first row.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "pixels of a page, and casts saturate")]
    fn of(top: f64, view: f64, height: f64) -> Self {
        let height = if height >= 1.0 { height } else { HEIGHT };
        let above = (top.max(0.0) / height) as usize;
        let first = above.saturating_sub(SPARE) / STEP * STEP;
        let visible = (view.max(0.0) / height).ceil() as usize + 1;
        Self { first, count: visible + 2 * SPARE + STEP, height }
    }

    /// Returns the half-open range of drawn rows, out of `total`.
    fn range(&self, total: usize) -> (usize, usize) {
        // If the list became shorter and now ends above the window, show its end.
        let first = self.first.min(total.saturating_sub(self.count));
        (first, (first + self.count).min(total))
    }

    #[expect(clippy::cast_precision_loss, reason = "far fewer rows than 2^52")]
    fn pixels(&self, rows: usize) -> String {
        format!("{:.0}", rows as f64 * self.height)
    }
}

/// The launches as a table, sortable by its headers, with the columns that the reader chose. It scrolls within itself, so that the
/// headers stay in view, and sideways if it is wider than the screen.
#[component]
pub(super) fn LaunchTable() -> impl IntoView {
    let filters = expect_context::<Filters>();
    let chosen = Memo::new(move |_| filters.query.with(columns));
    let window = RwSignal::new(Window { first: 0, count: FIRST, height: HEIGHT });
    let total = Memo::new(move |_| filters.rows.with(Rows::count));
    let range = Memo::new(move |_| window.get().range(total.get()));
    let region = NodeRef::<html::Div>::new();
    let look = move || {
        if let Some(region) = region.get_untracked() {
            let row = region.query_selector("tbody tr[aria-rowindex]").ok().flatten();
            let height = row.map_or(HEIGHT, |row| f64::from(row.client_height()));
            let seen = Window::of(f64::from(region.scroll_top()), f64::from(region.client_height()), height);
            if seen != window.get_untracked() {
                window.set(seen);
            }
        }
    };
    #[cfg(feature = "hydrate")]
    super::printed::on_print(move |begins| {
        if begins {
            window.update(|window| (window.first, window.count) = (0, super::printed::MOST_PRINTED));
        } else if let Some(region) = region.get_untracked() {
            region.set_scroll_top(0);
            window.update(|window| (window.first, window.count) = (0, FIRST));
            // By the next frame, the screen layout is restored.
            request_animation_frame(look);
        }
    });
    Effect::new(move || {
        if region.get().is_some() {
            // The height is known after layout.
            request_animation_frame(look);
        }
        let resized = window_event_listener(ev::resize, move |_| look());
        on_cleanup(move || resized.remove());
    });
    // A changed query starts at the top again.
    Effect::new(move |before: Option<()>| {
        filters.query.track();
        if before.is_some()
            && let Some(region) = region.get_untracked()
        {
            region.set_scroll_top(0);
        }
    });
    let shown = Memo::new(move |_| {
        let (first, end) = range.get();
        filters
            .rows
            .with(|rows| rows.keyed_from(first, end.saturating_sub(first)).into_iter().zip(first..).collect::<Vec<_>>())
    });
    let width = Memo::new(move |_| chosen.with(Vec::len) + 1);
    let above = move || window.get().pixels(range.get().0);
    let below = move || window.get().pixels(total.get() - range.get().1.min(total.get()));
    let is_end = Memo::new(move |_| range.get().1 >= total.get());
    view! {
        <div class="row between table-head">
            <p class="sm f">"Shift and a click on a second header sort by both."</p>
            <ColumnMenu/>
        </div>
        <div
            class="panel table-scroll tall"
            role="region"
            aria-label="Launches as a table"
            tabindex="0"
            node_ref=region
            on:scroll=move |_| look()
        >
            <table class="tbl launches" aria-rowcount=move || (total.get() + 1).to_string()>
                <thead>
                    <tr aria-rowindex="1">
                        {head(filters, "Launch", Some(Sort::Name), false).erase()}
                        {move || chosen.with(|chosen| {
                            chosen
                                .iter()
                                .map(|column| head(filters, column.label(), column.sort(), column.is_number()))
                                .collect_view()
                        })}
                    </tr>
                </thead>
                <tbody>
                    <tr class="gap" aria-hidden="true" hidden=move || range.get().0 == 0>
                        <td colspan=width><svg width="1" height=above></svg></td>
                    </tr>
                    {move || {
                        let chosen = chosen.get();
                        view! {
                            <For
                                each=move || shown.get()
                                key=|(keyed, at)| (keyed.key, *at)
                                children=move |(keyed, at)| filters.board.with_value(|board| {
                                    board.launches.get(keyed.position).map(|launch| row(launch, at, &chosen))
                                })
                            />
                        }
                    }}
                    <tr class="gap" aria-hidden="true" hidden=move || is_end.get()>
                        <td colspan=width><svg width="1" height=below></svg></td>
                    </tr>
                </tbody>
            </table>
        </div>
        {printed_note()}
        {(total.get_untracked() > FIRST).then(|| view! {
            <p class="s13 unscripted">
                {format!("Without a script the table shows the first {FIRST}; the CSV above has all {}.", total.get_untracked())}
            </p>
        })}
    }
    .erase()
}

fn head(filters: Filters, label: &'static str, sort: Option<Sort>, is_number: bool) -> impl IntoView {
    // Its position among the sort keys, whether there are others, and the order.
    let state = Memo::new(move |_| {
        filters.query.with(|query| {
            let sorting = query.sorting();
            let at = sorting.iter().position(|(one, _)| Some(*one) == sort)?;
            Some((at, sorting.len() > 1, sorting[at].1))
        })
    });
    // Only one column at a time may have `aria-sort`.
    let aria_sort = move || match state.get()? {
        (0, _, Order::Ascending) => Some("ascending"),
        (0, _, Order::Descending) => Some("descending"),
        _ => None,
    };
    let arrow = move || {
        state.get().map(|(at, is_one_of_several, order)| {
            let arrow = if order == Order::Ascending { "\u{2191}" } else { "\u{2193}" };
            if is_one_of_several { format!("{arrow}{}", at + 1) } else { arrow.to_owned() }
        })
    };
    let also = move || match state.get() {
        Some((at, true, _)) if at > 0 => format!(", sorted by as number {}", at + 1),
        _ => String::new(),
    };
    view! {
        <th scope="col" class:num=is_number aria-sort=aria_sort>
            {match sort {
                Some(sort) => view! {
                    <a
                        href=move || filters.href_with(|query| sort_by(query, sort))
                        data-noscroll=""
                        on:click=move |event| {
                            if event.shift_key() {
                                event.prevent_default();
                                event.stop_propagation();
                                filters.ask(|query| sort_also_by(query, sort));
                            }
                        }
                    >
                        {label}
                        <span aria-hidden="true">{arrow}</span>
                        <span class="sr">{also}</span>
                    </a>
                }.erase(),
                None => label.erase(),
            }}
        </th>
    }
}

/// Sorts ascending on the first press and reverses the order on the next; drops the other sort keys.
fn sort_by(query: &mut BoardQuery, sort: Sort) {
    query.order =
        if query.sort == sort && query.order == Order::Ascending { Order::Descending } else { Order::Ascending };
    query.sort = sort;
    query.then.clear();
}

/// Adds this sort key as a tie-breaker; pressed again, reverses its order.
fn sort_also_by(query: &mut BoardQuery, sort: Sort) {
    if query.sort == sort {
        query.order = query.order.reversed();
    } else if let Some((_, order)) = query.then.iter_mut().find(|(one, _)| *one == sort) {
        *order = order.reversed();
    } else if query.then.len() < MOST_TIES {
        query.then.push((sort, Order::Ascending));
    }
}

/// Maximum number of tie-breakers in a URL, in addition to the main sort key.
const MOST_TIES: usize = 3;

fn row(launch: &Launch, at: usize, columns: &[TableColumn]) -> impl IntoView + use<> {
    let cells = columns.iter().map(|column| {
        view! { <td class:num=column.is_number()>{cell(*column, launch)}</td> }
    });
    let (title, name) = (launch.title().to_owned(), launch.title().to_owned());
    view! {
        <tr aria-rowindex=(at + 2).to_string()>
            <th scope="row" title=title>{compare_box(launch.id, name.clone())} <a href=format!("/launches/{}", launch.id)>{marked(name)}</a></th>
            {cells.collect_view()}
        </tr>
    }
}

fn cell(column: TableColumn, launch: &Launch) -> AnyView {
    let text = |text: &str| marked(text.to_owned()).erase();
    let link = |subject: Subject, id: i32, name: &str| {
        view! { <a class="quiet-link" href=subject.address(id)>{marked(name.to_owned())}</a> }.erase()
    };
    let maybe = |text: Option<String>| match text {
        Some(text) => marked(text).erase(),
        None => view! { <span class="f">"not given"</span> }.erase(),
    };
    match column {
        TableColumn::Provider => link(Subject::Provider, launch.provider.id, &launch.provider.name),
        TableColumn::Rocket => link(Subject::Rocket, launch.rocket.id, &launch.rocket.name),
        TableColumn::Family => maybe(launch.rocket.family.clone()),
        TableColumn::Net => net_time(launch).erase(),
        TableColumn::Precision => launch.granularity().describe().erase(),
        TableColumn::Window => {
            let window = launch.window();
            maybe(window.map(|(start, end)| format!("{} to {}", start.format("%H:%M"), end.format("%H:%M"))))
        }
        TableColumn::Status => view! { <StatusStamp status=launch.status.clone()/> }.erase(),
        TableColumn::Moon => view! { <MoonStamp tier=launch.moon.tier/> }.erase(),
        TableColumn::DeltaV => match launch.moon.delta_v_left_km_s {
            Some(_) => distance(launch).replace(" km/s left", "").erase(),
            None => view! { <span class="f">"not known"</span> }.erase(),
        },
        TableColumn::Orbit => maybe(launch.orbit.as_ref().map(|orbit| orbit.name.clone())),
        TableColumn::MissionType => maybe(launch.mission.as_ref().and_then(|mission| mission.kind.clone())),
        TableColumn::Program => {
            let names: Vec<_> = launch.programs.iter().map(|program| program.name.as_str()).collect();
            maybe((!names.is_empty()).then(|| names.join(", ")))
        }
        TableColumn::Location => text(&launch.location.name),
        TableColumn::Pad => link(Subject::Pad, launch.pad.id, &launch.pad.name),
        TableColumn::Country => maybe(launch.location.country_code.clone()),
        TableColumn::Crewed => match launch.crewed {
            Some(true) => "crewed".erase(),
            Some(false) => "no crew".erase(),
            None => view! { <span class="f">"not known"</span> }.erase(),
        },
        TableColumn::Weather => maybe(launch.probability.map(|percent| percent.to_string())),
        TableColumn::Slips => launch.slip_count.to_string().erase(),
        TableColumn::Updated => launch.last_updated.format("%-d %b %Y, %H:%M").to_string().erase(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_sorts_ascending_first_and_then_reverses() {
        let mut query = BoardQuery::default();
        sort_by(&mut query, Sort::Provider);
        assert_eq!((query.sort, query.order), (Sort::Provider, Order::Ascending));
        sort_by(&mut query, Sort::Provider);
        assert_eq!((query.sort, query.order), (Sort::Provider, Order::Descending));
        sort_by(&mut query, Sort::Name);
        assert_eq!((query.sort, query.order), (Sort::Name, Order::Ascending));
    }

    #[test]
    fn a_second_header_breaks_ties_and_reverses_independently() {
        let mut query = BoardQuery::default();
        sort_by(&mut query, Sort::Provider);
        sort_also_by(&mut query, Sort::Name);
        sort_also_by(&mut query, Sort::Name);
        assert_eq!(query.to_query_string(), "sort=provider,name&order=asc,desc");
        sort_also_by(&mut query, Sort::Provider);
        assert_eq!(query.to_query_string(), "sort=provider,name&order=desc,desc");
        for sort in [Sort::Moon, Sort::Orbit, Sort::Pad] {
            sort_also_by(&mut query, sort);
        }
        assert_eq!(query.then.len(), MOST_TIES);
        assert!(BoardQuery::parse(&query.to_query_string()).is_ok());
        sort_by(&mut query, Sort::Name);
        assert_eq!(query.to_query_string(), "sort=name");
    }

    #[test]
    fn the_visible_rows_are_drawn_at_every_scroll_position() {
        for (top, total) in [(0.0, 3), (0.0, 7_600), (4_100.0, 7_600), (311_600.0, 7_600), (9e9, 7_600), (500.0, 0)] {
            let (first, end) = Window::of(top, 700.0, 41.0).range(total);
            assert!(first <= end && end <= total, "{top} of {total}: {first} to {end}");
            assert!(end - first <= 60, "{top} of {total}: {} rows", end - first);
        }
        let (first, end) = Window::of(4_100.0, 700.0, 41.0).range(7_600);
        assert!(first <= 100 - SPARE && end >= 118 + SPARE, "{first} to {end}");
        assert_eq!(Window::of(10.0, 700.0, 0.0).height.to_string(), HEIGHT.to_string(), "nothing measured yet");
    }
}
