//! The studio's divisions, and the keys by which they share its common costs.

use super::calendar::Calendar;
use crate::{
    money::Rate,
    server::entities::{division, overhead_key},
};
use chrono::{Days, NaiveDate};

/// The month from which on Print is closed.
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

    /// The id of the division; none where it is unassigned.
    pub fn division_id(self) -> Option<i64> {
        Self::DIVISIONS
            .iter()
            .position(|place| *place == self)
            .map(|index| index as i64 + 1)
    }

    /// What the codes of its projects begin with.
    pub fn prefix(self) -> &'static str {
        match self {
            Self::Web => "WEB",
            Self::Mobile => "MOB",
            Self::Design => "DSG",
            Self::Print => "PRT",
            Self::Studio => "STU",
        }
    }

    /// What it usually calculates a fee with, for an hour.
    pub fn list_rate(self) -> Rate {
        Rate(match self {
            Self::Web => 9_800,
            Self::Mobile => 10_400,
            Self::Design => 9_200,
            Self::Print => 7_600,
            Self::Studio => 13_000,
        })
    }

    /// Whether there is work in it in a month.
    pub fn is_open(self, month: i32) -> bool {
        self != Self::Print || month < PRINT_CLOSES
    }

    /// Its last day, where it has one.
    pub fn last_day(self, calendar: &Calendar) -> Option<NaiveDate> {
        (self == Self::Print).then(|| calendar.month(PRINT_CLOSES) - Days::new(1))
    }
}

/// The table of divisions.
pub fn divisions(calendar: &Calendar) -> Vec<division::Model> {
    let looks = [
        ("web", "Web", "blue"),
        ("mobile", "Mobile", "green"),
        ("design", "Design", "violet"),
        ("print", "Print", "amber"),
    ];
    let rows = (1..).zip(Place::DIVISIONS).zip(looks).zip(0..);
    rows.map(|(((id, place), (slug, name, accent)), position)| division::Model {
        id,
        slug: slug.to_owned(),
        name: name.to_owned(),
        position,
        accent: accent.to_owned(),
        archived_on: place.last_day(calendar).map(|day| day + Days::new(1)),
    })
    .collect()
}

/// The weights of the divisions in their order, each key with the month from which it is valid.
const KEYS: [(i32, [i64; 4]); 3] = [
    (0, [44, 28, 17, 11]),
    (9, [46, 29, 18, 7]),
    (PRINT_CLOSES, [49, 31, 20, 0]),
];

/// The weights that split what is shared in a month, in the order of the divisions.
pub fn weights(month: i32) -> [i64; 4] {
    KEYS.iter()
        .rev()
        .find(|(from, _)| *from <= month)
        .map_or(KEYS[0].1, |(_, weights)| *weights)
}

/// The table of overhead keys.
pub fn overhead_keys(calendar: &Calendar) -> Vec<overhead_key::Model> {
    let weights = KEYS.iter().flat_map(|(month, weights)| {
        let valid_from = calendar.month(*month);
        (1..)
            .zip(*weights)
            .map(move |(division_id, weight)| (valid_from, division_id, weight))
    });
    (1..)
        .zip(weights.filter(|(_, _, weight)| *weight > 0))
        .map(|(id, (valid_from, division_id, weight))| overhead_key::Model {
            id,
            valid_from,
            division_id,
            weight,
        })
        .collect()
}
