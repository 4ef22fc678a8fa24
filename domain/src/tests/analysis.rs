use crate::{Standing, WatchEnd, standing};

fn end(day: u32, broken: u32, kept: u32) -> WatchEnd {
    WatchEnd { day, broken, kept }
}

fn at(ends: &[WatchEnd], age: u32) -> Standing {
    standing(ends, &[age])[0]
}

/// The 6-MP arm of Freireich et al. (1963), the standard textbook example: weeks in remission of 21 patients, 12 of
/// them censored.
#[test]
fn the_curve_matches_the_textbook() {
    let ends = [
        end(6, 3, 1),
        end(7, 1, 0),
        end(9, 0, 1),
        end(10, 1, 1),
        end(11, 0, 1),
        end(13, 1, 0),
        end(16, 1, 0),
        end(17, 0, 1),
        end(19, 0, 1),
        end(20, 0, 1),
        end(22, 1, 0),
        end(23, 1, 0),
        end(25, 0, 1),
        end(32, 0, 2),
        end(34, 0, 1),
        end(35, 0, 1),
    ];
    for (age, share) in
        [(6, 1.0), (7, 0.857), (8, 0.807), (11, 0.753), (14, 0.690), (17, 0.627), (23, 0.538), (24, 0.448)]
    {
        assert!((at(&ends, age).share - share).abs() < 0.000_6, "{age}: {}", at(&ends, age).share);
    }
    let at_23 = at(&ends, 24);
    // R, survfit(conf.type = "log-log", conf.int = 0.9) at 23 weeks.
    assert!((at_23.low - 0.228).abs() < 0.02 && (at_23.high - 0.646).abs() < 0.02, "{at_23:?}");
    assert_eq!(at_23.watched, 5);
}

#[test]
fn an_age_that_no_date_reached_is_unknown_and_one_date_gives_no_certainty() {
    assert!(standing(&[], &[1, 7]).is_empty());
    let one = standing(&[end(10, 0, 1)], &[1, 10, 11]);
    assert_eq!(one.iter().map(|one| one.days).collect::<Vec<_>>(), [1, 10]);
    assert!((one[0].share - 1.0).abs() < f64::EPSILON && one[0].low < 0.06, "{one:?}");
    let all_broken = at(&[end(2, 4, 0), end(30, 0, 0)], 1);
    assert!((all_broken.share - 1.0).abs() < f64::EPSILON);
}

#[test]
fn a_date_broken_after_the_age_does_not_count_against_it() {
    let ends = [end(0, 1, 0), end(7, 1, 0), end(8, 0, 2)];
    assert!((at(&ends, 1).share - 0.75).abs() < 1e-12);
    assert!((at(&ends, 7).share - 0.75).abs() < 1e-12);
    assert!((at(&ends, 8).share - 0.5).abs() < 1e-12);
    assert!(standing(&ends, &[7]).iter().all(|one| one.low < one.share && one.share < one.high));
}
