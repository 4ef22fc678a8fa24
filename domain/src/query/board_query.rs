use chrono::{DateTime, NaiveDate, Utc};

use super::{Facet, Lanes, Order, Selection, Sort, TableColumn, View, Words, facet::Value, text};
use crate::{Launch, NetSpan, net::midnight};

/// A visitor's query to the board. The values of one key are alternatives (OR); different keys must all match (AND).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BoardQuery {
    /// Words that must all occur in the launch's texts.
    pub q: String,
    /// The selected values of every facet.
    pub facets: Selection,
    /// First and last day (inclusive, UTC) of the range that the launch's interval must overlap.
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    /// Also includes launches that are no longer upcoming.
    pub past: bool,
    pub view: View,
    /// The table's columns besides the launch's name. Empty for the default ones.
    pub columns: Vec<TableColumn>,
    /// Lanes of the timeline. None for one row per launch.
    pub lanes: Option<Lanes>,
    /// The month in the calendar, as its first day. None for the month of `day`, or the current one.
    pub month: Option<NaiveDate>,
    /// The selected day in the calendar, and the first day of the agenda. None for today. Not a filter.
    pub day: Option<NaiveDate>,
    pub sort: Sort,
    pub order: Order,
    /// Further sort keys for ties of `sort`, in this order.
    pub then: Vec<(Sort, Order)>,
    pub limit: Option<usize>,
    pub offset: usize,
    /// Shows the board at this time, as far as it had been observed by then. None for now.
    pub as_of: Option<DateTime<Utc>>,
}

impl BoardQuery {
    /// Returns whether the launch passes every filter.
    pub fn matches(&self, launch: &Launch) -> bool {
        self.matches_except(launch, None)
    }

    /// Returns whether the launch passes every filter but one: the counts next to that filter's options use this rule.
    pub fn matches_except(&self, launch: &Launch, skipped: Option<Facet>) -> bool {
        Facet::ALL.into_iter().filter(|facet| Some(*facet) != skipped).all(|facet| facet.accepts(self, launch))
            && self.accepts_dates(launch.span())
            && self.accepts_words(launch)
    }

    /// Returns whether an option of a facet is selected.
    pub fn selects(&self, facet: Facet, key: &str) -> bool {
        facet.selected(self).iter().any(|selected| selected == key)
    }

    /// Selects an option of a facet, or deselects it. An invalid key is ignored: options come from
    /// [`crate::facet_options`], whose keys are valid by construction.
    pub fn toggle(&mut self, facet: Facet, key: &str) {
        facet.toggle(self, key);
    }

    /// Replaces the selected options of a facet. Keys are handled as by [`BoardQuery::toggle`].
    pub fn choose<K: AsRef<str>>(&mut self, facet: Facet, keys: impl IntoIterator<Item = K>) {
        facet.clear(self);
        for key in keys {
            if !self.selects(facet, key.as_ref()) {
                self.toggle(facet, key.as_ref());
            }
        }
    }

    /// Returns whether any filter is set. View, order, paging and `past` are not filters.
    pub fn is_filtered(&self) -> bool {
        !self.q.is_empty() || self.from.is_some() || self.to.is_some() || !self.facets.is_empty()
    }

    /// Returns the same view, of the same time, without any filter.
    pub fn cleared(&self) -> Self {
        Self {
            past: self.past,
            view: self.view,
            columns: self.columns.clone(),
            lanes: self.lanes,
            month: self.month,
            day: self.day,
            sort: self.sort,
            order: self.order,
            then: self.then.clone(),
            as_of: self.as_of,
            ..Self::default()
        }
    }

    /// Returns all sort keys, the main one first.
    pub fn sorting(&self) -> Vec<(Sort, Order)> {
        std::iter::once((self.sort, self.order)).chain(self.then.iter().copied()).collect()
    }

    /// Returns the requested days as instants: `from` at its start, `to` at its end.
    pub(super) fn instants(&self) -> (DateTime<Utc>, DateTime<Utc>) {
        let from = self.from.map_or(DateTime::<Utc>::MIN_UTC, midnight);
        let to = self.to.and_then(|to| to.succ_opt()).map_or(DateTime::<Utc>::MAX_UTC, midnight);
        (from, to)
    }

    fn accepts_dates(&self, span: NetSpan) -> bool {
        let (from, to) = self.instants();
        span.overlaps(from, to)
    }

    fn accepts_words(&self, launch: &Launch) -> bool {
        let mut lowered = Vec::new();
        text::each(launch, |text| lowered.push(text.to_lowercase()));
        Words::of(&self.q).iter().all(|word| lowered.iter().any(|text| text.contains(word)))
    }
}

/// What a query selects of a facet.
impl Facet {
    /// Returns the selected keys.
    pub fn selected(self, query: &BoardQuery) -> Vec<String> {
        query.facets.of(self).iter().map(|value| self.key_of(value)).collect()
    }

    /// Returns how many options are selected.
    pub fn selected_count(self, query: &BoardQuery) -> usize {
        query.facets.of(self).len()
    }

    /// Removes every selected option of this facet.
    pub fn clear(self, query: &mut BoardQuery) {
        query.facets.of_mut(self).clear();
        query.offset = 0;
    }

    /// Returns whether the launch has one of the selected values. If none is selected, every launch matches.
    fn accepts(self, query: &BoardQuery, launch: &Launch) -> bool {
        let selected: &[Value<'_>] = query.facets.of(self);
        let mut accepted = selected.is_empty();
        self.each(launch, |found| accepted = accepted || selected.contains(&found.value));
        accepted
    }

    fn toggle(self, query: &mut BoardQuery, key: &str) {
        if let Some(value) = self.read_known(key) {
            query.facets.flip(self, value);
        }
        // The page offset of the old result is meaningless in the new one.
        query.offset = 0;
    }
}
