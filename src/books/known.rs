//! What the books value by: rates, terms and keys, each with the day from which it holds.

use super::{BooksError, Key, Terms, dated::Dated};
use crate::{
    money::{Money, Rate},
    server::entities::{cost_rate, overhead_key, person, project, project_terms},
};
use sea_orm::{ConnectionTrait, EntityTrait, QueryOrder};
use std::collections::{BTreeMap, HashMap};

/// A project, as far as its time is valued by it.
pub(super) struct KnownProject {
    pub(super) code: String,
    pub(super) kind: project::Kind,
    pub(super) terms: Dated<Terms>,
}

/// Everything the books value by.
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
        for row in project::Entity::find().all(db).await? {
            let (code, kind, terms) = (row.code, row.kind, Dated::default());
            known.projects.insert(row.id, KnownProject { code, kind, terms });
        }
        for row in project_terms::Entity::find().all(db).await? {
            if let Some(project) = known.projects.get_mut(&row.project_id) {
                let (from, terms) = (row.valid_from, Terms::from(row));
                project.terms.set(from, terms);
            }
        }
        for row in person::Entity::find().all(db).await? {
            known.rates.insert(row.id, Dated::default());
        }
        for row in cost_rate::Entity::find().all(db).await? {
            let rates = known.rates.entry(row.person_id).or_default();
            rates.set(row.valid_from, Rate(row.cents_per_hour));
        }
        let keys = overhead_key::Entity::find().order_by_asc(overhead_key::Column::Id);
        let mut by_day: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for row in keys.all(db).await? {
            by_day
                .entry(row.valid_from)
                .or_default()
                .push((row.division_id, row.weight));
        }
        known.keys = by_day.into_iter().map(|(from, weights)| (from, Key(weights))).collect();
        Ok(known)
    }

    pub(super) fn project(&self, id: i64) -> Result<&KnownProject, BooksError> {
        self.projects
            .get(&id)
            .ok_or(BooksError::Unknown { what: "project", id })
    }

    pub(super) fn rates(&self, id: i64) -> Result<&Dated<Rate>, BooksError> {
        self.rates.get(&id).ok_or(BooksError::Unknown { what: "person", id })
    }
}

impl From<project_terms::Model> for Terms {
    fn from(row: project_terms::Model) -> Self {
        Self {
            billing_rate: row.billing_rate.map(Rate),
            fee: row.fee.map(Money),
            starts_on: row.starts_on,
            ends_on: row.ends_on,
        }
    }
}
