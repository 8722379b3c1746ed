//! Who owns something from a day on. Nothing before that day changes.

use super::{
    BooksError, Change,
    books_sql::{self, Owners, PERSON_OWNERS, PROJECT_OWNERS},
    limits::hold_day,
};
use crate::messages::books;
use chrono::NaiveDate;

impl Change {
    /// Gives `project` to `division` from `from` on, until its next move.
    ///
    /// # Errors
    /// There is no such project or division; the database failed.
    pub async fn move_project(
        &mut self,
        project: i64,
        from: NaiveDate,
        division: Option<i64>,
    ) -> Result<(), BooksError> {
        self.known.project(project)?;
        self.set_owner(&PROJECT_OWNERS, project, from, division).await
    }

    /// Makes `person` belong to `division` from `from` on, until their next move.
    ///
    /// # Errors
    /// There is no such person or division; the database failed.
    pub async fn move_person(&mut self, person: i64, from: NaiveDate, division: Option<i64>) -> Result<(), BooksError> {
        self.known.rates(person)?;
        self.set_owner(&PERSON_OWNERS, person, from, division).await
    }

    async fn set_owner(
        &mut self,
        owners: &Owners,
        owned: i64,
        from: NaiveDate,
        division: Option<i64>,
    ) -> Result<(), BooksError> {
        hold_day(books::move_day, from)?;
        books_sql::set_owner(&self.transaction, owners, owned, from, division).await?;
        Ok(books_sql::mirror_owner(&self.transaction, owners, owned).await?)
    }

    /// From `from` on, `division` can't be chosen any more; its figures stay.
    ///
    /// # Errors
    /// The database failed.
    pub async fn archive_division(&mut self, division: i64, from: NaiveDate) -> Result<(), BooksError> {
        hold_day(books::archiving_day, from)?;
        Ok(books_sql::archive(&self.transaction, division, from).await?)
    }
}
