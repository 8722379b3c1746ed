//! Which addresses there are and what each shows; and the figures that were rendered lately.

use crate::{
    costs,
    division::Division,
    error::AppError,
    figures::{Figures, Scope},
    home,
    money::NumberFormat,
    period::Period,
    projects,
    server::{permission::PermittedScope, visitor::Visitor},
    sticky::Setting,
};
use chrono::NaiveDate;
use leptos::prelude::*;
use moka::future::Cache;
use sea_orm::{AccessMode, DatabaseTransaction, DbBackend, IsolationLevel, TransactionTrait};
use serde::de::DeserializeOwned;
use std::{sync::Arc, time::Duration};

/// How much rendered HTML is kept, in bytes.
const CACHE_BYTES: u64 = 64 * 1024 * 1024;

/// How long figures that nobody asks for are kept.
const CACHE_IDLE: Duration = Duration::from_secs(60 * 60);

/// A view of the application, with what its address says.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum View {
    /// `/`
    Home,
    /// `/projects`
    Projects(projects::ListQuery),
    /// `/projects/CODE`
    Project(String),
    /// `/costs`
    Costs(costs::CostsQuery),
}

impl View {
    /// The view at `address`, a path and a query.
    ///
    /// # Errors
    /// There is no such page, or its query can't be read.
    pub fn at(address: &str) -> Result<Self, AppError> {
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        match path {
            "/" => parse::<NoQuery>(query).map(|_| Self::Home),
            "/projects" => parse(query).map(Self::Projects),
            "/costs" => parse(query).map(Self::Costs),
            _ => {
                let code = path
                    .strip_prefix("/projects/")
                    .filter(|code| !code.is_empty() && !code.contains('/'));
                let code = code.ok_or_else(|| {
                    AppError::not_found("There is no page at this address. Check it, or go on from Home.")
                })?;
                let decoded = percent_encoding::percent_decode_str(code).decode_utf8().ok();
                let decoded = decoded.filter(|text| !text.chars().any(char::is_control));
                let code = decoded.ok_or_else(|| projects::unknown(code))?;
                parse::<NoQuery>(query).map(|_| Self::Project(code.into_owned()))
            }
        }
    }
}

/// The query of a view that takes none.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct NoQuery {}

fn parse<T: DeserializeOwned>(query: &str) -> Result<T, AppError> {
    let is_text = percent_encoding::percent_decode_str(query)
        .decode_utf8()
        .is_ok_and(|text| text.chars().count() <= 512 && !text.chars().any(char::is_control));
    if !is_text {
        return Err(AppError::invalid(
            "query",
            "The part of the address behind the question mark is no text. Remove it.",
        ));
    }
    serde_urlencoded::from_str(query).map_err(|error| {
        AppError::invalid(
            "query",
            format!("The part of the address behind the question mark can't be read: {error}."),
        )
    })
}

/// What a view is asked to show, checked.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Request {
    /// The rows it may show.
    pub scope: PermittedScope,
    /// All this person may see, whatever the chosen division: to say where something is that lies outside of it.
    pub everything: PermittedScope,
    /// The division as chosen.
    pub division: Division,
    /// The days, as chosen.
    pub period: Period,
    /// The day it is.
    pub today: NaiveDate,
    /// How numbers are written.
    pub format: NumberFormat,
    /// Whether what a single person costs may be shown.
    pub sees_cost_rates: bool,
}

/// A rendered view.
pub struct Rendered {
    /// The title of its page.
    pub title: String,
    /// Its HTML.
    pub html: Arc<str>,
}

impl Rendered {
    /// `content` as HTML, under `title`.
    pub fn of(title: &str, content: impl IntoView) -> Self {
        // Nothing of it is reactive: it is rendered once, and shown as it is.
        let html = Owner::new().with(|| content.into_view().to_html());
        Self {
            title: format!("{title} · ControlManiac"),
            html: html.into(),
        }
    }
}

/// Rendered figures by everything they depend on; the data's revision is part of it, so nothing old is ever found.
#[derive(Clone)]
pub struct FiguresCache(Cache<(View, Request, i64), Arc<Rendered>>);

impl Default for FiguresCache {
    fn default() -> Self {
        let weigh = |_: &_, rendered: &Arc<Rendered>| u32::try_from(rendered.html.len()).unwrap_or(u32::MAX);
        Self(
            Cache::builder()
                .max_capacity(CACHE_BYTES)
                .time_to_idle(CACHE_IDLE)
                .weigher(weigh)
                .build(),
        )
    }
}

/// The view at `scope`'s address for `scope`'s division and period, rendered.
///
/// # Errors
/// There is no such view, or nothing of it that this person may see.
pub async fn rendered(visitor: &Visitor, scope: &Scope) -> Result<Arc<Rendered>, AppError> {
    let view = View::at(&scope.address)?;
    let division = Division::parse(&scope.division)?;
    let period = Period::parse(&scope.period)?;
    division.check(&visitor.person)?;
    let request = Request {
        scope: PermittedScope::check(&visitor.account, &division)?,
        everything: PermittedScope::check(&visitor.account, &Division::All)?,
        division,
        period,
        today: visitor.person.today,
        format: visitor.format,
        sees_cost_rates: visitor.account.sees_cost_rates,
    };
    let key = (view, request, visitor.account.data_revision);
    let cache = &visitor.state.figures_cache.0;
    if let Some(rendered) = cache.get(&key).await {
        return Ok(rendered);
    }
    let load = async {
        let db = snapshot(&visitor.state.db).await?;
        render(&db, &key.0, &key.1).await.map(Arc::new)
    };
    cache
        .try_get_with_by_ref(&key, load)
        .await
        .map_err(|error: Arc<AppError>| (*error).clone())
}

/// The same as it crosses the wire.
///
/// # Errors
/// See [`rendered`].
pub async fn figures(visitor: &Visitor, scope: Scope) -> Result<Figures, AppError> {
    let rendered = rendered(visitor, &scope).await?;
    Ok(Figures {
        scope,
        title: rendered.title.clone(),
        html: rendered.html.to_string(),
    })
}

async fn render(db: &DatabaseTransaction, view: &View, request: &Request) -> Result<Rendered, AppError> {
    match view {
        View::Home => home::render(db, request).await,
        View::Projects(query) => projects::render_list(db, request, query).await,
        View::Project(code) => projects::render_project(db, request, code).await,
        View::Costs(query) => costs::render(db, request, query).await,
    }
}

/// A reading transaction in which every query sees the same data, so that figures agree with each other.
async fn snapshot(db: &sea_orm::DatabaseConnection) -> Result<DatabaseTransaction, AppError> {
    let transaction = match db.get_database_backend() {
        DbBackend::Postgres => {
            db.begin_with_config(Some(IsolationLevel::RepeatableRead), Some(AccessMode::ReadOnly))
                .await?
        }
        // A transaction of SQLite is a snapshot by itself.
        _ => db.begin().await?,
    };
    Ok(transaction)
}
