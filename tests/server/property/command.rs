//! The events in a random studio: commands to the books. Things have numbers of their own, so that any command can be
//! left out together with those that depend on it.

use chrono::NaiveDate;
use control_maniac::{
    books::{BEGINNING, Terms},
    server::ledger::ProjectKind,
};
use std::collections::{HashMap, HashSet};

/// A division's number, or none for the unassigned rest.
pub type Owner = Option<u8>;

/// Something that is entered into the books.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    Division {
        number: u8,
    },
    Person {
        number: u8,
        division: Owner,
    },
    Project {
        number: u8,
        division: Owner,
        kind: ProjectKind,
        terms: Terms,
        budget: Option<i64>,
        budget_minutes: Option<i64>,
    },
    MoveProject {
        project: u8,
        from: NaiveDate,
        to: Owner,
    },
    MovePerson {
        person: u8,
        from: NaiveDate,
        to: Owner,
    },
    Archive {
        division: u8,
        from: NaiveDate,
    },
    Rate {
        person: u8,
        from: NaiveDate,
        cents: i64,
    },
    Agree {
        project: u8,
        from: NaiveDate,
        terms: Terms,
    },
    Key {
        from: NaiveDate,
        weights: Vec<(u8, i64)>,
    },
    Capacity {
        person: u8,
        month: NaiveDate,
        contract: i64,
        absence: i64,
    },
    Time {
        person: u8,
        project: u8,
        day: NaiveDate,
        minutes: i64,
        billable: bool,
    },
    Cost {
        day: NaiveDate,
        amount: i64,
        billable: bool,
        category: u8,
        bearer: Bearer,
    },
    Invoice {
        number: u16,
        project: u8,
        day: NaiveDate,
        amount: i64,
    },
}

/// Who bears a cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bearer {
    Project(u8),
    Division(u8),
    Shared,
    Unassigned,
}

impl Command {
    /// The first day whose figures it may concern.
    pub fn since(&self) -> NaiveDate {
        match self {
            Self::Division { .. } | Self::Person { .. } | Self::Project { .. } => BEGINNING,
            Self::MoveProject { from, .. }
            | Self::MovePerson { from, .. }
            | Self::Archive { from, .. }
            | Self::Rate { from, .. }
            | Self::Agree { from, .. }
            | Self::Key { from, .. } => *from,
            Self::Capacity { month, .. } => *month,
            Self::Time { day, .. } | Self::Cost { day, .. } | Self::Invoice { day, .. } => *day,
        }
    }
}

/// A studio: the commands that were entered, and those entered after it was first looked at.
#[derive(Clone, Debug)]
pub struct Story {
    pub today: NaiveDate,
    pub first: Vec<Command>,
    pub then: Vec<Command>,
}

impl Story {
    /// The same without commands about things that were never entered, since another command was left out.
    pub fn possible(self) -> Self {
        let mut known = Known::default();
        let mut keep = |commands: Vec<Command>| commands.into_iter().filter(|command| known.takes(command)).collect();
        Self {
            today: self.today,
            first: keep(self.first),
            then: keep(self.then),
        }
    }

    /// How many commands there are.
    pub fn len(&self) -> usize {
        self.first.len() + self.then.len()
    }

    /// The same without the commands from the number `start` to before `end`.
    pub fn without(&self, start: usize, end: usize) -> Self {
        let keep = |commands: &[Command], before: usize| {
            let numbered = commands.iter().enumerate();
            let kept = numbered.filter(|(place, _)| !(start..end).contains(&(place + before)));
            kept.map(|(_, command)| command.clone()).collect()
        };
        Self {
            today: self.today,
            first: keep(&self.first, 0),
            then: keep(&self.then, self.first.len()),
        }
        .possible()
    }
}

/// The things that were entered so far.
#[derive(Default)]
struct Known {
    divisions: HashSet<u8>,
    people: HashSet<u8>,
    projects: HashSet<u8>,
    capacities: HashSet<(u8, NaiveDate)>,
    /// How long each person has worked on a day.
    worked: HashMap<(u8, NaiveDate), i64>,
}

/// The minutes of a day.
const DAY: i64 = 24 * 60;

impl Known {
    /// Whether the books can take `command`, after those they have taken.
    fn takes(&mut self, command: &Command) -> bool {
        let is_owner = |owner: &Owner| owner.is_none_or(|division| self.divisions.contains(&division));
        match command {
            Command::Division { number } => self.divisions.insert(*number),
            Command::Person { number, division } => is_owner(division) && self.people.insert(*number),
            Command::Project { number, division, .. } => is_owner(division) && self.projects.insert(*number),
            Command::MoveProject { project, to, .. } => is_owner(to) && self.projects.contains(project),
            Command::MovePerson { person, to, .. } => is_owner(to) && self.people.contains(person),
            Command::Archive { division, .. } => self.divisions.contains(division),
            Command::Rate { person, .. } => self.people.contains(person),
            Command::Agree { project, .. } | Command::Invoice { project, .. } => self.projects.contains(project),
            Command::Key { weights, .. } => weights.iter().all(|(division, _)| self.divisions.contains(division)),
            Command::Capacity { person, month, .. } => {
                self.people.contains(person) && self.capacities.insert((*person, *month))
            }
            Command::Time {
                person,
                project,
                day,
                minutes,
                ..
            } => {
                let worked = self.worked.entry((*person, *day)).or_default();
                let is_possible =
                    *worked + minutes <= DAY && self.people.contains(person) && self.projects.contains(project);
                *worked += if is_possible { *minutes } else { 0 };
                is_possible
            }
            Command::Cost { bearer, .. } => match bearer {
                Bearer::Project(project) => self.projects.contains(project),
                Bearer::Division(division) => self.divisions.contains(division),
                Bearer::Shared | Bearer::Unassigned => true,
            },
        }
    }
}
