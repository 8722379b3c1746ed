//! Rows that are looked for: with their sum, some of them for a page, or all, one after the other.

use crate::{
    report::{AllRows, List, Pager, Row, RowSource, RowStream, Table},
    search::{Contents, Wanted},
    server::sql::Sql,
};
use async_stream::try_stream;
use futures_util::{Stream, StreamExt, TryStreamExt, pin_mut};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr, FromQueryResult, StreamTrait};
use std::sync::Arc;

/// How many rows that a search found are kept while the others are counted; if there are more, those of the page are read
/// again.
const MOST_HELD: usize = 1_000;

/// Rows of one kind that the database can find.
pub trait Sought: Clone + Send + Sync + 'static {
    /// One of them.
    type Row: FromQueryResult + Send + Sync;
    /// All of them together.
    type Sum: FromQueryResult + Default + Send;

    /// The query for all of them together, which has one row.
    fn sum(&self) -> Sql;

    /// The query for them in their order, with `limit` at its end.
    fn rows(&self, limit: &str) -> Sql;

    /// What a search looks through.
    fn contents(row: &Self::Row) -> Contents<'_>;

    /// All of them together with a further row; nothing if that is more than can be counted.
    fn with(sum: Self::Sum, row: &Self::Row) -> Option<Self::Sum>;

    /// No row at all.
    fn nothing(&self) -> Self::Sum {
        Self::Sum::default()
    }

    /// How many there are.
    fn count(sum: &Self::Sum) -> u64;
}

/// Rows that are looked for, and how each of them is shown.
#[derive(Clone)]
pub struct Found<S: Sought> {
    /// What the database finds.
    pub sought: S,
    /// What each row must contain.
    pub wanted: Wanted,
    /// How a row is shown.
    pub shown: Shown<S>,
    /// Whether there may be something to say of a row beside its values.
    pub has_notes: bool,
}

/// How a row is shown.
pub type Shown<S> = Arc<dyn Fn(<S as Sought>::Row) -> Row + Send + Sync>;

impl<S: Sought> Found<S> {
    /// All rows of `sought`, shown by `shown`.
    pub fn all_of(sought: S, shown: impl Fn(S::Row) -> Row + Send + Sync + 'static) -> Self {
        Self {
            sought,
            wanted: Wanted::default(),
            shown: Arc::new(shown),
            has_notes: false,
        }
    }

    /// The same, where a search is for `wanted`.
    #[must_use]
    pub fn searched(self, wanted: Wanted) -> Self {
        Self { wanted, ..self }
    }

    /// The list of them: `pager` says which rows of how many are shown, and `table` what stands around them.
    ///
    /// # Errors
    /// The database failed.
    pub async fn list(
        self,
        db: &(impl ConnectionTrait + StreamTrait),
        pager: impl FnOnce(u64) -> Pager,
        table: impl FnOnce(&S::Sum) -> Table,
    ) -> Result<List, DbErr> {
        let (sum, pager, rows) = self.page(db, pager).await?;
        let rows = rows.into_iter().map(|row| (self.shown)(row)).collect();
        let table = Table { rows, ..table(&sum) };
        let all = AllRows::of(self);
        Ok(List { table, pager, all })
    }

    async fn page(
        &self,
        db: &(impl ConnectionTrait + StreamTrait),
        pager: impl FnOnce(u64) -> Pager,
    ) -> Result<(S::Sum, Pager, Vec<S::Row>), DbErr> {
        if self.wanted.is_nothing() {
            let sum: S::Sum = self.sought.sum().one(db).await?.unwrap_or_default();
            let pager = pager(S::count(&sum));
            let limit = format!("LIMIT {} OFFSET {}", pager.page_size.rows(), pager.before());
            let rows = self.sought.rows(&limit).all(db).await?;
            return Ok((sum, pager, rows));
        }
        let (sum, mut held) = self.counted(db).await?;
        let total = S::count(&sum);
        let pager = pager(total);
        let (before, size) = (pager.before() as usize, pager.page_size.rows() as usize);
        if total as usize > held.len() && before + size > held.len() {
            held = self.each(db).await?.skip(before).take(size).try_collect().await?;
        } else {
            held.drain(..before.min(held.len()));
            held.truncate(size);
        }
        Ok((sum, pager, held))
    }

    /// All of them together, and the first of them. The stream has the connection for itself until it is dropped, here.
    async fn counted(&self, db: &(impl ConnectionTrait + StreamTrait)) -> Result<(S::Sum, Vec<S::Row>), DbErr> {
        let (mut sum, mut held) = (self.sought.nothing(), Vec::new());
        let rows = self.each(db).await?;
        pin_mut!(rows);
        while let Some(row) = rows.next().await {
            let row = row?;
            sum = S::with(sum, &row).ok_or_else(too_large)?;
            if held.len() < MOST_HELD {
                held.push(row);
            }
        }
        Ok((sum, held))
    }

    /// All of them, one after the other, in the order of the pages.
    ///
    /// # Errors
    /// The database failed.
    pub async fn each<'a, C: StreamTrait + ConnectionTrait>(
        &'a self,
        db: &'a C,
    ) -> Result<impl Stream<Item = Result<S::Row, DbErr>> + Send + use<'a, C, S>, DbErr> {
        let rows = self.sought.rows("").stream::<S::Row>(db).await?;
        let is_wanted = |row: &Result<S::Row, DbErr>| {
            let is_in = |row: &S::Row| self.wanted.is_nothing() || self.wanted.is_in(&S::contents(row));
            row.as_ref().map_or(true, is_in)
        };
        Ok(rows.filter(move |row| std::future::ready(is_wanted(row))))
    }
}

/// Some amounts are more than can be added up, as the database says it where it adds them up.
pub fn too_large() -> DbErr {
    DbErr::Type("the sum is too large".to_owned())
}

impl<S: Sought> RowSource for Found<S> {
    fn rows<'a>(&'a self, db: &'a DatabaseTransaction) -> RowStream<'a> {
        Box::pin(try_stream! {
            let rows = self.each(db).await?;
            pin_mut!(rows);
            while let Some(row) = rows.next().await {
                yield (self.shown)(row?);
            }
        })
    }

    fn has_notes(&self) -> bool {
        self.has_notes
    }
}
