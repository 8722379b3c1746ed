//! Whose something is, from a day on. Nothing that was before that day changes.

use super::{BooksError, Change, limits::hold_day};
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
        hold_day("the day of a move", from)?;
        self.execute(
            "INSERT INTO project_divisions (project_id, valid_from, division_id) VALUES ($1, $2, $3)
             ON CONFLICT (project_id, valid_from) DO UPDATE SET division_id = excluded.division_id",
            [project.into(), from.into(), division.into()],
        )
        .await?;
        self.execute(
            "UPDATE projects SET division_id = (SELECT division_id FROM project_divisions
                                                WHERE project_id = $1 ORDER BY valid_from DESC LIMIT 1)
             WHERE id = $1",
            [project.into()],
        )
        .await
    }

    /// Lets `person` belong to `division` from `from` on, until their next change.
    ///
    /// # Errors
    /// There is no such person or division; the database failed.
    pub async fn move_person(&mut self, person: i64, from: NaiveDate, division: Option<i64>) -> Result<(), BooksError> {
        self.known.rates(person)?;
        hold_day("the day of a move", from)?;
        self.execute(
            "INSERT INTO person_divisions (person_id, valid_from, division_id) VALUES ($1, $2, $3)
             ON CONFLICT (person_id, valid_from) DO UPDATE SET division_id = excluded.division_id",
            [person.into(), from.into(), division.into()],
        )
        .await?;
        self.execute(
            "UPDATE people SET division_id = (SELECT division_id FROM person_divisions
                                              WHERE person_id = $1 ORDER BY valid_from DESC LIMIT 1)
             WHERE id = $1",
            [person.into()],
        )
        .await
    }

    /// Takes `division` out of the choice from `from` on; its figures stay.
    ///
    /// # Errors
    /// The database failed.
    pub async fn archive_division(&mut self, division: i64, from: NaiveDate) -> Result<(), BooksError> {
        hold_day("the day of archiving", from)?;
        self.execute(
            "UPDATE divisions SET archived_on = $1 WHERE id = $2",
            [from.into(), division.into()],
        )
        .await
    }
}
