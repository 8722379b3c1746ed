//! The rates, terms and keys by which the books value things, each with the day from which it holds.

use super::{BooksError, Key, ProjectKind, Terms, books_sql, dated::Dated};
use crate::money::Rate;
use sea_orm::ConnectionTrait;
use std::collections::HashMap;

/// The parts of a project that determine the value of its time.
pub(super) struct KnownProject {
    pub(super) code: String,
    pub(super) kind: ProjectKind,
    pub(super) terms: Dated<Terms>,
}

/// Everything by which the books value things.
#[derive(Default)]
pub(super) struct Known {
    pub(super) projects: HashMap<i64, KnownProject>,
    /// The cost rates of each person there is.
    pub(super) rates: HashMap<i64, Dated<Rate>>,
    pub(super) keys: Dated<Key>,
}

impl Known {
    pub(super) async fn load(db: &impl ConnectionTrait) -> Result<Self, BooksError> {
        let mut known = Self::default();
        for row in books_sql::projects(db).await? {
            let (code, kind, terms) = (row.code, row.kind, Dated::default());
            known.projects.insert(row.id, KnownProject { code, kind, terms });
        }
        for row in books_sql::terms(db).await? {
            if let Some(project) = known.projects.get_mut(&row.project_id) {
                project.terms.set(row.valid_from, row.terms());
            }
        }
        for person in books_sql::people(db).await? {
            known.rates.insert(person, Dated::default());
        }
        for row in books_sql::cost_rates(db).await? {
            let rates = known.rates.entry(row.person_id).or_default();
            rates.set(row.valid_from, Rate(row.cents_per_hour));
        }
        known.keys = books_sql::keys(db).await?.into_iter().collect();
        Ok(known)
    }

    pub(super) fn project(&self, id: i64) -> Result<&KnownProject, BooksError> {
        self.projects.get(&id).ok_or(BooksError::UnknownProject(id))
    }

    pub(super) fn rates(&self, id: i64) -> Result<&Dated<Rate>, BooksError> {
        self.rates.get(&id).ok_or(BooksError::UnknownPerson(id))
    }
}
