//! Prices and cost rates, from a day on: what was booked on those days is valued anew.

use super::{BooksError, Change, fit, held::Held, limits::hold_day, time};
use crate::{
    money::{Minutes, Money, Rate},
    server::entities::{cost_rate, project_terms, time_entry},
};
use chrono::NaiveDate;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

/// On which terms a project is worked on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// The price of a billable hour.
    pub billing_rate: Option<Rate>,
    /// The fixed price.
    pub fee: Option<Money>,
    /// The project's first day.
    pub starts_on: NaiveDate,
    /// Its last day, if one is set.
    pub ends_on: Option<NaiveDate>,
}

impl Change {
    /// Lets an hour of `person` cost `rate` from `from` on, until their next rate.
    ///
    /// # Errors
    /// There is no such person; the database failed or refused the rate.
    pub async fn set_cost_rate(&mut self, person: i64, from: NaiveDate, rate: Rate) -> Result<(), BooksError> {
        self.known.rates(person)?;
        hold_day("a rate's first day", from)?;
        rate.hold()?;
        self.execute(
            "DELETE FROM cost_rates WHERE person_id = $1 AND valid_from = $2",
            [person.into(), from.into()],
        )
        .await?;
        let id = self.ids("cost_rates", 1).await?;
        let row = cost_rate::Model {
            id,
            person_id: person,
            valid_from: from,
            cents_per_hour: rate.0,
        };
        self.insert([row]).await?;
        let rates = self.known.rates.entry(person).or_default();
        rates.set(from, rate);
        let until = rates.next_after(from);
        let affected = time_entry::Column::PersonId.eq(person);
        for row in self.entries(affected, from, until).await? {
            let cost = time::labour_cost(self.known.rates(person)?, row.worked_on, Minutes(row.minutes));
            self.execute(
                "UPDATE time_entries SET labour_cost = $1 WHERE id = $2",
                [cost.map(|cost| cost.0).into(), row.id.into()],
            )
            .await?;
        }
        Ok(())
    }

    /// Puts `project` on `terms` from `from` on, until its next ones.
    ///
    /// # Errors
    /// There is no such project; the database failed or refused the terms.
    pub async fn set_terms(&mut self, project: i64, from: NaiveDate, terms: Terms) -> Result<(), BooksError> {
        let known = self.known.project(project)?;
        hold_day("the first day of a project's terms", from)?;
        terms.hold()?;
        fit::terms(known.kind, &known.code, &terms)?;
        self.execute(
            "DELETE FROM project_terms WHERE project_id = $1 AND valid_from = $2",
            [project.into(), from.into()],
        )
        .await?;
        self.insert([terms.row(project, from)]).await?;
        let mut until = None;
        if let Some(known) = self.known.projects.get_mut(&project) {
            known.terms.set(from, terms);
            until = known.terms.next_after(from);
        }
        let known = self.known.project(project)?;
        if let Some(latest) = known.terms.latest() {
            self.execute(
                "UPDATE projects SET billing_rate = $1, fee = $2, starts_on = $3, ends_on = $4 WHERE id = $5",
                [
                    latest.billing_rate.map(|rate| rate.0).into(),
                    latest.fee.map(|fee| fee.0).into(),
                    latest.starts_on.into(),
                    latest.ends_on.into(),
                    project.into(),
                ],
            )
            .await?;
        }
        let affected = time_entry::Column::ProjectId.eq(project);
        for row in self.entries(affected, from, until).await? {
            let terms = known.terms.at(row.worked_on);
            let revenue = time::revenue(known.kind, terms, Minutes(row.minutes), row.billable);
            self.execute(
                "UPDATE time_entries SET revenue = $1 WHERE id = $2",
                [revenue.0.into(), row.id.into()],
            )
            .await?;
        }
        Ok(())
    }

    /// The time entries from `from` on and before `until` for which `condition` holds.
    async fn entries(
        &self,
        condition: sea_orm::sea_query::Expr,
        from: NaiveDate,
        until: Option<NaiveDate>,
    ) -> Result<Vec<time_entry::Model>, BooksError> {
        let mut select = time_entry::Entity::find()
            .filter(condition)
            .filter(time_entry::Column::WorkedOn.gte(from));
        if let Some(until) = until {
            select = select.filter(time_entry::Column::WorkedOn.lt(until));
        }
        Ok(select.all(&self.transaction).await?)
    }
}

impl Terms {
    pub(super) fn row(&self, project: i64, from: NaiveDate) -> project_terms::Model {
        project_terms::Model {
            project_id: project,
            valid_from: from,
            billing_rate: self.billing_rate.map(|rate| rate.0),
            fee: self.fee.map(|fee| fee.0),
            starts_on: self.starts_on,
            ends_on: self.ends_on,
        }
    }
}
