//! The rules for every studio.

use super::{
    accounts,
    command::{Command, Story},
    entering::Ids,
    generator::SPAN,
    oracle::Oracle,
    picture::{Picture, periods, whole_periods},
};
use crate::{
    app::TestApp,
    clock::NoonOf,
    database::{Kind, TestDatabase},
};
use chrono::NaiveDate;
use control_maniac::{
    days::Days,
    money::{Minutes, Money},
    server::{check, ledger::KeyFigures},
};
use std::sync::Arc;

/// How many commands of a story are checked more closely, on the days around theirs.
const CLOSELY: usize = 6;

/// A studio that a server runs on.
pub struct Studio {
    pub app: TestApp,
    pub ids: Ids,
    pub periods: Vec<Days>,
    story: Story,
    entered: usize,
}

impl Studio {
    /// Enters the first part of the story, in a few changes.
    ///
    /// # Errors
    /// The books refuse it.
    pub async fn found(kind: Kind, story: &Story, password_hash: &str) -> Result<Self, String> {
        let database = TestDatabase::bare(kind).await;
        let app = TestApp::start_with(database, kind, |config| config.clock = Arc::new(NoonOf(story.today))).await;
        let in_time = story.then.iter().chain(story.first.iter().rev());
        let days: Vec<NaiveDate> = in_time
            .map(Command::since)
            .filter(|day| *day > NaiveDate::MIN && *day >= SPAN.from)
            .collect();
        let mut studio = Self {
            app,
            ids: Ids::default(),
            periods: periods(&days[..days.len().min(CLOSELY + story.then.len())]),
            story: story.clone(),
            entered: 0,
        };
        let third = story.first.len().div_ceil(3).max(1);
        for commands in story.first.chunks(third) {
            studio.enter(commands).await?;
        }
        accounts::add(&studio.app, &studio.ids, password_hash).await;
        Ok(studio)
    }

    /// Enters further commands of the story.
    ///
    /// # Errors
    /// The books refuse them.
    pub async fn enter(&mut self, commands: &[Command]) -> Result<(), String> {
        let db = self.app.state.db.writer();
        let entered = self.ids.enter(db, commands).await;
        entered.map_err(|error| format!("the books refuse one of {commands:#?}: {error}"))?;
        self.entered += commands.len();
        Ok(())
    }

    /// The studio as it is now, worked out anew.
    pub fn oracle(&self) -> Oracle {
        let commands: Vec<&Command> = self
            .story
            .first
            .iter()
            .chain(&self.story.then)
            .take(self.entered)
            .collect();
        Oracle::of(self.story.today, &commands)
    }

    /// The figures for someone who sees everything.
    pub async fn picture(&self) -> Picture {
        let scope = accounts::everything(&self.app).await;
        Picture::of_ledger(
            self.app.state.db.writer(),
            &scope,
            &self.ids,
            &self.periods,
            self.story.today,
        )
        .await
    }

    /// Stops the server and drops the database.
    pub async fn close(self) {
        let mut app = self.app;
        app.stop().await;
        app.database.drop().await;
    }
}

/// Checks all properties of `story`.
///
/// # Errors
/// The property that doesn't hold, and where.
pub async fn hold(kind: Kind, story: &Story) -> Result<(), String> {
    let mut studio = Studio::found(kind, story, "").await?;
    let held = all_hold(&mut studio).await;
    studio.close().await;
    held
}

async fn all_hold(studio: &mut Studio) -> Result<(), String> {
    let mut picture = studio.picture().await;
    agrees_with_the_oracle(studio, &picture)?;
    adds_up(studio, &picture)?;
    rights_narrow(studio, &picture).await?;
    for command in studio.story.then.clone() {
        studio.enter(std::slice::from_ref(&command)).await?;
        let changed = studio.picture().await;
        let what = format!("after {command:?}, before its day");
        changed.same_before(&picture, command.since(), &what)?;
        picture = changed;
    }
    agrees_with_the_oracle(studio, &picture)?;
    adds_up(studio, &picture)?;
    is_clean(studio).await
}

fn agrees_with_the_oracle(studio: &Studio, picture: &Picture) -> Result<(), String> {
    let expected = Picture::of_oracle(&studio.oracle(), &studio.periods);
    picture.same_before(&expected, NaiveDate::MAX, "the ledger and the oracle")
}

fn equal<T: PartialEq + std::fmt::Debug>(what: &str, days: &Days, one: T, other: T) -> Result<(), String> {
    if one == other {
        return Ok(());
    }
    Err(format!(
        "{what}, {} to {}:\n    {one:?}\nnot  {other:?}",
        days.from, days.to
    ))
}

/// All is the sum of its parts, however it is divided: by owner, by project, by category, by time.
fn adds_up(studio: &Studio, picture: &Picture) -> Result<(), String> {
    let divisions = studio.ids.divisions.keys().copied().map(Some);
    let owners: Vec<_> = divisions.chain([None]).collect();
    for days in &studio.periods {
        let whole = picture.whole(days);
        let by_owner = owners.iter().map(|owner| picture.key_figures(days, *owner));
        equal(
            "All and its divisions",
            days,
            Some(whole),
            by_owner.reduce(|sum, more| sum + more),
        )?;
        equal(
            "categories and costs on projects and not",
            days,
            picture.booked(days),
            whole.external_cost + whole.overhead,
        )?;
        let projects = picture.projects(days);
        let money = |figure: fn(&(_, Money, Money)) -> Money| projects.iter().map(figure).sum::<Money>();
        let by_project = [
            money(|(figures, ..)| figures.revenue),
            money(|(figures, ..)| figures.external_cost),
            money(|(figures, ..)| figures.labour_cost.unwrap_or_default()),
            money(|(_, unbilled, _)| *unbilled),
            money(|(_, _, advances)| *advances),
        ];
        let of_whole = [
            whole.revenue,
            whole.external_cost,
            whole.labour_cost.unwrap_or_default(),
            whole.unbilled,
            whole.advances,
        ];
        equal("All and its projects", days, of_whole, by_project)?;
        let minutes: Minutes = projects.iter().map(|(figures, ..)| figures.minutes).sum();
        equal("hours of All and of its projects", days, whole.minutes, minutes)?;
    }
    let (years, quarters, months) = (whole_periods(""), whole_periods("-q"), whole_periods("-"));
    for owner in owners {
        for (parts, wholes) in [(&months, &quarters), (&quarters, &years)] {
            for (parts, whole) in parts.chunks(parts.len() / wholes.len()).zip(wholes) {
                let parts: Vec<KeyFigures> = parts.iter().map(|days| picture.key_figures(days, owner)).collect();
                let last = parts[parts.len() - 1];
                let sum = parts.into_iter().reduce(|sum, more| sum + more).unwrap();
                // Balances are those of the last day.
                let sum = KeyFigures {
                    unbilled: last.unbilled,
                    advances: last.advances,
                    ..sum
                };
                equal(
                    &format!("the parts of a time, {owner:?}"),
                    whole,
                    picture.key_figures(whole, owner),
                    sum,
                )?;
            }
        }
    }
    Ok(())
}

/// A user who sees one division, by choice or by right, sees exactly its figures, and who chose what is unassigned sees
/// exactly that; a user who may not see labour cost
/// sees all others.
async fn rights_narrow(studio: &Studio, picture: &Picture) -> Result<(), String> {
    let without_labour = |statement: KeyFigures| KeyFigures {
        labour_cost: None,
        unrated: None,
        ..statement
    };
    let (db, ids, today) = (studio.app.state.db.writer(), &studio.ids, studio.story.today);
    let mut scopes = vec![(None, accounts::unassigned(&studio.app).await, true)];
    for division in studio.ids.divisions.keys().copied() {
        let chosen = accounts::one(&studio.app, division).await;
        let (of_lead, sees_labour) = accounts::of_lead(&studio.app, division).await;
        scopes.extend([(Some(division), chosen, true), (Some(division), of_lead, sees_labour)]);
    }
    for (owner, scope, sees_labour) in scopes {
        let alone = Picture::of_ledger(db, &scope, ids, &studio.periods, today).await;
        for days in &studio.periods {
            let statement = picture.key_figures(days, owner);
            let statement = if sees_labour {
                statement
            } else {
                without_labour(statement)
            };
            equal(&format!("{owner:?} alone"), days, alone.whole(days), statement)?;
            let booked = statement.external_cost + statement.overhead;
            equal(&format!("categories of {owner:?}"), days, alone.booked(days), booked)?;
        }
    }
    let scope = accounts::everything_without_labour_cost(&studio.app).await;
    let seen = Picture::of_ledger(db, &scope, ids, &studio.periods, today).await;
    for days in &studio.periods {
        equal(
            "All without labour",
            days,
            seen.whole(days),
            without_labour(picture.whole(days)),
        )?;
    }
    Ok(())
}

/// `check` finds nothing.
async fn is_clean(studio: &Studio) -> Result<(), String> {
    let findings = check::run(studio.app.state.db.writer()).await.unwrap();
    let found: Vec<String> = findings
        .iter()
        .filter(|finding| finding.faults > 0)
        .map(ToString::to_string)
        .collect();
    if found.is_empty() {
        Ok(())
    } else {
        Err(format!("check finds {found:#?}"))
    }
}
