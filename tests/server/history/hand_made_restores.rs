//! Histories with a restore, made by hand, each broken in one way: the checks must notice exactly that.

use super::{
    check::{Nodes, Rule},
    hand_made::{OTHER, WHO, assert_breaks, broken, read, stamped, write},
    record::{Backup, Dated, Epoch, Held, History, Outcome, Read, SessionCopy, Who, Write},
};
use std::collections::HashMap;

/// A value of the epoch that the restore began.
fn anew(value: &str, revision: i64) -> Dated {
    stamped(value, revision).of_epoch(1)
}

fn write_anew(who: Who, value: &str, when: (u64, u64), revision: i64) -> Write {
    Write {
        outcome: Outcome::Acknowledged(anew(value, revision)),
        ..write(who, value, when, revision)
    }
}

fn read_anew(who: Who, value: &str, when: (u64, u64), revision: i64) -> Read {
    Read {
        seen: anew(value, revision),
        ..read(who, value, when, revision)
    }
}

/// Of three choices a backup has two. The other session sees the third, then the restored one, and chooses anew, under
/// the revision that the third had.
fn good() -> History {
    let backup = Backup { epoch: 0, begun: 5 };
    let epoch = |name: &str, begun, first, backup| Epoch {
        name: name.to_owned(),
        begun,
        first,
        backup,
    };
    let mut history = History::default();
    history.epochs = vec![
        epoch("first", 0, HashMap::new(), None),
        epoch("second", 10, HashMap::from([((0, 0), anew("mobile", 2))]), Some(backup)),
    ];
    history.writes = vec![
        write(WHO, "web", (1, 2), 1),
        write(WHO, "mobile", (3, 4), 2),
        write(WHO, "design", (6, 7), 3),
        write_anew(OTHER, "all", (13, 14), 3),
    ];
    history.reads = vec![
        read(OTHER, "design", (8, 9), 3),
        read_anew(OTHER, "mobile", (11, 12), 2),
        read_anew(WHO, "all", (15, 16), 3),
    ];
    history.rows.insert((0, 0), anew("all", 3));
    history.held = vec![Held {
        by: "a window".to_owned(),
        of: (0, 0),
        dated: anew("all", 3),
    }];
    let copy = |session, dated| SessionCopy {
        of: (0, 0),
        session,
        dated: Some(dated),
    };
    history.copies = vec![copy(0, stamped("mobile", 2)), copy(1, anew("all", 3))];
    history
}

#[test]
fn a_restore_may_take_what_came_after_its_backup() {
    assert_breaks(&good(), &[]);
}

#[test]
fn a_window_that_is_shown_what_the_restore_took_is_noticed() {
    let mut history = good();
    history.reads.push(read(OTHER, "design", (17, 18), 3));
    assert_breaks(&history, &[Rule::NeverBack]);
    assert_eq!(broken(&history, Nodes::Several), [Rule::NeverBack]);
}

#[test]
fn a_window_that_is_shown_it_before_it_was_shown_what_was_restored_is_noticed() {
    let mut history = good();
    let who = Who { session: 2, ..OTHER };
    history.reads.push(read(who, "design", (11, 12), 3));
    assert_breaks(&history, &[Rule::NeverStale]);
    assert_eq!(broken(&history, Nodes::Several), [Rule::NeverStale]);
    // Asked for before the restore, it may come late.
    let late = history.reads.last_mut().unwrap();
    late.begun = 9;
    assert_breaks(&history, &[]);
}

#[test]
fn what_was_taken_and_comes_back_under_its_revision_is_noticed() {
    let mut history = good();
    // A session's copy was above the row.
    history.writes[2] = write(WHO, "design", (6, 7), 9);
    history.reads[0] = read(OTHER, "design", (8, 9), 9);
    assert_breaks(&history, &[]);
    history.reads.push(read_anew(OTHER, "design", (17, 18), 9));
    assert_breaks(&history, &[Rule::OneValueForARevision]);
}

#[test]
fn what_was_taken_and_comes_back_under_a_revision_given_anew_is_noticed() {
    let mut history = good();
    history.reads.push(read_anew(WHO, "design", (17, 18), 3));
    assert_breaks(&history, &[Rule::OneValueForARevision]);
}

#[test]
fn an_answer_older_than_what_was_restored_is_noticed() {
    let mut history = good();
    history.reads[1] = read_anew(OTHER, "web", (11, 12), 1);
    assert_breaks(&history, &[Rule::NeverStale]);
    assert_eq!(broken(&history, Nodes::Several), [Rule::NeverStale]);
}

#[test]
fn a_choice_that_the_backup_must_have_and_has_not_is_lost() {
    let mut history = good();
    history.epochs[1].first.insert((0, 0), anew("web", 1));
    history.reads[1] = read_anew(OTHER, "web", (11, 12), 1);
    assert_breaks(&history, &[Rule::NoWriteLost]);
    // Answered when the backup was already begun, it may be missing.
    history.writes[1].ended = Some(6);
    history.copies[0].dated = Some(stamped("web", 1));
    assert_breaks(&history, &[]);
}

#[test]
fn a_choice_that_the_last_epoch_began_with_and_that_its_backup_has_not_is_lost() {
    let mut history = good();
    history.epochs[0].first.insert((0, 0), stamped("design", 3));
    history.writes.drain(..3);
    assert_breaks(&history, &[Rule::NoWriteLost]);
}

#[test]
fn a_backup_of_something_else_is_noticed() {
    let mut history = good();
    history.epochs[1].first.insert((0, 0), anew("design", 2));
    history.reads.remove(1);
    assert_breaks(&history, &[Rule::OneValueForARevision]);
}

#[test]
fn a_choice_of_the_new_epoch_that_the_row_does_not_have_is_lost() {
    let mut history = good();
    history.rows.insert((0, 0), anew("mobile", 2));
    history.held[0].dated = anew("mobile", 2);
    history.copies.truncate(1);
    history.reads.truncate(2);
    assert_breaks(&history, &[Rule::NoWriteLost]);
}

#[test]
fn a_choice_stored_in_the_epoch_that_is_over_is_lost() {
    let mut history = good();
    history.writes.push(write(OTHER, "web", (17, 18), 4));
    assert_breaks(&history, &[Rule::NoWriteLost]);
}

#[test]
fn a_window_that_keeps_what_the_restore_took_is_noticed() {
    let mut history = good();
    history.held[0].dated = stamped("design", 3);
    assert_breaks(&history, &[Rule::AllEqualOnceQuiet]);
}

#[test]
fn a_session_that_keeps_what_the_restore_took_over_its_own_choice_is_noticed() {
    let mut history = good();
    history.copies[1].dated = Some(stamped("design", 3));
    assert_breaks(&history, &[Rule::SessionKeepsItsChoice]);
}

#[test]
fn what_was_under_way_over_a_restore_may_come_in_late() {
    let mut history = good();
    let page = Who { page: 2, ..OTHER };
    history.writes.push(write(page, "web", (9, 11), 0));
    history.writes.push(write_anew(page, "mobile", (17, 18), 4));
    history.rows.insert((0, 0), anew("web", 5));
    history.held[0].dated = anew("web", 5);
    history.copies[1].dated = Some(anew("web", 5));
    assert_breaks(&history, &[]);
    let sent_later = history
        .writes
        .iter_mut()
        .find(|write| write.value == "web" && write.who == page);
    sent_later.unwrap().sent = 12;
    assert_breaks(&history, &[Rule::LastChoiceWins]);
}

#[test]
fn a_restore_to_before_the_first_choice_leads_back_to_the_default() {
    let mut history = good();
    history.epochs[1].first.clear();
    history.epochs[1].backup = Some(Backup { epoch: 0, begun: 1 });
    history.writes.truncate(3);
    history.reads.truncate(1);
    history.reads.push(read_anew(OTHER, "all", (11, 12), 0));
    history.rows.clear();
    history.copies.clear();
    history.held[0].dated = anew("all", 0);
    assert_breaks(&history, &[]);
    history.held[0].dated = stamped("design", 3);
    assert_breaks(&history, &[Rule::AllEqualOnceQuiet]);
}
