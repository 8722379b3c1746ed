//! Which addresses there are, and what each shows.

use crate::{
    address::Address,
    costs,
    division::Division,
    error::AppError,
    figures::{Figures, Scope},
    home,
    period::Period,
    projects,
    server::{db, permission::PermittedScope, visitor::Visitor},
    sticky::Setting,
    view::{Rendered, Request},
};
use sea_orm::DatabaseTransaction;
use serde::de::DeserializeOwned;
use std::sync::Arc;

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

/// The view at `scope`'s address for `scope`'s division and period, rendered.
///
/// # Errors
/// There is no such view, or nothing of it that this person may see.
pub async fn rendered(visitor: &Visitor, scope: &Scope) -> Result<Arc<Rendered>, AppError> {
    let address = Address::check(&scope.address)?;
    let view = View::at(&address.of_view())?;
    let division = Division::parse(&scope.division)?;
    let period = Period::parse(&scope.period)?;
    division.check(&visitor.person)?;
    // Links lead on with what the figures are for, whatever else the address was made to say.
    let pinned = [(Division::KEY, &scope.division), (Period::KEY, &scope.period)];
    let address = pinned
        .into_iter()
        .fold(address, |address, (key, text)| match address.pin(key) {
            Some(_) => address.with_pin(key, text.clone()),
            None => address,
        });
    let request = Request {
        pins: address.pins().clone(),
        scope: PermittedScope::check(&visitor.account, &division)?,
        everything: PermittedScope::check(&visitor.account, &Division::All)?,
        division,
        period,
        today: visitor.person.today,
        format: visitor.format,
    };
    let render = async {
        let _turn = visitor.state.fairness.rendering(visitor.account.id).await;
        let db = db::snapshot(&visitor.state.db).await?;
        render(&db, &view, &request).await
    };
    let (cache, account) = (&visitor.state.figures_cache, &visitor.account);
    cache
        .get_or_render(
            &address.of_view(),
            &request,
            &account.epoch,
            account.data_revision,
            render,
        )
        .await
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
        newest: visitor.newest(visitor.settings.clone()),
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
