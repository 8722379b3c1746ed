//! What each page of the table (`pages.rs`) shows.

mod links;

use crate::{
    address::Address,
    breakdown::{self, BreakdownQuery},
    costs,
    division::Division,
    error::AppError,
    figures::{Figures, Selection, Texts},
    home, html, lists,
    measure::Measure,
    message::Value,
    messages, pack,
    pages::{Page, PageName},
    projects,
    report::Report,
    server::{accounts::Account, current_user::CurrentUser, db, permission::PermittedScope},
    settings::{SETTINGS, completed, pinnable},
    sticky::Setting,
    user::User,
    view::{Chosen, RenderContext, Rendered},
};
use sea_orm::DatabaseTransaction;
use serde::de::DeserializeOwned;
use std::sync::Arc;

/// A view of the application, with what its address says.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum View {
    /// [`PageName::Home`]
    Home,
    /// [`PageName::Projects`]
    Projects(projects::ListQuery),
    /// [`PageName::Project`], by its code.
    Project(String),
    /// [`PageName::Costs`]
    Costs(costs::CostsQuery),
    /// [`PageName::Time`]
    Time(lists::RowsQuery),
    /// [`PageName::Bookings`]
    Bookings(lists::RowsQuery),
    /// [`PageName::Invoices`]
    Invoices(lists::RowsQuery),
    /// [`PageName::Figure`], by its measure.
    Figure(Measure, BreakdownQuery),
    /// [`PageName::Pack`]
    Pack,
}

impl View {
    /// The view at `address`, a path and a query.
    ///
    /// # Errors
    /// There is no such page, or its query can't be read.
    pub fn at(address: &str) -> Result<Self, AppError> {
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        let (page, variable) = Page::at(path).ok_or_else(|| AppError::not_found(messages::error::no_page()))?;
        match page.name {
            PageName::Home => parse::<NoQuery>(query).map(|_| Self::Home),
            PageName::Pack => parse::<NoQuery>(query).map(|_| Self::Pack),
            PageName::Projects => parse(query).map(Self::Projects),
            PageName::Costs => parse(query).map(Self::Costs),
            PageName::Time => parse(query).map(Self::Time),
            PageName::Bookings => parse(query).map(Self::Bookings),
            PageName::Invoices => parse(query).map(Self::Invoices),
            PageName::Figure => {
                let measure = Measure::of_key(variable);
                let measure = measure.ok_or_else(|| AppError::not_found(messages::error::no_figure()))?;
                parse(query).map(|query| Self::Figure(measure, query))
            }
            PageName::Project => {
                let code = variable;
                let decoded = percent_encoding::percent_decode_str(code).decode_utf8().ok();
                let decoded = decoded.filter(|text| !text.chars().any(char::is_control));
                let code = decoded.ok_or_else(|| projects::unknown(code))?;
                parse::<NoQuery>(query).map(|_| Self::Project(code.into_owned()))
            }
        }
    }

    /// The division that it is of if `chosen` is chosen.
    fn division(&self, chosen: &Division) -> Division {
        match self {
            Self::Pack => Division::All,
            _ => chosen.clone(),
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
        return Err(AppError::invalid("query", messages::error::query_no_text()));
    }
    serde_urlencoded::from_str(query).map_err(|error| {
        AppError::invalid(
            "query",
            messages::error::query_unreadable(Value::text(error.to_string())),
        )
    })
}

/// What is asked for, checked.
pub struct Asked {
    /// The view.
    pub view: View,
    /// Its address, as the view knows it.
    pub address: String,
    /// What it is asked to show.
    pub context: RenderContext,
}

/// The view at `selection`'s address for `selection`'s settings, which are complete (see [`completed`]), as far as
/// `account` may see it; `user` is the same person as the browser knows them.
///
/// # Errors
/// There is no such view, or a setting has a value that this person may not have.
pub fn asked(account: &Account, user: &User, selection: &Selection) -> Result<Asked, AppError> {
    let address = Address::check(&selection.address)?.pinning(pinnable());
    let view = View::at(&address.of_view())?;
    let chosen = chosen(&selection.settings, user)?;
    // Links lead on with what the figures are for, whatever else the address was made to say.
    let address = chosen
        .texts()
        .fold(address, |address, (key, text)| match address.pin(key) {
            Some(_) => address.with_pin(key, text.to_owned()),
            None => address,
        });
    let chosen_division: Division = chosen.get();
    let division = view.division(&chosen_division);
    // What a view shows of another division than the chosen one opens in a window of that division.
    let links = match division == chosen_division {
        true => address.clone(),
        false => address.clone().with_pin(Division::KEY, division.text()),
    };
    let context = RenderContext {
        pins: links.pins().clone(),
        scope: PermittedScope::check(account, &division)?,
        everything: PermittedScope::check(account, &Division::All)?,
        division,
        period: chosen.get(),
        chosen,
        today: user.today,
        first_entry: account.first_entry,
    };
    Ok(Asked {
        view,
        address: address.of_view(),
        context,
    })
}

/// The view at `selection`'s address for `selection`'s settings, rendered; see [`completed`].
///
/// # Errors
/// There is no such view, or nothing of it that this person may see.
pub async fn rendered(current_user: &CurrentUser, selection: &Selection) -> Result<Arc<Rendered>, AppError> {
    let Asked { view, address, context } = asked(&current_user.account, &current_user.user, selection)?;
    let locale = &current_user.locale;
    let render = async {
        let _turn = current_user.state.fairness.rendering(current_user.account.id).await;
        let db = db::reading(current_user.state.db.reader()).await?;
        let report = report(&db, &view, &context).await?;
        Ok(Rendered {
            title: html::title(&report, locale),
            html: html::report(&report, locale, &context.pins, &links::of(&address, &context)).into(),
        })
    };
    let (cache, account) = (&current_user.state.figures_cache, &current_user.account);
    cache
        .get_or_render(
            &address,
            &context,
            locale,
            &account.epoch,
            account.data_revision,
            render,
        )
        .await
}

/// The settings that figures depend on, as `texts` names them and as `user` may have them.
fn chosen(texts: &Texts, user: &User) -> Result<Chosen, AppError> {
    let mut chosen = Chosen::default();
    for known in SETTINGS.iter().filter(|known| known.changes_figures) {
        let default = (known.default_text)();
        let text = (known.check)(texts.0.get(known.key).unwrap_or(&default), user)?;
        let value = (known.value)(&text);
        chosen.insert(known.key, text, value);
    }
    Ok(chosen)
}

/// The same as it crosses the wire, for a selection that may not name every setting.
///
/// # Errors
/// See [`rendered`].
pub async fn figures(current_user: &CurrentUser, selection: Selection) -> Result<Figures, AppError> {
    let selection = completed(selection, &current_user.settings);
    let rendered = rendered(current_user, &selection).await?;
    Ok(Figures {
        selection,
        title: rendered.title.clone(),
        html: rendered.html.to_string(),
        snapshot: current_user.snapshot(),
    })
}

/// What the view shows.
///
/// # Errors
/// There is no such thing, or none that this person may see; the database failed.
pub async fn report(db: &DatabaseTransaction, view: &View, context: &RenderContext) -> Result<Report, AppError> {
    match view {
        View::Home => home::report(db, context).await,
        View::Projects(query) => projects::list(db, context, query).await,
        View::Project(code) => projects::project(db, context, code).await,
        View::Costs(query) => costs::report(db, context, query).await,
        View::Time(query) => lists::time(db, context, query).await,
        View::Bookings(query) => lists::bookings(db, context, query).await,
        View::Invoices(query) => lists::invoices(db, context, query).await,
        View::Figure(measure, query) => breakdown::report(db, context, *measure, query).await,
        View::Pack => pack::report(db, context).await,
    }
}
