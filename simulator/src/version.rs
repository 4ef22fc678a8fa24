use strum::{Display, VariantArray};

/// A version of Launch Library 2 that the simulator supports. Displayed as it is in a URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Display, VariantArray)]
pub enum ApiVersion {
    /// 2.2.0: `/launch/…`, flat images, coordinates as strings.
    #[strum(serialize = "2.2.0")]
    V220,
    /// 2.3.0: `/launches/…`, `response_mode`, coordinates as numbers.
    #[strum(serialize = "2.3.0")]
    V230,
}

impl ApiVersion {
    /// Both versions, oldest first.
    pub const ALL: &[ApiVersion] = Self::VARIANTS;

    /// Returns the path segment of the launch lists; plural in 2.3.0.
    pub(crate) fn launches(self) -> &'static str {
        match self {
            ApiVersion::V220 => "launch",
            ApiVersion::V230 => "launches",
        }
    }
}
