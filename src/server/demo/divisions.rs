//! The studio's divisions, and the keys by which they share common costs.

use super::calendar::Calendar;
use crate::{
    books::{Key, NewDivision},
    money::Rate,
};
use chrono::{Days, NaiveDate};

/// The first month in which Print is closed.
pub const PRINT_CLOSES: i32 = 15;

/// Where a person, a project or a cost belongs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Web,
    Mobile,
    Design,
    Print,
    /// No division: the management and what it does.
    Studio,
}

impl Place {
    /// The divisions, in their order.
    pub const DIVISIONS: [Self; 4] = [Self::Web, Self::Mobile, Self::Design, Self::Print];

    /// The id of the division; none if it is unassigned.
    pub fn division_id(self) -> Option<i64> {
        Self::DIVISIONS
            .iter()
            .position(|place| *place == self)
            .map(|index| index as i64 + 1)
    }

    /// The prefix of its projects' codes.
    pub fn prefix(self) -> &'static str {
        match self {
            Self::Web => "WEB",
            Self::Mobile => "MOB",
            Self::Design => "DSG",
            Self::Print => "PRT",
            Self::Studio => "STU",
        }
    }

    /// The usual price of an hour in its fees.
    pub fn list_rate(self) -> Rate {
        Rate(match self {
            Self::Web => 9_800,
            Self::Mobile => 10_400,
            Self::Design => 9_200,
            Self::Print => 7_600,
            Self::Studio => 13_000,
        })
    }

    /// Whether it has work in a month.
    pub fn is_open(self, month: i32) -> bool {
        self != Self::Print || month < PRINT_CLOSES
    }

    /// Its last day, if it has one.
    pub fn last_day(self, calendar: &Calendar) -> Option<NaiveDate> {
        (self == Self::Print).then(|| calendar.month(PRINT_CLOSES) - Days::new(1))
    }
}

/// The divisions, in the order of their ids.
pub fn divisions() -> Vec<NewDivision> {
    let looks = [
        ("web", "Web", "blue"),
        ("mobile", "Mobile", "green"),
        ("design", "Design", "violet"),
        ("print", "Print", "amber"),
    ];
    let rows = looks.into_iter().zip(0..);
    rows.map(|((slug, name, accent), position)| NewDivision {
        slug: slug.to_owned(),
        name: name.to_owned(),
        position,
        accent: accent.to_owned(),
    })
    .collect()
}

/// The ids of the archived divisions, each with the first day on which it is archived.
pub fn archived(calendar: &Calendar) -> impl Iterator<Item = (i64, NaiveDate)> {
    let ended = |place: Place| Some((place.division_id()?, place.last_day(calendar)? + Days::new(1)));
    Place::DIVISIONS.into_iter().filter_map(ended)
}

/// The weights of the divisions in their order, each key with the month from which it is valid.
const KEYS: [(i32, [i64; 4]); 3] = [
    (0, [44, 28, 17, 11]),
    (9, [46, 29, 18, 7]),
    (PRINT_CLOSES, [49, 31, 20, 0]),
];

/// The overhead keys, each with the day from which it is valid.
pub fn overhead_keys(calendar: &Calendar) -> impl Iterator<Item = (NaiveDate, Key)> {
    KEYS.iter().map(|(month, weights)| {
        let weights = (1..).zip(*weights).filter(|(_, weight)| *weight > 0);
        (calendar.month(*month), Key(weights.collect()))
    })
}
