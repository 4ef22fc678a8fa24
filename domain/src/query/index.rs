//! The launches as columns: the values that queries need, extracted once. A filter then checks one small number per
//! launch, whatever it filters by. The counts next to all options are computed from the bits that the filters set.

use std::{collections::HashMap, sync::OnceLock};

use super::{
    BoardQuery, Facet, Order, Sort, Words,
    facet::Value,
    mask::{DATES, Mask, WORDS},
    text::Texts,
};
use crate::Launch;

/// Launches, prepared for queries. The index does not own the launches; they are passed in with each query.
#[derive(Debug)]
pub struct Index {
    spans: Vec<(i64, i64)>,
    columns: [OnceLock<Column>; Facet::ALL.len()],
    texts: OnceLock<Texts>,
    ranks: [OnceLock<Vec<u32>>; Sort::ALL.len()],
}

/// A value that at least one launch has under a facet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The value for the query string.
    pub key: String,
    pub label: String,
    /// Index of a launch that has it.
    pub example: usize,
}

/// An option of a filter, with the number of launches that it would show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetOption {
    /// The value for the query string.
    pub key: String,
    pub label: String,
    /// Launches that have this value and match all the other filters.
    pub count: usize,
    pub selected: bool,
}

/// The values of every launch under a facet, as indexes of choices.
#[derive(Debug)]
struct Column {
    choices: Vec<Choice>,
    /// One per launch.
    codes: Vec<u32>,
    /// Launch and choice, for the second and further values of a launch.
    more: Vec<(u32, u32)>,
}

/// The result of a query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// The launches that pass, in the requested order.
    pub positions: Vec<usize>,
    /// For each queried launch, the filters that it does not pass.
    masks: Vec<Mask>,
}

impl Index {
    pub fn new(launches: &[Launch]) -> Self {
        let span = |launch: &Launch| {
            let span = launch.span();
            (span.start.timestamp(), span.end.timestamp() + i64::from(span.end.timestamp_subsec_nanos() > 0))
        };
        Self {
            spans: launches.iter().map(span).collect(),
            columns: Default::default(),
            texts: OnceLock::new(),
            ranks: Default::default(),
        }
    }

    /// Returns which of the first `count` launches pass, in the query's order. `launches` must be those that the index
    /// was built from.
    pub fn ask(&self, launches: &[Launch], count: usize, query: &BoardQuery) -> Answer {
        let mut masks = vec![0; count.min(self.spans.len())];
        for facet in Facet::ALL {
            if facet.selected_count(query) > 0 {
                self.column(launches, facet).mark_misses(facet, query, &mut masks);
            }
        }
        if query.from.is_some() || query.to.is_some() {
            let (from, to) = query.instants();
            let (from, to) = (from.timestamp(), to.timestamp());
            for (mask, (start, end)) in masks.iter_mut().zip(&self.spans) {
                if !(*start < to && from < *end) {
                    *mask |= DATES;
                }
            }
        }
        let words = Words::of(&query.q);
        if !words.is_empty() {
            self.texts.get_or_init(|| Texts::of(launches)).mark_misses(&words, &mut masks, WORDS);
        }
        Answer { positions: self.order(launches, &masks, query), masks }
    }

    /// Returns every value that at least one launch has, most frequent first.
    pub fn choices(&self, launches: &[Launch], facet: Facet) -> &[Choice] {
        &self.column(launches, facet).choices
    }

    /// Returns how many launches each choice would show under the *other* filters, in the order of [`Index::choices`].
    pub fn counts(&self, launches: &[Launch], answer: &Answer, facet: Facet) -> Vec<usize> {
        let column = self.column(launches, facet);
        let but_this = !facet.bit();
        let mut counts = vec![0; column.choices.len()];
        for (mask, code) in answer.masks.iter().zip(&column.codes) {
            counts[*code as usize] += usize::from(mask & but_this == 0);
        }
        for (row, code) in &column.more {
            if let Some(mask) = answer.masks.get(*row as usize) {
                counts[*code as usize] += usize::from(mask & but_this == 0);
            }
        }
        counts
    }

    /// Returns the choices of a facet with their counts under the *other* filters, most frequent first.
    pub fn options(&self, launches: &[Launch], answer: &Answer, query: &BoardQuery, facet: Facet) -> Vec<FacetOption> {
        let selected = facet.selected(query);
        let counts = self.counts(launches, answer, facet);
        let mut options: Vec<_> = self
            .choices(launches, facet)
            .iter()
            .zip(counts)
            .map(|(choice, count)| FacetOption {
                selected: selected.contains(&choice.key),
                key: choice.key.clone(),
                label: choice.label.clone(),
                count,
            })
            .collect();
        crate::sort::sort_by(&mut options, |left, right| {
            right.count.cmp(&left.count).then_with(|| left.label.cmp(&right.label))
        });
        options
    }

    fn column(&self, launches: &[Launch], facet: Facet) -> &Column {
        self.columns[facet as usize].get_or_init(|| Column::of(launches, facet))
    }

    /// Returns the rows without any bit set, sorted. A rank is the position of a launch in the whole list, so that only
    /// numbers are compared here.
    fn order(&self, launches: &[Launch], masks: &[Mask], query: &BoardQuery) -> Vec<usize> {
        let sorting = query.sorting();
        let ranks: Vec<(&[u32], Order)> =
            sorting.iter().map(|(sort, order)| (self.ranks(launches, *sort), *order)).collect();
        let last = sorting.last().map_or(Order::Ascending, |(_, order)| *order);
        let net = self.ranks(launches, Sort::Net);
        let place = |ranks: &[u32], order: Order, at: usize| match order {
            Order::Ascending => ranks[at],
            Order::Descending => u32::MAX - ranks[at],
        };
        let passing = masks.iter().enumerate().filter(|(_, mask)| **mask == 0).map(|(at, _)| at);
        match ranks.as_slice() {
            [(main, order)] => {
                let mut keyed: Vec<(u64, usize)> = passing
                    .map(|at| ((u64::from(place(main, *order, at)) << 32) | u64::from(place(net, last, at)), at))
                    .collect();
                keyed.sort_unstable();
                keyed.into_iter().map(|(_, at)| at).collect()
            }
            several => {
                let mut positions: Vec<usize> = passing.collect();
                positions.sort_unstable_by(|left, right| {
                    let all = several.iter().copied().chain([(net, last)]);
                    let mut compared =
                        all.map(|(ranks, order)| place(ranks, order, *left).cmp(&place(ranks, order, *right)));
                    compared.find(|one| one.is_ne()).unwrap_or(std::cmp::Ordering::Equal)
                });
                positions
            }
        }
    }

    fn ranks(&self, launches: &[Launch], sort: Sort) -> &[u32] {
        self.ranks[sort as usize].get_or_init(|| sort.ranks(launches))
    }
}

impl Answer {
    /// Returns how many launches fail only this facet: they would be shown without it.
    pub fn lost_to(&self, facet: Facet) -> usize {
        self.bearing(facet.bit())
    }

    /// Returns how many launches fail only the search.
    pub fn lost_to_words(&self) -> usize {
        self.bearing(WORDS)
    }

    /// Returns how many launches fail only the dates.
    pub fn lost_to_dates(&self) -> usize {
        self.bearing(DATES)
    }

    /// Returns the launches that pass every filter except the dates, in list order.
    pub fn but_dates(&self) -> impl Iterator<Item = usize> {
        self.but_mark(DATES)
    }

    /// Returns the launches that pass every filter except this one, in list order.
    pub fn but(&self, facet: Facet) -> impl Iterator<Item = usize> {
        self.but_mark(facet.bit())
    }

    fn but_mark(&self, mark: Mask) -> impl Iterator<Item = usize> {
        self.masks.iter().enumerate().filter(move |(_, mask)| **mask & !mark == 0).map(|(at, _)| at)
    }

    fn bearing(&self, mark: Mask) -> usize {
        self.masks.iter().filter(|mask| **mask == mark).count()
    }
}

impl Column {
    fn of(launches: &[Launch], facet: Facet) -> Self {
        let mut known: HashMap<Value<'_>, u32> = HashMap::new();
        let mut choices: Vec<(Choice, usize)> = Vec::new();
        let mut codes = Vec::with_capacity(launches.len());
        let mut more = Vec::new();
        for (at, launch) in launches.iter().enumerate() {
            facet.each(launch, |found| {
                let code = known.get(&found.value).copied().unwrap_or_else(|| {
                    let (key, label) = (facet.key_of(&found.value), facet.label_of(&found));
                    choices.push((Choice { key, label, example: at }, 0));
                    let code = number(choices.len() - 1);
                    known.insert(found.value, code);
                    code
                });
                choices[code as usize].1 += 1;
                if codes.len() == at { codes.push(code) } else { more.push((number(at), code)) }
            });
        }
        let mut order: Vec<usize> = (0..choices.len()).collect();
        crate::sort::sort_by(&mut order, |left, right| {
            let ((left, left_count), (right, right_count)) = (&choices[*left], &choices[*right]);
            right_count
                .cmp(left_count)
                .then_with(|| left.label.cmp(&right.label))
                .then_with(|| left.key.cmp(&right.key))
        });
        let mut places = vec![0; order.len()];
        for (place, code) in order.iter().enumerate() {
            places[*code] = number(place);
        }
        for code in codes.iter_mut().chain(more.iter_mut().map(|(_, code)| code)) {
            *code = places[*code as usize];
        }
        let mut sorted: Vec<_> = choices.into_iter().zip(places).collect();
        crate::sort::sort_by_key(&mut sorted, |(_, place)| *place);
        Self { choices: sorted.into_iter().map(|((choice, _), _)| choice).collect(), codes, more }
    }

    fn mark_misses(&self, facet: Facet, query: &BoardQuery, masks: &mut [Mask]) {
        let selected = facet.selected(query);
        let taken: Vec<bool> = self.choices.iter().map(|choice| selected.contains(&choice.key)).collect();
        for (mask, code) in masks.iter_mut().zip(&self.codes) {
            if !taken[*code as usize] {
                *mask |= facet.bit();
            }
        }
        for (row, code) in &self.more {
            if taken[*code as usize]
                && let Some(mask) = masks.get_mut(*row as usize)
            {
                *mask &= !facet.bit();
            }
        }
    }
}

impl BoardQuery {
    /// Returns the launches that pass, in the query's order. Ties are resolved by NET, precision and id, so that the
    /// order is total.
    pub fn select<'launches>(&self, launches: &'launches [Launch]) -> Vec<&'launches Launch> {
        let index = Index::new(launches);
        let answer = index.ask(launches, launches.len(), self);
        answer.positions.iter().map(|at| &launches[*at]).collect()
    }
}

/// Returns the options of a facet, with counts under the *other* filters, most frequent first.
///
/// An option without any launch stays in the list (count 0): if it vanished while in use, the user could not undo it.
pub fn facet_options(launches: &[Launch], query: &BoardQuery, facet: Facet) -> Vec<FacetOption> {
    let index = Index::new(launches);
    let answer = index.ask(launches, launches.len(), query);
    index.options(launches, &answer, query, facet)
}

/// Converts an index. Launches and their choices are far fewer than 2^32.
fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}
