use super::{at, launch, precision};
use crate::{Board, Freshness, Launch, Movement, Source, Status, Visit, VisitChangeKind};

fn board(launches: Vec<Launch>) -> Board {
    let freshness = Freshness {
        source: Source::Live,
        as_of: Some(at("2026-03-20T12:00:00Z")),
        failed_at: None,
        blocked: false,
        running_since: None,
        complete: Some(true),
        upcoming_count: 0,
        run_id: Some(1),
        poll_seconds: 3600,
        unreachable_since: None,
    };
    Board {
        launches,
        freshness,
        now: at("2026-03-20T12:01:00Z"),
        past_from: None,
        movement: Movement::PRIOR,
        past_state: None,
    }
}

fn status(id: i32, abbrev: &str) -> Status {
    Status { id, abbrev: abbrev.into(), name: format!("Name of {abbrev}") }
}

fn kept(launches: Vec<Launch>) -> Visit {
    let visit = Visit::of(&board(launches)).expect("there was an observation");
    let read = Visit::parse(&visit.to_text()).expect("our own text");
    assert_eq!(read, visit, "it parses back");
    read
}

#[test]
fn changes_are_described_from_old_to_new_and_trimming_is_not_a_change() {
    let flown = Launch { status: status(3, "Success"), ..launch(1) };
    let slipped = Launch { net: at("2026-05-02T00:00:00Z"), net_precision: precision(5), ..launch(2) };
    let restated = Launch { status: status(5, "Hold"), ..launch(3) };
    let trimmed = Launch { net: at("2026-04-01T22:24:30Z"), ..launch(4) };
    let firmed = launch(5);
    let vague = Launch { net: at("2026-04-30T00:00:00Z"), net_precision: precision(7), ..launch(5) };
    let before = kept(vec![launch(1), launch(2), launch(3), launch(4), vague, launch(6)]);
    let changes = before.changes(&[flown, slipped, restated, trimmed, firmed, launch(7)]);
    let told: Vec<_> = changes.iter().map(|change| (change.id.as_u128(), change.kind, change.words.as_str())).collect();
    assert_eq!(
        told,
        [
            (1, VisitChangeKind::Flown, "Name of Success"),
            (2, VisitChangeKind::Moved, "Wed 1 Apr 2026, 22:24 UTC \u{2192} 2 May 2026, later"),
            (5, VisitChangeKind::Moved, "April 2026 \u{2192} Wed 1 Apr 2026, 22:24 UTC, more exact"),
            (3, VisitChangeKind::Restated, "GO \u{2192} Hold"),
            (7, VisitChangeKind::New, "Wed 1 Apr 2026, 22:24 UTC"),
            (6, VisitChangeKind::Left, "no longer listed; it was Wed 1 Apr 2026, 22:24 UTC"),
        ]
    );
}

#[test]
fn an_unchanged_board_has_no_changes_and_an_empty_board_is_no_visit() {
    assert_eq!(kept(vec![launch(1), launch(2)]).changes(&[launch(2), launch(1)]), []);
    let mut empty = board(vec![]);
    empty.freshness.as_of = None;
    assert_eq!(Visit::of(&empty), None);
}

#[test]
fn an_incomplete_visit_is_ignored() {
    let text = kept(vec![launch(1), launch(2)]).to_text();
    for broken in ["", "{}", &text[..text.len() - 1], &text[..text.len() / 2], &text.replace("visit 1", "visit 9")] {
        assert_eq!(Visit::parse(broken), None, "{broken:?}");
    }
}
