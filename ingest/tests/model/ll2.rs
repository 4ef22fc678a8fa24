//! A model of LL2: launches, three lists, and a throttle that counts arrivals in true time.

use std::{
    collections::VecDeque,
    hash::{DefaultHasher, Hash, Hasher},
    rc::Rc,
};

/// Milliseconds of true time or of the database's time; the name tells which.
pub(crate) type Millis = i64;

pub(crate) const SECOND: Millis = 1000;
pub(crate) const MINUTE: Millis = 60 * SECOND;
pub(crate) const HOUR: Millis = 60 * MINUTE;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Launch {
    pub(crate) id: u32,
    pub(crate) net: Millis,
    pub(crate) edited: Millis,
    pub(crate) version: u32,
    pub(crate) has_outcome: bool,
    /// It left the upcoming list before its outcome was known.
    pub(crate) is_hidden: bool,
    pub(crate) is_deleted: bool,
}

impl Launch {
    /// LL2 lists launches that are still to come, and those that flew within a day.
    pub(crate) fn is_upcoming(&self, now: Millis) -> bool {
        !self.is_deleted && !self.is_hidden && (!self.has_outcome || self.net + 24 * HOUR > now)
    }
}

/// The address of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Address {
    Upcoming { offset: usize },
    Changed { since: Millis, offset: usize },
    History { until: Option<Millis>, offset: usize },
    One { id: u32 },
}

#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) launches: Vec<Launch>,
    pub(crate) count: usize,
    pub(crate) next: Option<Address>,
    pub(crate) sha: u64,
}

impl Page {
    fn new(launches: Vec<Launch>, count: usize, next: Option<Address>) -> Rc<Self> {
        let mut hasher = DefaultHasher::new();
        (&launches, count, next).hash(&mut hasher);
        Rc::new(Self { launches, count, next, sha: hasher.finish() })
    }
}

#[derive(Clone, Debug)]
pub(crate) enum Answer {
    Page(Rc<Page>),
    Gone,
    Throttled(Millis),
    Failed,
}

#[derive(Debug)]
pub(crate) struct Ll2 {
    pub(crate) launches: Vec<Launch>,
    pub(crate) limit: usize,
    pub(crate) page_size: usize,
    /// Arrivals of the last hour that count, ours and others'.
    counted: VecDeque<Millis>,
    /// Our arrivals, including refused ones.
    ours: VecDeque<Millis>,
    /// Our arrivals that LL2 did not refuse.
    ours_counted: VecDeque<Millis>,
    pub(crate) most_of_ours: usize,
    pub(crate) most_counted: usize,
}

impl Ll2 {
    pub(crate) fn new(launches: Vec<Launch>, limit: usize, page_size: usize) -> Self {
        Self {
            launches,
            limit,
            page_size,
            counted: VecDeque::new(),
            ours: VecDeque::new(),
            ours_counted: VecDeque::new(),
            most_of_ours: 0,
            most_counted: 0,
        }
    }

    fn forget(&mut self, now: Millis) {
        for sent in [&mut self.counted, &mut self.ours, &mut self.ours_counted] {
            while sent.front().is_some_and(|&at| at <= now - HOUR) {
                sent.pop_front();
            }
        }
    }

    /// Another client at the same address sends a request.
    pub(crate) fn foreign(&mut self, now: Millis) {
        self.forget(now);
        if self.counted.len() < self.limit {
            self.counted.push_back(now);
        }
    }

    /// The count that `api-throttle/` reports.
    pub(crate) fn current_use(&mut self, now: Millis) -> u32 {
        self.forget(now);
        u32::try_from(self.counted.len()).expect("few")
    }

    /// Records the arrival of one of our requests; returns an error with the pause if it is refused.
    pub(crate) fn arrive(&mut self, now: Millis) -> Result<(), Millis> {
        self.forget(now);
        self.ours.push_back(now);
        self.most_of_ours = self.most_of_ours.max(self.ours.len());
        if self.counted.len() >= self.limit {
            let oldest = self.counted.front().copied().unwrap_or(now);
            // In whole seconds, like the header.
            return Err((oldest + HOUR - now).div_euclid(SECOND) * SECOND + SECOND);
        }
        self.counted.push_back(now);
        self.ours_counted.push_back(now);
        self.most_counted = self.most_counted.max(self.ours_counted.len());
        Ok(())
    }

    pub(crate) fn answer(&self, now: Millis, address: Address) -> Answer {
        let alive = self.launches.iter().filter(|launch| !launch.is_deleted);
        match address {
            Address::One { id } => match self.launches.iter().find(|launch| launch.id == id && !launch.is_deleted) {
                Some(launch) => Answer::Page(Page::new(vec![launch.clone()], 1, None)),
                None => Answer::Gone,
            },
            Address::Upcoming { offset } => {
                let listed: Vec<_> = alive.filter(|launch| launch.is_upcoming(now)).collect();
                self.cut(listed, offset, |offset| Address::Upcoming { offset })
            }
            Address::Changed { since, offset } => {
                let mut listed: Vec<_> = alive.filter(|launch| launch.edited >= since).collect();
                listed.sort_by_key(|launch| (launch.edited, launch.id.reverse_bits()));
                self.cut(listed, offset, |offset| Address::Changed { since, offset })
            }
            Address::History { until, offset } => {
                let is_wanted = |net| until.is_none_or(|until| net <= until);
                let mut listed: Vec<_> = alive.filter(|launch| launch.has_outcome && is_wanted(launch.net)).collect();
                listed.sort_by_key(|launch| (-launch.net, launch.id.reverse_bits()));
                self.cut(listed, offset, |offset| Address::History { until, offset })
            }
        }
    }

    fn cut(&self, listed: Vec<&Launch>, offset: usize, next: impl Fn(usize) -> Address) -> Answer {
        let count = listed.len();
        let end = offset + self.page_size;
        let launches = listed.into_iter().skip(offset).take(self.page_size).cloned().collect();
        Answer::Page(Page::new(launches, count, (end < count).then(|| next(end))))
    }
}
