use crate::minimize::minimize;

#[test]
fn the_minimum_of_the_rosenbrock_function_is_found() {
    let valley = |at: &[f64; 2]| (1.0 - at[0]).powi(2) + 100.0 * (at[1] - at[0] * at[0]).powi(2);
    let mut at = [-1.2, 1.0];
    for _ in 0..3 {
        at = minimize(at, 0.4, 1_000, valley);
    }
    assert!((at[0] - 1.0).abs() < 0.01 && (at[1] - 1.0).abs() < 0.02, "{at:?}");
}

#[test]
fn points_without_a_finite_value_are_avoided() {
    let wall = |at: &[f64; 1]| if at[0] < 1.0 { f64::NAN } else { at[0] };
    let [least] = minimize([5.0], 0.5, 500, wall);
    assert!((least - 1.0).abs() < 0.01, "{least}");
}

#[test]
fn without_a_step_the_best_start_vertex_is_returned() {
    assert_eq!(minimize([3.0, 4.0], 1.0, 0, |at: &[f64; 2]| at[0] - at[1]), [3.0, 5.0]);
}
