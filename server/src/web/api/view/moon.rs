use super::view;

view! {
    /// How near to the Moon a launch gets, nearest first.
    MoonTier of domain::MoonTier [
        /// Lands on the Moon.
        Surface,
        LunarOrbit,
        /// Flies by, or is sent towards the Moon.
        LunarTransfer,
        /// High enough that most of the climb is done.
        SteppingStone,
        EarthOrbit,
        /// Never in orbit, or on the way to another destination.
        Cannot,
        Unknown,
    ]
}

view! {
    /// A range of velocity change, km/s.
    DeltaV of domain::DeltaV {
        low: f64,
        high: f64,
    }
}

view! {
    /// How far from the lunar surface the launch leaves a passenger.
    MoonReach of domain::MoonReach {
        tier: MoonTier,
        /// From where the mission ends to the lunar surface; null if unknown.
        delta_v_left_km_s: Option<DeltaV>,
        /// What the rating is based on, in one sentence.
        reason: String,
    }
}
