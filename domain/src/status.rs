use serde::{Deserialize, Serialize};

/// The state of a launch, as LL2 names it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Status {
    pub id: i32,
    pub abbrev: String,
    pub name: String,
}

/// The statuses that the code knows. LL2 adds statuses (9 appeared in 2.3.0): any other is `Other`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StatusKind {
    Go,
    ToBeDetermined,
    Success,
    Failure,
    Hold,
    InFlight,
    PartialFailure,
    ToBeConfirmed,
    Deployed,
    Other(i32),
}

impl StatusKind {
    /// The statuses of LL2's `config/launch_statuses`, in the order in which the board lists them.
    pub const KNOWN: [Self; 9] = [
        Self::Go,
        Self::ToBeConfirmed,
        Self::ToBeDetermined,
        Self::Hold,
        Self::InFlight,
        Self::Deployed,
        Self::Success,
        Self::PartialFailure,
        Self::Failure,
    ];

    pub fn of(id: i32) -> Self {
        match id {
            1 => Self::Go,
            2 => Self::ToBeDetermined,
            3 => Self::Success,
            4 => Self::Failure,
            5 => Self::Hold,
            6 => Self::InFlight,
            7 => Self::PartialFailure,
            8 => Self::ToBeConfirmed,
            9 => Self::Deployed,
            other => Self::Other(other),
        }
    }

    pub fn id(self) -> i32 {
        match self {
            Self::Go => 1,
            Self::ToBeDetermined => 2,
            Self::Success => 3,
            Self::Failure => 4,
            Self::Hold => 5,
            Self::InFlight => 6,
            Self::PartialFailure => 7,
            Self::ToBeConfirmed => 8,
            Self::Deployed => 9,
            Self::Other(id) => id,
        }
    }

    /// Returns the word in the query string (`status=go`) and in the style sheet. None for an unknown status.
    pub fn slug(self) -> Option<&'static str> {
        Some(match self {
            Self::Go => "go",
            Self::ToBeDetermined => "tbd",
            Self::Success => "success",
            Self::Failure => "failure",
            Self::Hold => "hold",
            Self::InFlight => "in_flight",
            Self::PartialFailure => "partial",
            Self::ToBeConfirmed => "tbc",
            Self::Deployed => "deployed",
            Self::Other(_) => return None,
        })
    }

    /// Returns the meaning of the status in one sentence. None for an unknown status.
    pub fn meaning(self) -> Option<&'static str> {
        Some(match self {
            Self::Go => "The date is confirmed by official or reliable sources.",
            Self::ToBeDetermined => "The date is a placeholder or a rough estimate.",
            Self::Success => "The payload reached its target orbit.",
            Self::Failure => "The rocket did not reach orbit, or the payload did not separate.",
            Self::Hold => "The countdown is paused; it may still go within the window.",
            Self::InFlight => "The rocket has left the pad.",
            Self::PartialFailure => "It flew, but not everything went as planned.",
            Self::ToBeConfirmed => "The date is fairly certain and awaits official confirmation.",
            Self::Deployed => "The payload is deployed; the outcome is not yet entered.",
            Self::Other(_) => return None,
        })
    }

    /// Returns whether the outcome is known: success, failure or partial failure.
    pub fn is_final(self) -> bool {
        matches!(self, Self::Success | Self::Failure | Self::PartialFailure)
    }

    /// Returns whether lift-off has happened, whatever the outcome.
    pub fn has_left_the_pad(self) -> bool {
        self.is_final() || matches!(self, Self::InFlight | Self::Deployed)
    }
}
