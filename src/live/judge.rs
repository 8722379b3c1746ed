//! How a window judges a snapshot: newer than the state it knows, older, or of a database that went back.
//!
//! Within an epoch of the database the newest wins. A snapshot of another epoch is taken whole, unless the window has
//! left that epoch. So is one that says less than the window knew when it asked: that was read later, and proves that
//! the database has gone back, even if the server has forgotten what it knew.

use super::Snapshot;
use crate::sticky::epochs::Epochs;
use std::collections::BTreeMap;

/// What a window knew when it asked for something.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// The epoch it was in.
    pub epoch: String,
    /// How many changes of rights there had been.
    pub rights_revision: i64,
    /// The revision of the figures' data.
    pub data_revision: i64,
    /// The revision of each setting, by key.
    pub settings: BTreeMap<&'static str, i64>,
}

/// How a snapshot arrived.
#[derive(Clone, Debug)]
pub enum Heard {
    /// It was sent unasked, and read at some time before.
    Told,
    /// It answers a question. Its settings may come from a server's memory.
    Answered(Asked),
    /// It answers a question, and all of it was read from the database.
    Read(Asked),
}

impl Heard {
    /// What the window knew when it asked for this.
    pub fn asked(&self) -> Option<&Asked> {
        match self {
            Self::Told => None,
            Self::Answered(asked) | Self::Read(asked) => Some(asked),
        }
    }

    /// Whether `snapshot` says less than the window knew when it asked.
    fn is_behind(&self, snapshot: &Snapshot, epochs: &Epochs) -> bool {
        let Some(asked) = self.asked().filter(|asked| asked.epoch == epochs.current()) else {
            return false;
        };
        let is_behind = |(key, revision): (&&str, &i64)| {
            let said = snapshot.settings.0.get(*key);
            said.map_or(0, |stamped| stamped.revision) < *revision
        };
        snapshot.rights_revision < asked.rights_revision
            || snapshot.basis.data_revision < asked.data_revision
            || (matches!(self, Self::Read(_)) && asked.settings.iter().any(is_behind))
    }
}

/// What to do with a snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing: the window knows something newer.
    Older,
    /// Take the newer parts.
    Newer,
    /// Take all of it, whatever is known: the database isn't the one it was.
    Whole,
}

/// Whether a window that knows `known`, and went through `epochs`, should take `snapshot`.
pub fn judge(snapshot: &Snapshot, heard: &Heard, known: &Snapshot, epochs: &Epochs) -> Verdict {
    if epochs.is_other(&snapshot.epoch) {
        // A snapshot of an epoch that was left may be a late message, unless we asked for it since: then that epoch is
        // back.
        let was_asked_since = heard.asked().is_some_and(|asked| asked.epoch == epochs.current());
        return match epochs.is_left(&snapshot.epoch) && !was_asked_since {
            true => Verdict::Older,
            false => Verdict::Whole,
        };
    }
    if epochs.is_other(&known.epoch) || heard.is_behind(snapshot, epochs) {
        return Verdict::Whole;
    }
    match snapshot.is_older_than(known) {
        true => Verdict::Older,
        false => Verdict::Newer,
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use crate::{
        live::Basis,
        sticky::{Settings, Stamped},
        user::User,
    };

    fn snapshot(epoch: &str, rights: i64, data: i64, setting: i64) -> Snapshot {
        let stamped = Stamped {
            value: "web".to_owned(),
            revision: setting,
        };
        Snapshot {
            account: 1,
            epoch: epoch.to_owned(),
            user: User {
                name: "Ada".to_owned(),
                divisions: Vec::new(),
                archived_divisions: Vec::new(),
                sees_everything: true,
                today: chrono::NaiveDate::default(),
            },
            settings: Settings([("division".to_owned(), stamped)].into()),
            basis: Basis {
                epoch: epoch.to_owned(),
                rights: "all".to_owned(),
                data_revision: data,
                day: chrono::NaiveDate::default(),
            },
            rights_revision: rights,
            build: "b".to_owned(),
        }
    }

    fn asked(known: &Snapshot) -> Asked {
        Asked {
            epoch: known.epoch.clone(),
            rights_revision: known.rights_revision,
            data_revision: known.basis.data_revision,
            settings: [("division", known.settings.0["division"].revision)].into(),
        }
    }

    fn in_epochs(names: &[&str]) -> Epochs {
        let mut epochs = Epochs::default();
        names.iter().for_each(|name| epochs.enter(name));
        epochs
    }

    #[test]
    fn within_an_epoch_the_newest_wins() {
        let (known, epochs) = (snapshot("a", 4, 9, 5), in_epochs(&["a"]));
        let earlier = asked(&snapshot("a", 3, 7, 2));
        for heard in [Heard::Told, Heard::Answered(earlier.clone()), Heard::Read(earlier)] {
            let judged = |rights, data, setting| judge(&snapshot("a", rights, data, setting), &heard, &known, &epochs);
            assert_eq!(judged(4, 9, 6), Verdict::Newer);
            assert_eq!(judged(5, 9, 5), Verdict::Newer);
            assert_eq!(judged(4, 9, 3), Verdict::Newer, "its settings are compared one by one");
            assert_eq!(judged(3, 9, 5), Verdict::Older, "{heard:?}: it was on its way for long");
            assert_eq!(judged(4, 8, 5), Verdict::Older);
        }
    }

    #[test]
    fn less_than_was_known_when_it_was_asked_for_proves_that_the_database_went_back() {
        let (known, epochs) = (snapshot("a", 4, 9, 5), in_epochs(&["a"]));
        let judged =
            |heard: &Heard, rights, data, setting| judge(&snapshot("a", rights, data, setting), heard, &known, &epochs);
        let (answered, read) = (Heard::Answered(asked(&known)), Heard::Read(asked(&known)));
        for heard in [&answered, &read] {
            assert_eq!(judged(heard, 3, 9, 5), Verdict::Whole);
            assert_eq!(judged(heard, 4, 0, 5), Verdict::Whole);
            assert_eq!(judged(heard, 4, 9, 5), Verdict::Newer);
        }
        assert_eq!(judged(&read, 4, 9, 4), Verdict::Whole, "the rows say it");
        assert_eq!(
            judged(&answered, 4, 9, 4),
            Verdict::Newer,
            "another node's memory is no proof"
        );
        let mut nothing_chosen = snapshot("a", 4, 9, 0);
        nothing_chosen.settings = Settings::default();
        assert_eq!(judge(&nothing_chosen, &read, &known, &epochs), Verdict::Whole);
    }

    #[test]
    fn another_epoch_is_taken_whole_and_one_that_was_left_is_old() {
        let known = snapshot("b", 1, 2, 1);
        let epochs = in_epochs(&["a", "b"]);
        let earlier = Heard::Answered(asked(&snapshot("a", 9, 9, 9)));
        for heard in [&Heard::Told, &earlier] {
            assert_eq!(judge(&snapshot("c", 0, 0, 0), heard, &known, &epochs), Verdict::Whole);
            assert_eq!(judge(&snapshot("a", 9, 9, 9), heard, &known, &epochs), Verdict::Older);
            assert_eq!(judge(&snapshot("b", 1, 3, 1), heard, &known, &epochs), Verdict::Newer);
        }
        let since = Heard::Answered(asked(&known));
        assert_eq!(
            judge(&snapshot("a", 9, 9, 9), &since, &known, &epochs),
            Verdict::Whole,
            "somebody put the old database back"
        );
    }

    #[test]
    fn an_epoch_that_a_choice_has_brought_is_taken_whole_by_the_next_word() {
        let (known, epochs) = (snapshot("a", 4, 9, 5), in_epochs(&["a", "b"]));
        assert_eq!(
            judge(&snapshot("b", 1, 1, 1), &Heard::Told, &known, &epochs),
            Verdict::Whole
        );
        assert_eq!(
            judge(&snapshot("a", 4, 9, 6), &Heard::Told, &known, &epochs),
            Verdict::Older
        );
    }

    #[test]
    fn a_server_that_knows_no_epochs_is_of_the_present_one() {
        let (known, epochs) = (snapshot("a", 4, 9, 5), in_epochs(&["a"]));
        assert_eq!(
            judge(&snapshot("", 4, 9, 6), &Heard::Told, &known, &epochs),
            Verdict::Newer
        );
        assert_eq!(
            judge(&snapshot("", 4, 8, 6), &Heard::Told, &known, &epochs),
            Verdict::Older
        );
    }
}
