//! Scores of forecasts. They are proper scores: only the probability that a forecaster really believes minimizes the
//! expected score.

/// Probabilities are clamped to one in a million from 0 and 1: otherwise one miss would dominate the score.
const SURE: f64 = 1e-6;

/// Returns minus the natural logarithm (in nats) of the probability given to the outcome.
pub fn log_loss(chance: f64, happened: bool) -> f64 {
    let given = if happened { chance } else { 1.0 - chance };
    -given.clamp(SURE, 1.0 - SURE).ln()
}

/// Returns the squared difference between the probability and the outcome.
pub fn brier(chance: f64, happened: bool) -> f64 {
    (chance - if happened { 1.0 } else { 0.0 }).powi(2)
}

/// Returns the pinball loss of a quantile: each day that the outcome is later than predicted costs `level`, each day
/// earlier costs `1 - level`.
pub fn pinball(level: f64, predicted: f64, actual: f64) -> f64 {
    let late = actual - predicted;
    if late >= 0.0 { level * late } else { (level - 1.0) * late }
}

/// Returns the mean, or None without values.
pub fn mean(values: impl IntoIterator<Item = f64>) -> Option<f64> {
    let (mut sum, mut count) = (0.0, 0_u32);
    for value in values {
        sum += value;
        count += 1;
    }
    (count > 0).then(|| sum / f64::from(count))
}

/// Forecasts of similar probability, with the observed frequency.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bin {
    pub count: u32,
    pub predicted: f64,
    pub happened: f64,
}

/// Sorts forecasts by probability and divides them into `bins` of equal size: predicted against observed.
pub fn calibration(forecasts: &[(f64, bool)], bins: usize) -> Vec<Bin> {
    let mut sorted = forecasts.to_vec();
    sorted.sort_by(|one, other| one.0.total_cmp(&other.0));
    let count = sorted.len();
    (0..bins)
        .filter_map(|bin| {
            let part = &sorted[bin * count / bins..(bin + 1) * count / bins];
            let happened = part.iter().filter(|(_, happened)| *happened).count();
            Some(Bin {
                count: u32::try_from(part.len()).ok()?,
                predicted: mean(part.iter().map(|(chance, _)| *chance))?,
                happened: happened as f64 / part.len() as f64,
            })
        })
        .collect()
}

/// One block of a paired comparison: the sums of two losses over rows that are not independent of each other.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Block {
    pub ours: f64,
    pub theirs: f64,
}

/// How much lower our loss is than theirs, as a share of theirs, with the 95 % interval of a bootstrap over whole
/// blocks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gain {
    pub share: f64,
    /// None for fewer than eight blocks: one year alone gives nothing to draw from.
    pub interval: Option<(f64, f64)>,
}

/// Returns the gain over `blocks`, with the interval of `draws` bootstrap samples. The generator has a fixed seed, so
/// the same blocks give the same interval. None without blocks, or if their loss is zero.
pub fn gain(blocks: &[Block], draws: usize) -> Option<Gain> {
    let share = |sum: Block| (sum.theirs > 0.0).then(|| 1.0 - sum.ours / sum.theirs);
    let add = |sum: Block, block: &Block| Block { ours: sum.ours + block.ours, theirs: sum.theirs + block.theirs };
    let whole = share(blocks.iter().fold(Block::default(), add))?;
    let mut state = 0x5eed_1969_u64;
    let mut gains: Vec<f64> = (0..draws)
        .filter_map(|_| {
            let drawn = (0..blocks.len()).map(|_| &blocks[(next(&mut state) % blocks.len() as u64) as usize]);
            share(drawn.fold(Block::default(), add))
        })
        .collect();
    gains.sort_by(f64::total_cmp);
    let at =
        |level: f64| gains.get(((gains.len() as f64 * level) as usize).min(gains.len().saturating_sub(1))).copied();
    let interval = if blocks.len() < FEWEST { None } else { at(0.025).zip(at(0.975)) };
    Some(Gain { share: whole, interval })
}

/// Minimum number of blocks to estimate the variance.
pub const FEWEST: usize = 8;

/// Returns the 95 % interval of the sum of `ours` as a share of the sum of `theirs`, without a bootstrap. It assumes
/// that blocks are independent of each other and that the ratio is nearly normal (the first term of its expansion,
/// Student's factor). For pages, which are rendered often; reports use the bootstrap. None for fewer than eight blocks,
/// if `theirs` is zero, or if there is no variance.
pub fn ratio_interval(blocks: &[Block]) -> Option<(f64, f64)> {
    let count = blocks.len();
    let sum = blocks
        .iter()
        .fold(Block::default(), |sum, block| Block { ours: sum.ours + block.ours, theirs: sum.theirs + block.theirs });
    if count < FEWEST || sum.theirs <= 0.0 {
        return None;
    }
    let ratio = sum.ours / sum.theirs;
    let scatter: f64 = blocks.iter().map(|block| (block.ours - ratio * block.theirs).powi(2)).sum();
    if scatter <= 0.0 {
        return None;
    }
    let free = count as f64 - 1.0;
    let reach = student(free) * (scatter * count as f64 / free).sqrt() / sum.theirs;
    Some((ratio - reach, ratio + reach))
}

/// Returns the 97.5 % quantile of Student's distribution with `free` degrees of freedom (Cornish-Fisher expansion;
/// accurate to 1 % from seven on).
fn student(free: f64) -> f64 {
    const Z: f64 = 1.959_963_985;
    Z + (Z.powi(3) + Z) / (4.0 * free) + (5.0 * Z.powi(5) + 16.0 * Z.powi(3) + 3.0 * Z) / (96.0 * free * free)
}

/// `SplitMix64` (Steele, Lea, Flood 2014): sufficient for a bootstrap, and needs no dependency.
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
