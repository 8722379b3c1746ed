//! A session's copy of a setting is never older than a value that the session is sure to have stored.
//!
//! The session's record is saved whole: of two requests of one session that store at the same time, either may
//! overwrite the other's change. So a choice counts only if its request overlapped no other one of its session that
//! stores. Every later save is then made of a record that has it. After a restore the session's record is that of the
//! backup: choices that the session stored before no longer count.

use super::{
    check::{Broken, Rule, stored},
    record::{History, Moment, Outcome, Owned, SessionCopy, Stamp, Write},
    wire::keys,
};
use std::collections::HashMap;

pub fn check(history: &History, broken: &mut Broken) {
    let mut by_session: HashMap<(usize, usize), Vec<&Write>> = HashMap::new();
    for write in &history.writes {
        by_session
            .entry((write.who.user, write.who.session))
            .or_default()
            .push(write);
    }
    let mut sure: HashMap<(Owned, usize), (&Write, Stamp)> = HashMap::new();
    for ((user, session), mut writes) in by_session {
        writes.sort_by_key(|write| write.sent);
        let now = history.epochs.len().saturating_sub(1);
        let alone = alone(&writes, &history.over);
        for (write, stamp) in alone.into_iter().filter(|(_, stamp)| stamp.epoch == now) {
            let newest = sure.entry(((user, write.setting), session)).or_insert((write, stamp));
            if newest.1 < stamp {
                *newest = (write, stamp);
            }
        }
    }
    for left in &history.left {
        let of_left = |copy: &&SessionCopy| (copy.of, copy.session) == (left.of, left.session);
        for copy in history.copies.iter().filter(of_left) {
            if stamp(copy) < Some(left.stamp) {
                broken.add(Rule::SessionKeepsItsChoice, format!("{left:?}, but {copy:?}"));
            }
        }
    }
    for copy in &history.copies {
        if let Some((write, stored)) = sure.get(&(copy.of, copy.session))
            && stamp(copy) < Some(*stored)
        {
            broken.add(
                Rule::SessionKeepsItsChoice,
                format!("{stored:?} is {write:?}, but {copy:?}"),
            );
        }
        if history
            .rows
            .get(&copy.of)
            .is_some_and(|row| Some(row.stamp) < stamp(copy))
        {
            let story = format!("{copy:?} is newer than the row's {}", keys()[copy.of.1]);
            broken.add(Rule::SessionKeepsItsChoice, story);
        }
    }
}

fn stamp(copy: &SessionCopy) -> Option<Stamp> {
    copy.dated.as_ref().map(|dated| dated.stamp)
}

/// A session's requests, in the order of sending, that were acknowledged and overlapped no other.
fn alone<'a>(writes: &[&'a Write], over: &[Moment]) -> Vec<(&'a Write, Stamp)> {
    let ends: Vec<Moment> = writes.iter().map(|write| end(write, over)).collect();
    let mut alone = Vec::new();
    let mut busy_until = 0;
    for (at, write) in writes.iter().enumerate() {
        let is_alone = busy_until < write.sent && writes.get(at + 1).is_none_or(|next| ends[at] < next.sent);
        busy_until = busy_until.max(ends[at]);
        if is_alone && let Some(stamp) = stored(write) {
            alone.push((*write, stamp));
        }
    }
    alone
}

/// The moment from which this request is certainly no longer under way.
fn end(write: &Write, over: &[Moment]) -> Moment {
    match (&write.outcome, write.ended) {
        (Outcome::Unknown, _) | (_, None) => over
            .iter()
            .copied()
            .find(|over| *over > write.sent)
            .unwrap_or(Moment::MAX),
        (_, Some(ended)) => ended,
    }
}
