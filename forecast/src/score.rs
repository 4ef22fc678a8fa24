//! How good forecasts were: proper scores, which nobody betters by saying anything but what he believes.

/// Nobody is held to be surer than one in a million: one miss would cost everything.
const SURE: f64 = 1e-6;

/// Minus the logarithm (natural: nats) of the chance given to what happened.
pub fn log_loss(chance: f64, happened: bool) -> f64 {
    let given = if happened { chance } else { 1.0 - chance };
    -given.clamp(SURE, 1.0 - SURE).ln()
}

/// The squared distance of the chance from what happened.
pub fn brier(chance: f64, happened: bool) -> f64 {
    (chance - if happened { 1.0 } else { 0.0 }).powi(2)
}

/// What a quantile costs: too early by a day costs `level` days, too late by a day the rest.
pub fn pinball(level: f64, predicted: f64, actual: f64) -> f64 {
    let late = actual - predicted;
    if late >= 0.0 { level * late } else { (level - 1.0) * late }
}

/// Mean of what there is; none of nothing.
pub fn mean(values: impl IntoIterator<Item = f64>) -> Option<f64> {
    let (mut sum, mut count) = (0.0, 0_u32);
    for value in values {
        sum += value;
        count += 1;
    }
    (count > 0).then(|| sum / f64::from(count))
}

/// Forecasts of about one chance, and how often it came true.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bin {
    pub count: u32,
    pub predicted: f64,
    pub happened: f64,
}

/// Forecasts sorted by their chance and cut into `bins` of one size: what was predicted against what happened.
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

/// By how much our loss is below theirs, as a share of theirs, with the 95 % interval of drawing whole blocks anew.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gain {
    pub share: f64,
    /// None of fewer than eight blocks: of one year alone there is nothing to draw from.
    pub interval: Option<(f64, f64)>,
}

/// The gain over `blocks` with an interval of `draws` bootstrap samples. The same blocks give the same interval: the draws are
/// those of a generator with a fixed seed. None without blocks or where they lose nothing.
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

/// Fewer blocks than this say nothing of how much they scatter.
const FEWEST: usize = 8;

/// The 95 % interval of the sum of `ours` as a share of that of `theirs`, without drawing: blocks are taken to be independent of each
/// other, and the ratio to be nearly normal (the first term of its expansion, Student's factor). For pages, which are drawn often; a
/// report draws. None of fewer than eight blocks, where theirs are nothing, or where nothing scatters.
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

/// The 97.5 % quantile of Student's distribution with so many degrees of freedom (Cornish and Fisher's expansion; good to 1 % from seven on).
fn student(free: f64) -> f64 {
    const Z: f64 = 1.959_963_985;
    Z + (Z.powi(3) + Z) / (4.0 * free) + (5.0 * Z.powi(5) + 16.0 * Z.powi(3) + 3.0 * Z) / (96.0 * free * free)
}

/// `SplitMix64` (Steele, Lea, Flood 2014): enough to draw with, and nothing to depend on.
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
