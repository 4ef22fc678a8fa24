use std::fmt;

/// A version of Launch Library 2 that the simulator supports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ApiVersion {
    /// 2.2.0: `/launch/…`, flat images, coordinates as strings.
    V220,
    /// 2.3.0: `/launches/…`, `response_mode`, coordinates as numbers.
    V230,
}

impl ApiVersion {
    /// Both versions, oldest first.
    pub const ALL: [ApiVersion; 2] = [ApiVersion::V220, ApiVersion::V230];

    /// Returns the version as it is in a URL.
    pub fn as_str(self) -> &'static str {
        match self {
            ApiVersion::V220 => "2.2.0",
            ApiVersion::V230 => "2.3.0",
        }
    }

    /// Returns the path segment of the launch lists; plural in 2.3.0.
    pub(crate) fn launches(self) -> &'static str {
        match self {
            ApiVersion::V220 => "launch",
            ApiVersion::V230 => "launches",
        }
    }
}

impl fmt::Display for ApiVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
