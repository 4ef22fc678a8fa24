//! One query string for page, API, exports and feeds. Parsed here once; an unknown key or a bad value is an error that names
//! it, on every one of those doors.

mod facet;
mod parse;

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use crate::{Launch, MoonTier, NetSpan, net::midnight};

pub use facet::Facet;
pub use parse::QueryError;

/// How the board is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    #[default]
    Cards,
    Table,
    Timeline,
    Map,
    Calendar,
    Agenda,
}

/// What the launches of the timeline are gathered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lanes {
    Provider,
    Pad,
    Rocket,
    Orbit,
}

/// What the rows are ordered by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    #[default]
    Net,
    Name,
    Status,
    Provider,
    Rocket,
    Location,
    Orbit,
    Moon,
    Updated,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    #[default]
    Ascending,
    Descending,
}

/// The question a visitor asks of the board. Within a key any value will do; between keys all must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BoardQuery {
    /// Words that must all occur in the launch's texts.
    pub q: String,
    /// LL2 status ids; written as words (`go`) where we know one.
    pub status: Vec<i32>,
    pub provider: Vec<i32>,
    pub rocket: Vec<i32>,
    pub location: Vec<i32>,
    pub pad: Vec<i32>,
    pub orbit: Vec<i32>,
    pub mission_type: Vec<String>,
    pub program: Vec<i32>,
    /// ISO 3166-1 alpha-3.
    pub country: Vec<String>,
    pub crewed: Option<bool>,
    pub moon: Vec<MoonTier>,
    /// LL2 precision ids; `None` is "not given".
    pub precision: Vec<Option<i32>>,
    /// First and last day (inclusive, UTC) that the launch's interval may touch.
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    pub view: View,
    /// Lanes of the timeline; none for a row per launch.
    pub lanes: Option<Lanes>,
    /// The month in the calendar, as its first day; none for the month of `day`, or the present one.
    pub month: Option<NaiveDate>,
    /// The day that is opened in the calendar, and the first one of the agenda; none for today. No filter.
    pub day: Option<NaiveDate>,
    pub sort: Sort,
    pub order: Order,
    pub limit: Option<usize>,
    pub offset: usize,
    /// The board as it stood then, as far as we had observed it; none for now.
    pub as_of: Option<DateTime<Utc>>,
}

impl BoardQuery {
    /// Whether the launch passes every filter.
    pub fn matches(&self, launch: &Launch) -> bool {
        self.matches_except(launch, None)
    }

    /// Whether the launch passes every filter but one: what the counts beside that filter's choices mean.
    pub fn matches_except(&self, launch: &Launch, skipped: Option<Facet>) -> bool {
        Facet::ALL.into_iter().filter(|facet| Some(*facet) != skipped).all(|facet| facet.accepts(self, launch))
            && (self.crewed.is_none() || launch.crewed == self.crewed)
            && self.accepts_dates(launch.span())
            && self.accepts_words(launch)
    }

    /// The launches that pass, in the order asked for. Ties are settled by NET, precision and id: the order is total.
    pub fn select<'launches>(&self, launches: &'launches [Launch]) -> Vec<&'launches Launch> {
        let mut rows: Vec<_> = launches.iter().filter(|launch| self.matches(launch)).collect();
        // A key per row, made once: lower-casing inside a comparator costs n log n allocations.
        match self.sort {
            Sort::Net => rows.sort_by_key(|launch| net_order(launch)),
            Sort::Updated => rows.sort_by_key(|launch| (launch.last_updated, net_order(launch))),
            Sort::Moon => rows.sort_by_key(|launch| (launch.moon.tier, net_order(launch))),
            sort => rows.sort_by_cached_key(|launch| (sort.text(launch).to_lowercase(), net_order(launch))),
        }
        if self.order == Order::Descending {
            rows.reverse();
        }
        rows
    }

    /// Whether a choice of a facet is among the selected ones.
    pub fn selects(&self, facet: Facet, key: &str) -> bool {
        facet.selected(self).iter().any(|selected| selected == key)
    }

    /// Selects a choice of a facet, or takes it back. A key the facet cannot have is ignored: choices come from
    /// [`crate::facet_options`], whose keys are valid by construction.
    pub fn toggle(&mut self, facet: Facet, key: &str) {
        facet.toggle(self, key);
    }

    /// Any filter is set: view, order and paging are not filters.
    pub fn is_filtered(&self) -> bool {
        !self.q.is_empty()
            || self.crewed.is_some()
            || self.from.is_some()
            || self.to.is_some()
            || Facet::ALL.into_iter().any(|facet| !facet.selected(self).is_empty())
    }

    /// The same view, of the same time, without any filter.
    pub fn cleared(&self) -> Self {
        let Self { view, lanes, month, day, sort, order, as_of, .. } = *self;
        Self { view, lanes, month, day, sort, order, as_of, ..Self::default() }
    }

    fn accepts_dates(&self, span: NetSpan) -> bool {
        let from = self.from.map_or(DateTime::<Utc>::MIN_UTC, midnight);
        let to = self.to.and_then(|to| to.succ_opt()).map_or(DateTime::<Utc>::MAX_UTC, midnight);
        span.overlaps(from, to)
    }

    fn accepts_words(&self, launch: &Launch) -> bool {
        if self.q.is_empty() {
            return true;
        }
        let mission = launch.mission.as_ref();
        let text = [
            Some(launch.name.as_str()),
            mission.map(|mission| mission.name.as_str()),
            mission.and_then(|mission| mission.kind.as_deref()),
            mission.and_then(|mission| mission.description.as_deref()),
            Some(launch.provider.name.as_str()),
            launch.provider.abbrev.as_deref(),
            Some(launch.rocket.name.as_str()),
            launch.orbit.as_ref().map(|orbit| orbit.name.as_str()),
            launch.orbit.as_ref().map(|orbit| orbit.abbrev.as_str()),
            Some(launch.pad.name.as_str()),
            Some(launch.location.name.as_str()),
        ];
        let text = text.into_iter().flatten().collect::<Vec<_>>().join("\n").to_lowercase();
        self.q.to_lowercase().split_whitespace().all(|word| text.contains(word))
    }
}

impl Sort {
    pub const ALL: [Self; 9] = [
        Self::Net,
        Self::Name,
        Self::Status,
        Self::Provider,
        Self::Rocket,
        Self::Location,
        Self::Orbit,
        Self::Moon,
        Self::Updated,
    ];

    pub fn slug(self) -> &'static str {
        match self {
            Self::Net => "net",
            Self::Name => "name",
            Self::Status => "status",
            Self::Provider => "provider",
            Self::Rocket => "rocket",
            Self::Location => "location",
            Self::Orbit => "orbit",
            Self::Moon => "moon",
            Self::Updated => "updated",
        }
    }

    fn text(self, launch: &Launch) -> &str {
        match self {
            Self::Name => launch.title(),
            Self::Status => &launch.status.name,
            Self::Provider => &launch.provider.name,
            Self::Rocket => &launch.rocket.name,
            Self::Location => &launch.location.name,
            Self::Orbit => launch.orbit.as_ref().map_or("", |orbit| orbit.name.as_str()),
            Self::Net | Self::Moon | Self::Updated => "",
        }
    }
}

impl View {
    pub const ALL: [Self; 6] = [Self::Cards, Self::Table, Self::Timeline, Self::Map, Self::Calendar, Self::Agenda];

    pub fn slug(self) -> &'static str {
        match self {
            Self::Cards => "cards",
            Self::Table => "table",
            Self::Timeline => "timeline",
            Self::Map => "map",
            Self::Calendar => "calendar",
            Self::Agenda => "agenda",
        }
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::Cards => "Cards",
            Self::Table => "Table",
            Self::Timeline => "Timeline",
            Self::Map => "Map",
            Self::Calendar => "Calendar",
            Self::Agenda => "Agenda",
        }
    }
}

impl Lanes {
    pub const ALL: [Self; 4] = [Self::Provider, Self::Pad, Self::Rocket, Self::Orbit];

    pub fn slug(self) -> &'static str {
        self.facet().key()
    }

    pub fn label(self) -> &'static str {
        self.facet().label()
    }

    /// The filter that asks for one lane.
    pub fn facet(self) -> Facet {
        match self {
            Self::Provider => Facet::Provider,
            Self::Pad => Facet::Pad,
            Self::Rocket => Facet::Rocket,
            Self::Orbit => Facet::Orbit,
        }
    }
}

/// NET order: by the stored date, firmer dates before vaguer ones on the same day.
fn net_order(launch: &Launch) -> (DateTime<Utc>, crate::Granularity, Uuid) {
    (launch.net, launch.granularity(), launch.id)
}
