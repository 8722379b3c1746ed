//! Histories made by hand, each broken in one way: the checks must notice exactly that.

use super::{
    check::{Nodes, Rule, check},
    record::{Dated, Held, History, How, Left, Outcome, Read, SessionCopy, Stamp, Who, Write},
};

pub const WHO: Who = Who {
    user: 0,
    session: 0,
    window: 0,
    page: 0,
};
pub const OTHER: Who = Who {
    user: 0,
    session: 1,
    window: 0,
    page: 1,
};

pub fn stamped(value: &str, revision: i64) -> Dated {
    Dated {
        value: value.to_owned(),
        stamp: Stamp { epoch: 0, revision },
    }
}

pub fn write(who: Who, value: &str, (sent, ended): (u64, u64), revision: i64) -> Write {
    Write {
        who,
        setting: 0,
        value: value.to_owned(),
        sent,
        ended: Some(ended),
        outcome: match revision {
            0 => Outcome::Unknown,
            _ => Outcome::Acknowledged(stamped(value, revision)),
        },
    }
}

pub fn read(who: Who, value: &str, (begun, ended): (u64, u64), revision: i64) -> Read {
    Read {
        who,
        setting: 0,
        seen: stamped(value, revision),
        how: How::Newest,
        begun,
        ended,
    }
}

/// Two choices in one page, the second seen by another session.
fn good() -> History {
    let mut history = History::default();
    history.writes = vec![write(WHO, "web", (1, 2), 1), write(WHO, "mobile", (3, 4), 2)];
    history.reads = vec![read(OTHER, "mobile", (5, 6), 2)];
    history.rows.insert((0, 0), stamped("mobile", 2));
    history.held = vec![Held {
        by: "a window".to_owned(),
        of: (0, 0),
        dated: stamped("mobile", 2),
    }];
    history.copies = vec![SessionCopy {
        of: (0, 0),
        session: 0,
        dated: Some(stamped("mobile", 2)),
    }];
    history
}

pub fn broken(history: &History, nodes: Nodes) -> Vec<Rule> {
    let mut rules: Vec<_> = check(history, nodes)
        .into_iter()
        .map(|violation| violation.rule)
        .collect();
    rules.dedup();
    rules
}

#[track_caller]
pub fn assert_breaks(history: &History, rules: &[Rule]) {
    assert_eq!(broken(history, Nodes::One), rules, "{:?}", check(history, Nodes::One));
}

#[test]
fn a_good_history_passes() {
    assert_breaks(&good(), &[]);
}

#[test]
fn an_acknowledged_choice_that_the_row_does_not_have_is_lost() {
    let mut history = good();
    history.rows.insert((0, 0), stamped("web", 1));
    history.held[0].dated = stamped("web", 1);
    history.reads.clear();
    history.copies.clear();
    assert_breaks(&history, &[Rule::NoWriteLost]);
}

#[test]
fn two_choices_with_one_revision_are_one_too_many() {
    let mut history = good();
    history.writes.push(write(OTHER, "mobile", (3, 4), 2));
    assert_breaks(&history, &[Rule::NoWriteLost]);
}

#[test]
fn a_choice_stored_below_what_was_seen_is_lost() {
    let mut history = good();
    history.writes.push(write(OTHER, "design", (10, 11), 3));
    history.reads.push(read(OTHER, "all", (6, 7), 4));
    history.writes.push(write(OTHER, "all", (4, 8), 4));
    history.rows.insert((0, 0), stamped("all", 4));
    history.held.clear();
    let rules = broken(&history, Nodes::One);
    assert!(rules.contains(&Rule::NoWriteLost), "{rules:?}");
}

#[test]
fn a_window_that_goes_back_is_noticed() {
    let mut history = good();
    history.reads.push(read(OTHER, "web", (7, 8), 1));
    assert_breaks(&history, &[Rule::NeverBack]);
    assert_eq!(broken(&history, Nodes::Several), [Rule::NeverBack]);
}

#[test]
fn a_session_that_misses_its_own_choice_is_noticed() {
    let mut history = good();
    history.reads = vec![read(
        Who {
            window: 1,
            page: 2,
            ..WHO
        },
        "web",
        (5, 6),
        1,
    )];
    assert_breaks(&history, &[Rule::ReadYourWrites]);
    assert_eq!(broken(&history, Nodes::Several), [Rule::ReadYourWrites]);
}

#[test]
fn a_stale_answer_to_somebody_else_is_noticed_with_one_node() {
    let mut history = good();
    history.reads = vec![read(OTHER, "web", (5, 6), 1)];
    assert_breaks(&history, &[Rule::NeverStale]);
    assert!(broken(&history, Nodes::Several).is_empty());
}

#[test]
fn what_was_asked_for_before_may_be_older() {
    let mut history = good();
    history.reads = vec![read(OTHER, "web", (3, 6), 1)];
    assert_breaks(&history, &[]);
}

#[test]
fn an_earlier_choice_stored_over_a_later_one_is_noticed() {
    let mut history = good();
    history.writes = vec![write(WHO, "web", (1, 4), 2), write(WHO, "mobile", (2, 3), 1)];
    history.reads.clear();
    history.rows.insert((0, 0), stamped("web", 2));
    history.held.clear();
    history.copies.clear();
    assert_breaks(&history, &[Rule::LastChoiceWins]);
}

#[test]
fn a_given_up_choice_that_is_stored_over_a_later_one_is_noticed() {
    let mut history = good();
    history.writes = vec![write(WHO, "web", (1, 2), 0), write(WHO, "mobile", (3, 4), 1)];
    history.reads = vec![read(OTHER, "web", (5, 6), 2)];
    history.rows.insert((0, 0), stamped("web", 2));
    history.held.clear();
    history.copies.clear();
    assert_breaks(&history, &[Rule::LastChoiceWins]);
    // If another window's lost request may explain it, nothing is proven.
    history.writes.push(write(OTHER, "web", (1, 2), 0));
    assert_breaks(&history, &[]);
}

#[test]
fn what_nobody_chose_is_noticed() {
    let mut history = good();
    history.reads.push(read(OTHER, "design", (7, 8), 3));
    history.rows.insert((0, 0), stamped("design", 3));
    history.held.clear();
    assert_breaks(&history, &[Rule::OneValueForARevision]);
}

#[test]
fn two_values_under_one_revision_are_noticed() {
    let mut history = good();
    history.reads.push(read(OTHER, "design", (7, 8), 2));
    assert_breaks(&history, &[Rule::OneValueForARevision]);
}

#[test]
fn a_window_that_is_left_behind_is_noticed() {
    let mut history = good();
    history.held[0].dated = stamped("web", 1);
    assert_breaks(&history, &[Rule::AllEqualOnceQuiet]);
}

#[test]
fn a_session_without_its_own_choice_is_noticed() {
    let mut history = good();
    history.copies[0].dated = Some(stamped("web", 1));
    assert_breaks(&history, &[Rule::SessionKeepsItsChoice]);
    // Another request of the session that stores at the same time may have overwritten it.
    history.writes.push(Write {
        setting: 1,
        ..write(WHO, "2026", (2, 5), 0)
    });
    assert_breaks(&history, &[]);
    history.left.push(Left {
        of: (0, 0),
        session: 0,
        stamp: stamped("web", 2).stamp,
    });
    assert_breaks(&history, &[Rule::SessionKeepsItsChoice]);
}

#[test]
fn a_refusal_is_noticed() {
    let mut history = good();
    history.writes.push(Write {
        outcome: Outcome::Refused("no".to_owned()),
        ..write(OTHER, "web", (7, 8), 0)
    });
    assert_breaks(&history, &[Rule::NothingRefused]);
}
