//! What rows are narrowed to.

use crate::{books::ProjectKind, place::Place};

/// What rows are narrowed to, within a scope and some days; nothing leaves all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Narrowing {
    /// One project, by its code.
    pub project: Option<String>,
    /// One person, by id.
    pub person: Option<i64>,
    /// One client, by name.
    pub client: Option<String>,
    /// One category of bookings, by name.
    pub category: Option<String>,
    /// One supplier, by name.
    pub supplier: Option<String>,
    /// One kind of projects.
    pub project_kind: Option<ProjectKind>,
    /// One kind of bookings.
    pub booking_kind: Option<BookingKind>,
    /// What is billable, or what isn't.
    pub billable: Option<bool>,
    /// What belongs to a division, or what belongs to none.
    pub assigned: Option<bool>,
}

/// Who bears a booking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BookingKind {
    /// A project.
    OfProject,
    /// A division, or nobody yet.
    OfDivision,
    /// All divisions, by the key of the day.
    Shared,
}

impl Narrowing {
    /// What is at `place`, within its division and days.
    pub fn to(place: &Place) -> Self {
        Self {
            project: place.project.clone(),
            person: place.person,
            category: place.category.clone(),
            ..Self::default()
        }
    }
}

impl BookingKind {
    /// The condition in SQL for such a booking among `shares`.
    pub(super) fn condition(self) -> &'static str {
        match self {
            Self::OfProject => "shares.project_id IS NOT NULL",
            Self::OfDivision => "shares.project_id IS NULL AND NOT shares.shared",
            Self::Shared => "shares.shared",
        }
    }
}
