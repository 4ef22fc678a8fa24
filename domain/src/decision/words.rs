//! The decision in sentences: why a launch has its rank, what would change it, why no launch is recommended.

use chrono::{DateTime, Utc};

use super::{Decision, DecisionQuery, FactorKind, NoRecommendation, Ranked};
use crate::{Launch, MoonTier};

impl Decision {
    /// Returns two sentences: why the launch at `rank` is there, and what would change it.
    pub fn sentence(&self, rank: usize, launches: &[Launch], query: &DecisionQuery) -> String {
        let Some(one) = self.ranked.get(rank) else { return String::new() };
        let Some(launch) = launches.get(one.at) else { return String::new() };
        let mut text = format!("{}; {}.", place(launch.moon.tier), weakness(one, query));
        let rival = if rank == 0 { self.ranked.get(1) } else { self.ranked.get(rank - 1) };
        if let Some((rival, title)) = rival.and_then(|rival| Some((rival, launches.get(rival.at)?.title()))) {
            let change = if rank == 0 { falls(one, rival, query) } else { rises(one, rival, query) };
            text.push(' ');
            text.push_str(&match change {
                Some((share, to)) if rank == 0 => {
                    let falls = match percent(to) {
                        to if to == percent(share_of(one, share)) => "falls a little".to_owned(),
                        to => format!("falls to {to}"),
                    };
                    format!("{title} overtakes it if its {} {falls}.", factor_words(share))
                }
                Some((share, to)) => {
                    let now = share_of(one, share);
                    let rises = match percent(to) {
                        to if to == percent(now) => "rises a little".to_owned(),
                        to => format!("rises to {to}"),
                    };
                    format!("It overtakes {title} if its {} {rises}.", factor_words(share))
                }
                None if rank == 0 => format!("No change of one of its chances alone would put {title} first."),
                None => format!("No change of one of its factors alone would put it above {title}."),
            });
        }
        text
    }

    /// Returns why no launch is recommended.
    pub fn why_none_recommended(
        &self,
        launches: &[Launch],
        query: &DecisionQuery,
        now: DateTime<Utc>,
    ) -> Option<String> {
        let predicted = || {
            self.excluded
                .iter()
                .filter(|excluded| launches.get(excluded.at).is_some_and(|launch| launch.moon.tier.is_moon_bound()))
                .count()
        };
        Some(match self.no_recommendation? {
            NoRecommendation::WindowPast => {
                format!("Your window ended on {}, and today is {}.", query.last_day(now), now.date_naive())
            }
            NoRecommendation::WindowTooSoon => format!(
                "You need {} to prepare, and your window ends on {}: nothing can be boarded in it.",
                days(query.prepare),
                query.last_day(now)
            ),
            NoRecommendation::NoWeights => "All three weights are 0: increase one to get a ranking.".to_owned(),
            NoRecommendation::NothingGoes => "No listed launch is known to go to the Moon.".to_owned(),
            NoRecommendation::RuledOut => "Your parameters exclude every launch that goes to the Moon.".to_owned(),
            NoRecommendation::NothingPredicted => match predicted() {
                1 => "One launch goes to the Moon, and there is no forecast of it yet.".to_owned(),
                count => format!("{count} launches go to the Moon, and there is no forecast of any of them yet."),
            },
            NoRecommendation::BelowBar => {
                let best = self.ranked.first()?;
                let title = launches.get(best.at)?.title();
                format!(
                    "The best of {} is {title} with {}, below your threshold of {} %: {}.",
                    self.ranked.len(),
                    percent(best.score.estimate()),
                    query.bar,
                    weakness(best, query)
                )
            }
        })
    }
}

fn place(tier: MoonTier) -> &'static str {
    match tier {
        MoonTier::Surface => "It lands",
        MoonTier::LunarOrbit => "It stops in lunar orbit",
        MoonTier::LunarTransfer => "It passes the Moon and does not stop",
        _ => "It does not go to the Moon",
    }
}

/// Describes the factor that lowers the score most.
fn weakness(one: &Ranked, query: &DecisionQuery) -> String {
    let costs = FactorKind::ALL.into_iter().zip(one.factors()).map(|(share, factor)| {
        let weight = f64::from(share.get(query.weights)) / 100.0;
        (factor.estimate().powf(weight), share, factor)
    });
    match costs.min_by(|one, other| one.0.total_cmp(&other.0)) {
        Some((cost, share, factor)) if cost < 0.995 => {
            format!(
                "the factor that lowers its score most is its {}, {}",
                factor_words(share),
                percent(factor.estimate())
            )
        }
        _ => "no factor lowers its score".to_owned(),
    }
}

/// Returns the leader's probability that has to fall least for its rival to pass, and the value at which it passes.
/// Nearness is not a probability, so it is not considered.
fn falls(one: &Ranked, rival: &Ranked, query: &DecisionQuery) -> Option<(FactorKind, f64)> {
    reach(one, rival, query)
        .filter(|(_, to, from)| to < from)
        .max_by(|one, other| (one.1 / one.2).total_cmp(&(other.1 / other.2)))
        .map(|(share, to, _)| (share, to))
}

/// Returns the probability that has to rise least to pass the launch above, and the value at which it passes.
/// None if no probability can rise that far.
fn rises(one: &Ranked, rival: &Ranked, query: &DecisionQuery) -> Option<(FactorKind, f64)> {
    reach(one, rival, query)
        .filter(|(_, to, from)| to >= from && *to <= 1.0)
        .min_by(|one, other| (one.1 - one.2).total_cmp(&(other.1 - other.2)))
        .map(|(share, to, _)| (share, to))
}

/// Returns for each of the two probabilities the value at which the scores are equal, and its current value.
fn reach<'a>(
    one: &'a Ranked,
    rival: &'a Ranked,
    query: &'a DecisionQuery,
) -> impl Iterator<Item = (FactorKind, f64, f64)> + 'a {
    let ratio = rival.score.estimate() / one.score.estimate();
    FactorKind::ALL.into_iter().zip(one.factors()).skip(1).filter_map(move |(share, factor)| {
        let weight = f64::from(share.get(query.weights)) / 100.0;
        if weight == 0.0 || !ratio.is_finite() {
            return None;
        }
        Some((share, factor.estimate() * ratio.powf(1.0 / weight), factor.estimate()))
    })
}

fn share_of(one: &Ranked, share: FactorKind) -> f64 {
    match share {
        FactorKind::Nearness => one.nearness.estimate(),
        FactorKind::Window => one.in_window.estimate(),
        FactorKind::Success => one.success.estimate(),
    }
}

fn factor_words(share: FactorKind) -> &'static str {
    match share {
        FactorKind::Nearness => "nearness",
        FactorKind::Window => "chance to fly in your window",
        FactorKind::Success => "chance of success",
    }
}

/// Formats a share, "54 %". A value that only rounds to 0 or 100 % is not shown as certain.
pub(super) fn percent(share: f64) -> String {
    match (share * 100.0).round() {
        0.0 if share > 0.0 => "under 1 %".to_owned(),
        100.0 if share < 1.0 => "over 99 %".to_owned(),
        whole => format!("{whole:.0} %"),
    }
}

fn days(count: u16) -> String {
    if count == 1 { "1 day".to_owned() } else { format!("{count} days") }
}
