//! The studio's people: where they work, what their hour costs, and when they work.

use super::{
    calendar::{Calendar, MONTHS, is_holiday},
    chance::{Chance, Stream},
    divisions::{
        PRINT_CLOSES,
        Place::{self, Design, Mobile, Print, Studio, Web},
    },
};
use crate::money::Rate;
use chrono::{Datelike, Days, NaiveDate};

/// A post in the studio.
pub struct Post {
    pub place: Place,
    /// Hours a week by contract.
    pub hours: i64,
    /// What an hour costs at first, in cents.
    pub cents: i64,
    /// How many of a hundred entries are for the studio itself.
    pub inside: i64,
    /// The months in which somebody has it.
    pub months: (i32, i32),
    /// For how many days at the beginning there is no cost rate.
    pub unrated_days: u64,
}

/// The months of a post that exists as long as its division.
const fn throughout(place: Place) -> (i32, i32) {
    (-1, if matches!(place, Print) { PRINT_CLOSES } else { MONTHS })
}

const fn post(place: Place, hours: i64, cents: i64, inside: i64) -> Post {
    Post {
        place,
        hours,
        cents,
        inside,
        months: throughout(place),
        unrated_days: 0,
    }
}

impl Post {
    const fn from(mut self, month: i32) -> Self {
        self.months.0 = month;
        self
    }

    const fn until(mut self, month: i32) -> Self {
        self.months.1 = month;
        self
    }

    const fn unrated(mut self, days: u64) -> Self {
        self.unrated_days = days;
        self
    }

    /// Whether the post exists as long as its division.
    pub fn is_steady(&self) -> bool {
        self.months == throughout(self.place)
    }
}

/// The posts of a studio of scale 1.
pub const POSTS: [Post; 32] = [
    post(Web, 40, 6_650, 22),
    post(Web, 40, 5_700, 12),
    post(Web, 40, 5_450, 11),
    post(Web, 32, 5_200, 14),
    post(Web, 40, 4_950, 11),
    post(Web, 40, 4_700, 10),
    post(Web, 30, 4_550, 13),
    post(Web, 40, 4_400, 12).until(18),
    post(Web, 40, 4_100, 12),
    post(Web, 40, 4_350, 12).from(4),
    post(Web, 40, 3_900, 13).from(10),
    post(Web, 40, 3_600, 16).from(17).unrated(31),
    post(Mobile, 40, 6_400, 20),
    post(Mobile, 40, 5_850, 11),
    post(Mobile, 32, 5_300, 12),
    post(Mobile, 40, 5_050, 11),
    post(Mobile, 40, 4_600, 12),
    post(Mobile, 24, 4_450, 14),
    post(Mobile, 40, 4_250, 12).from(7),
    post(Mobile, 40, 3_750, 17).from(20).unrated(38),
    post(Design, 40, 6_100, 20),
    post(Design, 32, 5_100, 13),
    post(Design, 40, 4_750, 12),
    post(Design, 30, 4_400, 13),
    post(Design, 40, 4_150, 13),
    post(Design, 40, 3_800, 14).from(12),
    post(Print, 40, 4_900, 24),
    post(Print, 40, 4_300, 21),
    post(Print, 30, 3_950, 22),
    post(Print, 20, 3_600, 22),
    post(Studio, 40, 8_200, 78),
    post(Studio, 32, 6_800, 74),
];

/// Somebody who has a post.
pub struct Worker {
    /// Which of the studio's copies they belong to.
    pub copy: usize,
    /// Their number among all people, from 0.
    pub number: usize,
    pub post: &'static Post,
    /// Their cost rates with the first day of each, oldest first.
    pub rates: Vec<(NaiveDate, Rate)>,
}

/// How somebody's month went.
pub struct Attendance {
    /// The days they worked.
    pub worked: Vec<NaiveDate>,
    pub contract_minutes: i64,
    pub absence_minutes: i64,
}

/// The people of one copy of the studio, in the order of the posts.
pub fn workers(calendar: &Calendar, copy: usize) -> Vec<Worker> {
    let worker = |(index, post)| {
        let number = copy * POSTS.len() + index;
        Worker {
            copy,
            number,
            post,
            rates: rates(calendar, number, post),
        }
    };
    POSTS.iter().enumerate().map(worker).collect()
}

/// The first rate, and for most people a raise in the same month of each year.
fn rates(calendar: &Calendar, number: usize, post: &Post) -> Vec<(NaiveDate, Rate)> {
    let mut chance = Chance::of(Stream::Raise, [number]);
    let hired = if post.months.0 < 0 {
        -chance.between(2, 9) as i32
    } else {
        post.months.0
    };
    let mut cents = post.cents;
    let mut rates = vec![(calendar.month(hired) + Days::new(post.unrated_days), Rate(cents))];
    if chance.percent(88) {
        for month in (1..)
            .map(|years| hired + years * 12)
            .take_while(|month| *month < post.months.1)
        {
            cents += cents * chance.between(35, 60) / 1_000 / 25 * 25;
            rates.push((calendar.month(month), Rate(cents)));
        }
    }
    rates
}

impl Worker {
    /// Their id in the books.
    pub fn id(&self) -> i64 {
        self.number as i64 + 1
    }

    /// Whether they are employed in a month.
    pub fn is_employed(&self, month: i32) -> bool {
        (self.post.months.0..self.post.months.1).contains(&month)
    }

    /// The cost rate valid on a day.
    pub fn rate(&self, day: NaiveDate) -> Option<Rate> {
        self.rates
            .iter()
            .rev()
            .find(|(from, _)| *from <= day)
            .map(|(_, rate)| *rate)
    }

    /// The length of a working day by contract, in minutes.
    pub fn day_minutes(&self) -> i64 {
        self.post.hours * 12
    }

    /// Which days of a month they work: not on holidays, on leave or ill.
    pub fn attendance(&self, calendar: &Calendar, month: i32) -> Attendance {
        let mut chance = Chance::of(Stream::Attendance, [self.number, month as usize]);
        let weekdays = calendar.weekdays(month);
        let (mut on_leave, mut week) = (false, None);
        let mut worked = Vec::with_capacity(weekdays.len());
        for day in &weekdays {
            if week.replace(day.iso_week()) != Some(day.iso_week()) {
                on_leave = chance.percent(leave(day.month()));
            }
            let is_ill_or_off = chance.percent(4);
            if !on_leave && !is_ill_or_off && !is_holiday(*day) {
                worked.push(*day);
            }
        }
        let absent = weekdays.len() - worked.len();
        let minutes = |days: usize| days as i64 * self.day_minutes();
        Attendance {
            worked,
            contract_minutes: minutes(weekdays.len()),
            absence_minutes: minutes(absent),
        }
    }
}

/// How many of a hundred people are on leave in a week of a month of the year.
fn leave(month: u32) -> i64 {
    match month {
        8 => 26,
        7 => 17,
        12 => 14,
        4 | 10 => 11,
        _ => 6,
    }
}
