use super::{BestChance, Clearness};
use crate::{Decision, Launch, decision::words::percent};

/// Number of rides of a group that are named.
const NAMED: usize = 3;

impl Clearness {
    /// Returns how clear the recommendation is, in sentences about the first of the ranking. None if there is nothing
    /// to compare it with.
    pub fn sentence(&self, decision: &Decision, launches: &[Launch]) -> Option<String> {
        let own = self.rides.first().copied()??;
        let title = |place: usize| Some(launches.get(decision.ranked.get(place)?.at)?.title());
        let most_probable = *self.group.first()?;
        if decision.ranked.len() < 2 {
            return None;
        }
        let mut text = format!("It is the best ride with a chance of {}", percent_of_draws(own.p_best));
        if let (false, Some(other), Some(chance)) =
            (most_probable == 0, title(most_probable), self.rides.get(most_probable).copied().flatten())
            && chance.p_best > own.p_best
        {
            text.push_str(&format!(", {other} with {}", percent_of_draws(chance.p_best)));
        }
        text.push('.');
        let others: Vec<_> = self.group.iter().filter(|place| **place != 0).filter_map(|place| title(*place)).collect();
        let is_in_group = self.group.contains(&0);
        if others.is_empty() {
            return Some(text);
        }
        let share = percent_of_draws(self.group_share);
        let is_whole = self.group.len() == self.rides.len();
        text.push_str(&match (is_in_group, others.as_slice()) {
            (true, others) if is_whole => format!(" {} cannot be told apart from it.", listed(others)),
            (true, others) => format!(
                " {} cannot be told apart from it: the best ride is one of these {} with a chance of {share}.",
                listed(others),
                self.group.len()
            ),
            (false, [other]) => format!(" Its score is higher, but {other} is more often the best."),
            (false, others) => {
                format!(" Its score is higher, but the best ride is {} with a chance of {share}.", one_of(others))
            }
        });
        Some(text)
    }

    /// Returns the chance of a ride of being the best, in words.
    pub fn p_best_text(&self, place: usize) -> Option<String> {
        let BestChance { p_best, .. } = self.rides.get(place).copied()??;
        // The only ride is the best for certain.
        Some(if self.rides.len() == 1 { percent(p_best) } else { percent_of_draws(p_best) })
    }

    /// Returns the regret of a ride in points, with one digit: "3.2", "under 0.1".
    pub fn regret_text(&self, place: usize) -> Option<String> {
        let BestChance { regret, .. } = self.rides.get(place).copied()??;
        Some(if regret < 0.05 && self.rides.len() > 1 { "under 0.1".to_owned() } else { format!("{regret:.1}") })
    }
}

/// Formats a share of the draws. If no draw, or every draw, is of a kind, that is still not certain.
fn percent_of_draws(share: f64) -> String {
    percent(share.clamp(0.001, 0.999))
}

/// "A", "A and B", "A, B, C and 2 more".
fn listed(titles: &[&str]) -> String {
    joined(titles, "and")
}

/// "A or B".
fn one_of(titles: &[&str]) -> String {
    joined(titles, "or")
}

fn joined(titles: &[&str], word: &str) -> String {
    match titles {
        [] => String::new(),
        [only] => (*only).to_owned(),
        all if all.len() > NAMED => {
            let named: Vec<_> = all.iter().take(NAMED).copied().collect();
            format!("{} {word} {} more", named.join(", "), all.len() - NAMED)
        }
        [named @ .., last] => format!("{} {word} {last}", named.join(", ")),
    }
}
