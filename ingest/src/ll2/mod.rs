//! Launch Library 2: addresses, responses and record shapes of both API versions. No code outside of this module
//! depends on the version.

mod agency;
mod api_version;
mod client;
mod crew;
mod launch;
mod lenient;
mod page;
mod part;
mod place;
mod repair;
mod retry_after;
mod rocket;
mod throttle;
mod v220;
mod v230;
mod vehicle;
mod version;

use serde::Deserialize;
use serde_json::value::RawValue;

pub use api_version::ApiVersion;
pub use client::{Client, ClientOptions, Mode, Secret};
pub(crate) use client::{Failure, Response};
pub(crate) use page::{BadPage, Page, single, text};
pub(crate) use repair::tree;
pub(crate) use throttle::Throttle;

use self::launch::Launch;
use crate::{
    defect::{Defect, Treatment, note, noting},
    record::{Record, Unusable},
};

impl ApiVersion {
    /// Detects the version of a record by keys that only one version has; none for a record that cannot be parsed or
    /// has none of these keys.
    pub(crate) fn of_record(record: &RawValue) -> Option<Self> {
        #[derive(serde::Deserialize)]
        struct Marks {
            response_mode: Option<serde::de::IgnoredAny>,
            vid_urls: Option<serde::de::IgnoredAny>,
            #[serde(rename = "vidURLs")]
            vid_urls_220: Option<serde::de::IgnoredAny>,
            holdreason: Option<serde::de::IgnoredAny>,
            #[serde(rename = "type")]
            mode_220: Option<serde::de::IgnoredAny>,
        }
        let marks = serde_json::from_str::<Marks>(record.get());
        let marks = marks.ok().or_else(|| serde_json::from_value(tree(record.get())?).ok())?;
        if marks.response_mode.is_some() || marks.vid_urls.is_some() {
            return Some(Self::V230);
        }
        let is_220 = marks.vid_urls_220.is_some() || marks.holdreason.is_some() || marks.mode_220.is_some();
        is_220.then_some(Self::V220)
    }

    /// Returns whether a record is usable; else the reason for its quarantine.
    pub fn judge(self, record: &str) -> Result<(), String> {
        let record: &RawValue = serde_json::from_str(record).map_err(|error| error.to_string())?;
        self.read(record, |_| ()).map(drop).map_err(|reason| reason.to_string())
    }

    /// Parses a record, once, passes it to `take` as a [`Record`], and returns the defects: the parts that could not be
    /// kept as sent.
    pub(crate) fn read<T>(
        self,
        record: &RawValue,
        take: impl FnOnce(Record<'_>) -> T,
    ) -> Result<(T, Vec<Defect>), Unusable> {
        let (read, defects) = noting(|| self.parse(record.get(), take));
        read.map(|taken| (taken, defects))
    }

    /// Parses a record as it is or, if that fails, repaired.
    fn parse<T>(self, record: &str, take: impl FnOnce(Record<'_>) -> T) -> Result<T, Unusable> {
        // The message may repeat a value of any length.
        let shape = |error: serde_json::Error| Unusable::Shape(error.to_string().chars().take(300).collect());
        match serde_json::from_str::<Launch<'_>>(record) {
            Ok(launch) => self.record(&launch).map(take),
            Err(error) => {
                let tree = tree(record).ok_or_else(|| shape(error))?;
                note("record", Treatment::Repaired);
                let launch = Launch::deserialize(&tree).map_err(shape)?;
                self.record(&launch).map(take)
            }
        }
    }

    fn record<'r>(self, launch: &'r Launch<'_>) -> Result<Record<'r>, Unusable> {
        match self {
            Self::V220 => launch.record::<v220::V220>(),
            Self::V230 => launch.record::<v230::V230>(),
        }
    }
}
