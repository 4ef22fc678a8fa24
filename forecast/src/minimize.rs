//! Minimizes a function of several variables without derivatives: the simplex method of Nelder and Mead (1965), with
//! the usual coefficients.

/// Smaller differences between the corners, in value and in place, count as zero.
const SAME_VALUE: f64 = 1e-7;
const SAME_PLACE: f64 = 1e-3;

/// Returns the minimum of `of`, searched from `start` with corners one `step` away along each axis, in at most `steps`
/// steps. A NaN counts as worse than any number. The result is deterministic.
pub(crate) fn minimize<const N: usize>(
    start: [f64; N],
    step: f64,
    steps: usize,
    of: impl Fn(&[f64; N]) -> f64,
) -> [f64; N] {
    let corner = |at: [f64; N]| {
        let value = of(&at);
        Corner { at, value: if value.is_nan() { f64::INFINITY } else { value } }
    };
    let mut corners = vec![corner(start)];
    corners.extend((0..N).map(|axis| {
        let mut at = start;
        at[axis] += step;
        corner(at)
    }));
    let by_value = |one: &Corner<N>, other: &Corner<N>| one.value.total_cmp(&other.value);
    for _ in 0..steps {
        corners.sort_by(by_value);
        let (best, worst) = (corners[0], corners[N]);
        if worst.value - best.value < SAME_VALUE && corners.iter().all(|corner| corner.is_near(&best)) {
            break;
        }
        let mut middle = [0.0; N];
        for corner in &corners[..N] {
            for (sum, at) in middle.iter_mut().zip(corner.at) {
                *sum += at / N as f64;
            }
        }
        // The worst corner is reflected at the middle of the others: farther if that improves it, less far if not.
        let thrown = |by: f64| corner(std::array::from_fn(|axis| middle[axis] + by * (middle[axis] - worst.at[axis])));
        let reflected = thrown(1.0);
        if reflected.value < best.value {
            let expanded = thrown(2.0);
            corners[N] = if expanded.value < reflected.value { expanded } else { reflected };
        } else if reflected.value < corners[N.saturating_sub(1)].value {
            corners[N] = reflected;
        } else {
            let contracted = thrown(if reflected.value < worst.value { 0.5 } else { -0.5 });
            if contracted.value < worst.value.min(reflected.value) {
                corners[N] = contracted;
            } else {
                for shrunk in &mut corners[1..] {
                    *shrunk = corner(std::array::from_fn(|axis| f64::midpoint(best.at[axis], shrunk.at[axis])));
                }
            }
        }
    }
    corners.into_iter().min_by(by_value).map_or(start, |corner| corner.at)
}

#[derive(Clone, Copy)]
struct Corner<const N: usize> {
    at: [f64; N],
    value: f64,
}

impl<const N: usize> Corner<N> {
    fn is_near(&self, other: &Self) -> bool {
        self.at.iter().zip(other.at).all(|(one, other)| (one - other).abs() < SAME_PLACE)
    }
}
