use strum::{EnumString, IntoStaticStr};
use url::Url;

/// A version of LL2's API; it determines addresses and record shapes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, IntoStaticStr)]
#[strum(const_into_str)]
pub enum ApiVersion {
    /// 2.2.0: kept compatible upstream, no new features.
    #[strum(to_string = "2.2.0")]
    V220,
    /// 2.3.0: the current one.
    #[strum(to_string = "2.3.0")]
    V230,
}

impl ApiVersion {
    /// Returns the version in the last segment of a base URL; none for an unsupported one.
    pub fn of(base_url: &Url) -> Option<Self> {
        base_url.path().trim_end_matches('/').rsplit('/').next()?.parse().ok()
    }

    /// Returns the first segment of the paths of launches.
    pub(super) fn launches(self) -> &'static str {
        match self {
            Self::V220 => "launch/",
            Self::V230 => "launches/",
        }
    }
}
