//! The user who sent a request: the account, what it may see and its settings, resolved once per request before
//! anything is rendered.

use super::{
    accounts::{Account, AuthSession},
    app_state::AppState,
    epoch::{Age, Judgement},
    logged::LoggedSession,
    login_record::LoginRecord,
    session_store::{self, SEEN_KEY},
    setting_layers::{Holder, Source, Withdrawn, setting_rows::Writer},
};
use crate::{
    error::AppError,
    live::{Basis, Snapshot},
    locale::Locale,
    message::Message,
    routes::FIGURES,
    settings::language::Language,
    sticky::{Settings, Stamped},
    user::User,
};
use axum::{
    extract::{Request, State},
    http::{HeaderMap, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use axum_login::AuthnBackend;
use std::sync::Arc;
use tower_sessions::{Session, SessionStore, session::Id};

/// How often a user is read again while the database becomes another one.
const TRIES: usize = 4;

/// Someone who is logged in, as one request sees them.
pub struct CurrentUser {
    /// What every handler shares.
    pub state: AppState,
    /// The account, read for this request.
    pub account: Account,
    /// What the browser may know about it.
    pub user: User,
    /// The settings as they hold now.
    pub settings: Settings,
    /// Stored values that are no longer allowed; the settings have the defaults in their place.
    pub withdrawn: Vec<Withdrawn>,
    /// The session.
    pub session: Session,
    /// The language they read, and how their region writes numbers.
    pub locale: Locale,
}

impl CurrentUser {
    /// Who is logged in with a session, as the database has it now; nobody if it is over.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of_session(state: &AppState, id: Id, source: Source) -> Result<Option<Self>, AppError> {
        let store = &state.sessions;
        let Some(record) = store.load(&id).await.map_err(session_failed)? else {
            return Ok(None);
        };
        let Some(login) = LoginRecord::of(&record.data) else {
            return Ok(None);
        };
        let account = match login.user() {
            Some(user) => state.accounts.get_user(&user).await?,
            None => None,
        };
        let Some(account) = account.filter(|account| login.is_of(account)) else {
            return Ok(None);
        };
        let session = Session::new(Some(id), Arc::new(store.clone()), Some(session_store::expiry()));
        state.setting_layers.wait(account.id).await;
        let current_user = Self::of_account(state.clone(), account, session, &HeaderMap::new(), source).await?;
        Ok(Some(current_user))
    }

    /// Whoever has `account`, as it was read for this request or is read again.
    async fn of_account(
        state: AppState,
        mut account: Account,
        session: Session,
        headers: &HeaderMap,
        source: Source,
    ) -> Result<Self, AppError> {
        let (user, settings, withdrawn) = 'settled: {
            // What was known before the account was read; of the first time nobody knows.
            let mut before = None;
            for _ in 0..TRIES {
                let age = Age {
                    epoch: account.epoch.clone(),
                    rights: account.rights_revision,
                    data: account.data_revision,
                };
                match state.known_age.judge(&age, before.as_ref()) {
                    Judgement::Holds => {
                        let user = account.user();
                        let holder = Holder {
                            id: account.id,
                            epoch: &account.epoch,
                            user: &user,
                            session: &session,
                        };
                        let resolved = state.setting_layers.resolve(holder, source).await?;
                        if let Some((settings, withdrawn)) = resolved {
                            break 'settled (user, settings, withdrawn);
                        }
                        state.known_age.gone_back(&state.unasked, &age.epoch).await?;
                    }
                    Judgement::GoneBack => drop(state.known_age.gone_back(&state.unasked, &age.epoch).await?),
                    Judgement::Unsure => {}
                }
                before = Some(state.known_age.newest());
                let read = state.accounts.get_user(&account.id).await?;
                account = read.ok_or_else(AppError::not_logged_in)?;
            }
            return Err(AppError::unavailable());
        };
        keep_alive(&session, &account.today.to_string()).await;
        let language = settings.get::<Language>().value;
        Ok(Self {
            account,
            user,
            settings,
            withdrawn,
            session,
            locale: Locale::chosen(language.code(), headers),
            state,
        })
    }

    /// The same with the settings as the rows have them, whatever the cache says.
    ///
    /// # Errors
    /// The database failed, or the account no longer exists.
    pub async fn afresh(&self) -> Result<Self, AppError> {
        let (account, session) = (self.account.clone(), self.session.clone());
        Self::of_account(self.state.clone(), account, session, &HeaderMap::new(), Source::Rows).await
    }

    /// Stores a choice of theirs; see [`SettingLayers::store`](super::setting_layers::SettingLayers::store).
    ///
    /// # Errors
    /// Those of `SettingLayers::store`.
    pub async fn store(&self, key: &str, value: &str, writer: Writer) -> Result<(Stamped<String>, String), AppError> {
        self.state.setting_layers.store(self.holder(), key, value, writer).await
    }

    /// Has the withdrawn values replaced by the defaults that are shown already, without waiting for it; says so in
    /// words.
    pub fn mend(&self) -> Vec<Message> {
        self.state.setting_layers.mend(self.holder(), &self.withdrawn)
    }

    fn holder(&self) -> Holder<'_> {
        Holder {
            id: self.account.id,
            epoch: &self.account.epoch,
            user: &self.user,
            session: &self.session,
        }
    }

    /// The current state for their windows.
    pub fn snapshot(&self) -> Snapshot {
        Snapshot {
            account: self.account.id,
            epoch: self.account.epoch.clone(),
            user: self.user.clone(),
            settings: self.settings.clone(),
            basis: Basis {
                epoch: self.account.epoch.clone(),
                rights: self.account.rights(),
                data_revision: self.account.data_revision,
                day: self.user.today,
            },
            rights_revision: self.account.rights_revision,
            build: self.state.assets.build.clone(),
        }
    }

    /// Who sent the request that a server function is answering.
    ///
    /// # Errors
    /// [`crate::error::ErrorKind::NotLoggedIn`].
    pub fn of_request() -> Result<Arc<Self>, AppError> {
        leptos::prelude::use_context::<Parts>()
            .and_then(|parts| parts.extensions.get::<Arc<Self>>().cloned())
            .ok_or_else(AppError::not_logged_in)
    }
}

fn session_failed(error: impl std::fmt::Display) -> AppError {
    tracing::error!(%error, "a session could not be loaded");
    AppError::unavailable()
}

/// Resolves the user and puts them into the request's extensions; nothing if nobody is logged in.
pub async fn resolve(State(state): State<AppState>, auth: AuthSession, mut request: Request, next: Next) -> Response {
    let mut locale = None;
    if let Some(account) = auth.user {
        // A request for figures names its settings itself; if those sent along with the answer are old, the window
        // drops them.
        if request.method().is_safe() && request.uri().path() != FIGURES.path {
            state.setting_layers.wait(account.id).await;
        }
        let current_user = CurrentUser::of_account(state, account, auth.session, request.headers(), Source::Cache);
        match Box::pin(current_user).await {
            Ok(current_user) => {
                locale = Some(current_user.locale.clone());
                request.extensions_mut().insert(Arc::new(current_user));
            }
            Err(error) => return error.into_response(),
        }
    }
    let mut response = next.run(request).await;
    // In which language an error is said, see `error_response.rs`.
    if let Some(locale) = locale {
        response.extensions_mut().insert(locale);
    }
    response
}

/// Refuses everybody who is not logged in.
pub async fn required(request: Request, next: Next) -> Response {
    match request.extensions().get::<Arc<CurrentUser>>() {
        Some(_) => next.run(request).await,
        None => AppError::not_logged_in().into_response(),
    }
}

/// Once a day the session is written anew, which moves its end and the cookie's another 31 days away.
async fn keep_alive(session: &Session, today: &str) {
    let seen = session.get::<String>(SEEN_KEY).await;
    if matches!(&seen, Ok(seen) if seen.as_deref() != Some(today))
        && let Err(error) = session.insert(SEEN_KEY, today).await
    {
        tracing::warn!(error = %LoggedSession(&error), "a session could not be prolonged");
    }
}
