//! What changed hands in the studio: two projects of each copy, and a person who went to another division.

use super::{
    calendar::Calendar,
    divisions::Place::{self, Design, Mobile, Web},
    projects::Project,
    staff::{POSTS, Worker},
};
use chrono::NaiveDate;

/// The projects by their plan's name, each with the month from which it is somebody else's.
const PROJECTS: [(&str, i32, Place); 2] = [
    ("Digital strategy workshops", 13, Design),
    ("Product data hub", 21, Mobile),
];

/// The number of the post whose holder goes elsewhere, with the month.
const PERSON: (usize, i32, Place) = (21, 20, Web);

/// The moves of projects: the id, the first day, the new division.
pub fn of_projects(calendar: &Calendar, projects: &[Project]) -> impl Iterator<Item = (i64, NaiveDate, Option<i64>)> {
    (1..).zip(projects).filter_map(|(id, project)| {
        let (_, month, place) = PROJECTS.iter().find(|(name, ..)| *name == project.plan.name)?;
        Some((id, calendar.month(*month), place.division_id()))
    })
}

/// The moves of people: the id, the first day, the new division.
pub fn of_people(calendar: &Calendar, workers: &[Worker]) -> impl Iterator<Item = (i64, NaiveDate, Option<i64>)> {
    let (post, month, place) = PERSON;
    let moved = workers.iter().filter(move |worker| worker.number % POSTS.len() == post);
    moved.map(move |worker| (worker.id(), calendar.month(month), place.division_id()))
}
