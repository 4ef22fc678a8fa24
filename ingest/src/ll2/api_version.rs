use url::Url;

/// A version of LL2's API; it determines addresses and record shapes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ApiVersion {
    /// 2.2.0: kept compatible upstream, no new features.
    V220,
    /// 2.3.0: the current one.
    V230,
}

impl ApiVersion {
    /// Returns the name as LL2 writes it: `2.3.0`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::V220 => "2.2.0",
            Self::V230 => "2.3.0",
        }
    }

    /// Returns the version in the last segment of a base URL; none for an unsupported one.
    pub fn of(base_url: &Url) -> Option<Self> {
        Self::named(base_url.path().trim_end_matches('/').rsplit('/').next()?)
    }

    /// Returns the version with this name; none for an unsupported one.
    pub(crate) fn named(name: &str) -> Option<Self> {
        match name {
            "2.2.0" => Some(Self::V220),
            "2.3.0" => Some(Self::V230),
            _ => None,
        }
    }

    /// Returns the first segment of the paths of launches.
    pub(super) fn launches(self) -> &'static str {
        match self {
            Self::V220 => "launch/",
            Self::V230 => "launches/",
        }
    }
}
