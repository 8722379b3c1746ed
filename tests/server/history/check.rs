//! The rules that must hold for every recorded history.
//!
//! A revision that somebody has seen was committed before that. So everyone who asks afterwards must see it or a newer
//! one, and everything that is stored afterwards gets a higher one. With several nodes the former holds within one
//! session only.
//!
//! All this holds within an epoch of the database. A restore begins a new one: the values of its rows are then newer
//! than anything that anybody remembers ([`Stamp`]), and choices acknowledged before the backup began must be among
//! them.

use super::{
    record::{Dated, History, How, Moment, Outcome, Owned, Read, Stamp, Who, Write},
    wire::keys,
};
use std::collections::{HashMap, HashSet};

/// The rule that was broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rule {
    /// An acknowledged choice was not stored, or is gone; a restore may take only choices that came after its backup.
    NoWriteLost,
    /// A window showed something older than before.
    NeverBack,
    /// A session saw something older than a value that it had stored.
    ReadYourWrites,
    /// Something older was shown than somebody had seen before it was asked for.
    NeverStale,
    /// Of two choices in a page the earlier one was stored over the later one.
    LastChoiceWins,
    /// Something is shown that nobody chose, or two values under one revision.
    OneValueForARevision,
    /// All was quiet, but not everything held the same value.
    AllEqualOnceQuiet,
    /// A session's copy is older than a value that it is sure to have stored.
    SessionKeepsItsChoice,
    /// A permitted choice was refused.
    NothingRefused,
}

#[derive(Clone, Debug)]
pub struct Violation {
    pub rule: Rule,
    pub story: String,
}

/// Whether one session's observations bind the answers to others: with one node they do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nodes {
    One,
    Several,
}

/// All violations in `history`.
pub fn check(history: &History, nodes: Nodes) -> Vec<Violation> {
    let mut broken = Broken(Vec::new());
    let seen = Seen::of(history);
    refused(history, &mut broken);
    one_value(history, &mut broken);
    for read in &history.reads {
        fresh(&seen, read, nodes, &mut broken);
    }
    acknowledged(history, &seen, &mut broken);
    super::kept::check(history, &mut broken);
    super::order::check(history, &mut broken);
    equal(history, &mut broken);
    super::copies::check(history, &mut broken);
    broken.0
}

/// The violations found so far.
pub struct Broken(pub Vec<Violation>);

impl Broken {
    pub fn add(&mut self, rule: Rule, story: String) {
        self.0.push(Violation { rule, story });
    }
}

/// A revision that was known, since when, and to whom.
#[derive(Clone, Copy)]
struct Known {
    at: Moment,
    stamp: Stamp,
    /// Nobody: it was in the row when all nodes were started after a restore.
    who: Option<Who>,
    is_own_write: bool,
}

/// The known revisions of each setting, in the order in which they came to be known.
struct Seen(HashMap<Owned, Vec<Known>>);

impl Seen {
    fn of(history: &History) -> Self {
        let mut seen: HashMap<Owned, Vec<Known>> = HashMap::new();
        let mut add = |of: Owned, known: Known| seen.entry(of).or_default().push(known);
        for epoch in history.epochs.iter().filter(|epoch| epoch.backup.is_some()) {
            for (of, first) in &epoch.first {
                let known = Known {
                    at: epoch.begun,
                    stamp: first.stamp,
                    who: None,
                    is_own_write: false,
                };
                add(*of, known);
            }
        }
        for write in &history.writes {
            if let (Outcome::Acknowledged(dated), Some(at)) = (&write.outcome, write.ended) {
                let known = Known {
                    at,
                    stamp: dated.stamp,
                    who: Some(write.who),
                    is_own_write: true,
                };
                add((write.who.user, write.setting), known);
            }
        }
        for read in &history.reads {
            let known = Known {
                at: read.ended,
                stamp: read.seen.stamp,
                who: Some(read.who),
                is_own_write: false,
            };
            add((read.who.user, read.setting), known);
        }
        for known in seen.values_mut() {
            known.sort_by_key(|known| known.at);
        }
        Self(seen)
    }

    /// The revisions that were known before `moment`.
    fn before(&self, of: Owned, moment: Moment) -> &[Known] {
        let known = self.0.get(&of).map_or(&[][..], Vec::as_slice);
        &known[..known.partition_point(|known| known.at < moment)]
    }

    /// The newest revision known before `moment`. Revisions rise fast, so a look at the latest finds it.
    fn newest(&self, of: Owned, moment: Moment, counts: impl Fn(&Known) -> bool) -> Option<Known> {
        let before = self.before(of, moment);
        let counted = before.iter().copied().filter(|known| counts(known));
        counted.max_by_key(|known| known.stamp)
    }
}

fn refused(history: &History, broken: &mut Broken) {
    for write in &history.writes {
        if let Outcome::Refused(error) = &write.outcome {
            broken.add(Rule::NothingRefused, format!("{error}: {write:?}"));
        }
    }
}

/// The observations of a setting, by revision: the value, when, and by whom.
type Observed = HashMap<Stamp, Vec<(String, Moment, String)>>;

/// Every value that was seen of a setting under a revision, and where it was seen first.
pub fn observed(history: &History) -> HashMap<Owned, Observed> {
    let mut observed: HashMap<Owned, Observed> = HashMap::new();
    let mut add = |of: Owned, dated: &Dated, at: Moment, by: &dyn Fn() -> String| {
        let values = observed.entry(of).or_default().entry(dated.stamp).or_default();
        match values.iter_mut().find(|(known, _, _)| *known == dated.value) {
            Some((_, first, _)) => *first = at.min(*first),
            None => values.push((dated.value.clone(), at, by())),
        }
    };
    for epoch in &history.epochs {
        for (of, dated) in &epoch.first {
            add(*of, dated, epoch.begun, &|| "the row at first".to_owned());
            if let Some(backup) = epoch.backup {
                let backed_up = dated.clone().of_epoch(backup.epoch);
                add(*of, &backed_up, epoch.begun, &|| "the backup".to_owned());
            }
        }
    }
    for write in &history.writes {
        if let (Outcome::Acknowledged(dated), Some(at)) = (&write.outcome, write.ended) {
            add((write.who.user, write.setting), dated, at, &|| format!("{write:?}"));
        }
    }
    for read in &history.reads {
        add((read.who.user, read.setting), &read.seen, read.ended, &|| {
            format!("{read:?}")
        });
    }
    for (of, dated) in &history.rows {
        add(*of, dated, Moment::MAX, &|| "the row".to_owned());
    }
    for copy in &history.copies {
        if let Some(dated) = &copy.dated {
            add(copy.of, dated, Moment::MAX, &|| format!("{copy:?}"));
        }
    }
    observed
}

fn one_value(history: &History, broken: &mut Broken) {
    for (of, revisions) in observed(history) {
        for (stamp, values) in revisions {
            if values.len() > 1 {
                let by: Vec<_> = values.into_iter().map(|(_, _, by)| by).collect();
                let story = format!("{} of user {}, {stamp:?}: {}", keys()[of.1], of.0, by.join(" but "));
                broken.add(Rule::OneValueForARevision, story);
            }
        }
    }
}

fn fresh(seen: &Seen, read: &Read, nodes: Nodes, broken: &mut Broken) {
    if read.how == How::Late {
        // Its value was the newest when it was stored, at whatever time that was.
        return;
    }
    let of = (read.who.user, read.setting);
    let is_session = |known: &Known| known.who.is_some_and(|who| who.session == read.who.session);
    let counts = |known: &Known| nodes == Nodes::One || known.who.is_none() || is_session(known);
    let is_older = |known: &Known| known.stamp > read.seen.stamp;
    let Some(newest) = seen.newest(of, read.begun, counts).filter(is_older) else {
        return;
    };
    let mut missed = seen.before(of, read.begun).iter().filter(|known| is_older(known));
    let is_window = |known: &Known| is_session(known) && known.who.is_some_and(|who| who.window == read.who.window);
    let rule = if missed.clone().any(is_window) {
        Rule::NeverBack
    } else if missed.any(|known| is_session(known) && known.is_own_write) {
        Rule::ReadYourWrites
    } else {
        Rule::NeverStale
    };
    let story = format!(
        "{:?} was known to {:?} at {}, then {read:?}",
        newest.stamp, newest.who, newest.at
    );
    broken.add(rule, story);
}

fn acknowledged(history: &History, seen: &Seen, broken: &mut Broken) {
    let mut stamps = HashSet::new();
    for write in &history.writes {
        let Outcome::Acknowledged(dated) = &write.outcome else {
            continue;
        };
        let of = (write.who.user, write.setting);
        let mut lost = |why: String| broken.add(Rule::NoWriteLost, format!("{why}: {write:?}"));
        if dated.value != write.value {
            lost("it was answered with another value".to_owned());
        }
        if !stamps.insert((of, dated.stamp)) {
            lost("another one has the same revision".to_owned());
        }
        if let Some(known) = seen.newest(of, write.sent, |known| known.stamp >= dated.stamp) {
            lost(format!("{:?} was known at {} already", known.stamp, known.at));
        }
    }
}

fn equal(history: &History, broken: &mut Broken) {
    for held in &history.held {
        let row = history.rows.get(&held.of);
        if !held.is_as_in(&history.rows) {
            let (user, setting) = held.of;
            let story = format!(
                "{} of user {user}: {} holds {:?}, the row {row:?}",
                keys()[setting],
                held.by,
                held.dated
            );
            broken.add(Rule::AllEqualOnceQuiet, story);
        }
    }
}

/// Whether `write` is sure to have been stored, and under which revision.
pub fn stored(write: &Write) -> Option<Stamp> {
    match &write.outcome {
        Outcome::Acknowledged(dated) => Some(dated.stamp),
        _ => None,
    }
}
