use domain::StatusKind;

/// The outcome of a flight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Success,
    /// It flew, but not every payload reached its destination.
    Partial,
    Failure,
}

impl Outcome {
    /// Converts LL2's status. None if it is not an outcome.
    pub fn of_status(status_id: i32) -> Option<Self> {
        match StatusKind::of(status_id) {
            StatusKind::Success => Some(Self::Success),
            StatusKind::Failure => Some(Self::Failure),
            StatusKind::PartialFailure => Some(Self::Partial),
            _ => None,
        }
    }
}
