use super::view;

view! {
    /// How near the Moon a launch goes, nearest first.
    MoonTier of domain::MoonTier [
        /// Lands on it.
        Surface,
        LunarOrbit,
        /// Flies by, or is thrown towards it.
        LunarTransfer,
        /// High enough that most of the climb is done.
        SteppingStone,
        EarthOrbit,
        /// Never in orbit, or on the way to somewhere else.
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
    /// How far the launch leaves a passenger from the lunar surface.
    MoonReach of domain::MoonReach {
        tier: MoonTier,
        /// From where the mission ends to the lunar surface; null when it cannot be said.
        delta_v_left_km_s: Option<DeltaV>,
        /// What the judgement rests on, one sentence.
        reason: String,
    }
}
