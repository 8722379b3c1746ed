//! Starts the real server on a free port with a database of its own, and browsers that use it.

use crate::{
    built,
    clock::NoonOf,
    database::{Kind, TestDatabase, today},
    probe::Counts,
};
use control_maniac::{
    live::BEAT,
    server::{
        Server, app_state::AppState, config::Config, connections::Limits, database_version::Misfit, demo,
        program::Program, public_url::PublicUrl, site::Site,
    },
};
use reqwest::{
    Client, Method, RequestBuilder, Response, StatusCode,
    header::{ACCEPT, HeaderMap, ORIGIN, SET_COOKIE},
    redirect::Policy,
};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::Value;
use std::{sync::Arc, time::Duration};
use tokio::{sync::oneshot, task::JoinHandle};
use tower_sessions::cookie::Cookie;

pub const CONTROLLER: &str = "controller@studio.test";
pub const WEB_LEAD: &str = "web.lead@studio.test";
pub const VIEWER: &str = "viewer@studio.test";

/// Makes two tests of an `async fn name(app: TestApp)`: one on each database.
#[macro_export]
macro_rules! on_both_databases {
    ($($name:ident),* $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $name() {
                $crate::app::TestApp::run($crate::database::Kind::Sqlite, super::$name).await;
            })*
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $name() {
                $crate::app::TestApp::run($crate::database::Kind::Postgres, super::$name).await;
            })*
        }
    };
}

/// How a server runs.
#[derive(Clone, Default)]
pub struct Run {
    pub https: bool,
    pub public_url: Option<PublicUrl>,
    pub limits: Limits,
    /// The files that were built for the browser; the tests' own folder if nothing is said.
    pub site: Option<Site>,
}

/// A running server.
pub struct TestApp {
    pub database: TestDatabase,
    pub kind: Kind,
    pub address: String,
    pub state: AppState,
    /// Counts what the server does, over all its restarts.
    pub probe: Arc<Counts>,
    run: Run,
    stop: Option<oneshot::Sender<()>>,
    serving: Option<JoinHandle<Result<(), Misfit>>>,
}

impl TestApp {
    /// Runs `test` against a server on a copy of the demo studio.
    pub async fn run<F: Future<Output = Self>>(kind: Kind, test: impl FnOnce(Self) -> F) {
        let app = Self::start(TestDatabase::demo(kind).await, kind, false).await;
        let mut app = test(app).await;
        app.stop().await;
        app.database.drop().await;
    }

    /// A server on `database`.
    pub async fn start(database: TestDatabase, kind: Kind, https: bool) -> Self {
        let run = Run {
            https,
            ..Run::default()
        };
        Self::start_as(database, kind, run).await
    }

    /// A server that runs as `run` says, on a copy of the demo studio in SQLite.
    pub async fn run_as(run: Run) -> Self {
        Self::start_as(TestDatabase::demo(Kind::Sqlite).await, Kind::Sqlite, run).await
    }

    async fn start_as(database: TestDatabase, kind: Kind, run: Run) -> Self {
        let probe = Arc::default();
        let server = Server::start(Self::config(&database, &run, &probe)).await.unwrap();
        Self::of(server, database, kind, run, probe)
    }

    /// A server on `database` with a changed configuration.
    pub async fn start_with(database: TestDatabase, kind: Kind, change: impl FnOnce(&mut Config)) -> Self {
        let probe = Arc::default();
        let mut config = Self::config(&database, &Run::default(), &probe);
        change(&mut config);
        let server = Server::start(config).await.unwrap();
        Self::of(server, database, kind, Run::default(), probe)
    }

    fn of(server: Server, database: TestDatabase, kind: Kind, run: Run, probe: Arc<Counts>) -> Self {
        let mut app = Self {
            address: format!("http://{}", server.addr().unwrap()),
            state: server.state.clone(),
            database,
            kind,
            probe,
            run,
            stop: None,
            serving: None,
        };
        app.serve(server);
        app
    }

    /// How a server on `database` is to run.
    pub fn config(database: &TestDatabase, run: &Run, probe: &Arc<Counts>) -> Config {
        Config {
            addr: "127.0.0.1:0".parse().unwrap(),
            database_url: database.url.clone(),
            https: run.https,
            public_url: run.public_url.clone(),
            trusted_proxies: Vec::new(),
            heartbeat: Duration::from_secs(BEAT),
            log_addresses: false,
            clock: Arc::new(NoonOf(today())),
            probe: Some(probe.clone()),
            limits: run.limits.clone(),
            time_zone: None,
            program: Program::THIS,
            site: run
                .site
                .clone()
                .unwrap_or_else(|| Site::in_folder(built::folder()).unwrap()),
        }
    }

    fn serve(&mut self, server: Server) {
        let (stop, stopped) = oneshot::channel::<()>();
        self.stop = Some(stop);
        self.serving = Some(tokio::spawn(async move {
            server.serve(async move { drop(stopped.await) }).await
        }));
    }

    /// Stops the server; its database stays.
    pub async fn stop(&mut self) {
        drop(self.stop.take());
        if let Some(serving) = self.serving.take() {
            serving.await.unwrap().unwrap();
        }
        self.state.db.close().await.unwrap();
    }

    /// Waits until the server has stopped by itself, and says why it did.
    pub async fn end(&mut self) -> Misfit {
        self.serving.take().unwrap().await.unwrap().unwrap_err()
    }

    /// Stops the server and starts another one on the same database, at another address.
    pub async fn restart(&mut self) {
        self.stop().await;
        let config = Self::config(&self.database, &self.run, &self.probe);
        let server = Server::start(config).await.unwrap();
        self.address = format!("http://{}", server.addr().unwrap());
        self.state = server.state.clone();
        self.serve(server);
    }

    /// How many queries `work` took.
    pub async fn queries_of<T>(&self, work: impl Future<Output = T>) -> (u64, T) {
        let before = self.probe.queries();
        let result = work.await;
        (self.probe.queries() - before, result)
    }

    /// The only row of a setting, and its revision.
    #[expect(clippy::disallowed_methods, reason = "rows are read behind the back of the program")]
    pub async fn row(&self, key: &str) -> (String, i64) {
        let db = self.state.db.writer();
        let sql = "SELECT value, revision FROM settings WHERE key = $1";
        let select = Statement::from_sql_and_values(db.get_database_backend(), sql, [key.into()]);
        let rows = db.query_all_raw(select).await.unwrap();
        assert_eq!(rows.len(), 1);
        (
            rows[0].try_get("", "value").unwrap(),
            rows[0].try_get("", "revision").unwrap(),
        )
    }

    /// Waits until the only row of a setting is this one: a write that nobody waits for is stored sooner or later.
    pub async fn row_becomes(&self, key: &str, value: &str, revision: i64) {
        let wanted = (value.to_owned(), revision);
        let mut look = tokio::time::interval(Duration::from_millis(5));
        let stored = tokio::time::timeout(Duration::from_secs(20), async {
            while self.row(key).await != wanted {
                look.tick().await;
            }
        });
        stored.await.unwrap_or_else(|_| panic!("{key} is never {wanted:?}"));
    }

    /// A browser that has never been here.
    pub fn browser(&self) -> Browser {
        Browser::new(&self.address)
    }

    /// A browser in which one of the demo studio's accounts is logged in.
    pub async fn logged_in(&self, email: &str) -> Browser {
        let browser = self.browser();
        let answer = browser.log_in(email, demo::PASSWORD, None).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        browser
    }
}

/// A browser: it keeps cookies, and sends the headers that a browser sends.
#[derive(Clone)]
pub struct Browser {
    client: Client,
    pub address: String,
    pub language: String,
}

/// An answer of a server.
pub struct Answer {
    pub url: String,
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Browser {
    /// A browser that has never been anywhere.
    pub fn new(address: &str) -> Self {
        let client = Client::builder()
            .redirect(Policy::none())
            .cookie_store(true)
            // The server closes a connection if it refused to read a body; no request may be sent on such a connection.
            .pool_max_idle_per_host(0)
            .build()
            .unwrap();
        Self {
            client,
            address: address.to_owned(),
            language: "en".to_owned(),
        }
    }

    /// Opens a page.
    pub async fn open(&self, path: &str) -> Answer {
        self.send(self.request(Method::GET, path).header(ACCEPT, "text/html"))
            .await
    }

    /// Sends a form as a page of the server would.
    pub async fn submit(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let request = self
            .request(Method::POST, path)
            .header(ACCEPT, "text/html")
            .header(ORIGIN, &self.address);
        self.send(request.form(fields)).await
    }

    pub async fn log_in(&self, email: &str, password: &str, next: Option<&str>) -> Answer {
        let mut fields = vec![("email", email), ("password", password)];
        fields.extend(next.map(|next| ("next", next)));
        self.submit("/login", &fields).await
    }

    /// Chooses a setting as the page's program does.
    pub async fn choose(&self, key: &str, value: &str) -> Answer {
        let request = self.request(Method::POST, "/api/setting").header(ORIGIN, &self.address);
        self.send(request.form(&[("key", key), ("value", value)])).await
    }

    /// Asks for figures as the page's program does.
    pub async fn figures(&self, address: &str, division: &str, period: &str) -> Answer {
        let query = [("address", address), ("division", division), ("period", period)];
        self.send(self.request(Method::GET, "/api/figures").query(&query)).await
    }

    /// A request that a test can make as unusual as it likes.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.client.request(method, format!("{}{path}", self.address));
        request.header("accept-language", &self.language)
    }

    pub async fn send(&self, request: RequestBuilder) -> Answer {
        let response: Response = request.send().await.unwrap();
        let (url, status, headers) = (
            response.url().to_string(),
            response.status(),
            response.headers().clone(),
        );
        Answer {
            url,
            status,
            headers,
            body: response.text().await.unwrap(),
        }
    }
}

impl Answer {
    /// The value of an attribute of `<main>`.
    pub fn main(&self, attribute: &str) -> &str {
        let main = self
            .body
            .split_once("<main")
            .unwrap_or_else(|| panic!("no main in: {}", self.body))
            .1;
        let value = main.split_once(&format!("{attribute}=\"")).expect(attribute).1;
        value.split('"').next().unwrap()
    }

    /// The page without its scripts, which hold every text that the browser may come to say.
    pub fn said(&self) -> String {
        let parts = self.body.split("<script");
        parts
            .map(|part| part.split_once("</script>").map_or(part, |(_, after)| after))
            .collect()
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map(|value| value.to_str().unwrap())
            .unwrap_or_default()
    }

    /// The cookie called `name` that it has a browser keep.
    pub fn cookie(&self, name: &str) -> Cookie<'static> {
        let texts = self
            .headers
            .get_all(SET_COOKIE)
            .iter()
            .map(|text| text.to_str().unwrap());
        let mut named = texts
            .map(|text| Cookie::parse(text).unwrap())
            .filter(|cookie| cookie.name() == name);
        let cookie = named.next().unwrap_or_else(|| panic!("no cookie {name}")).into_owned();
        assert!(named.next().is_none(), "{name} is set twice");
        cookie
    }

    /// The typed error that every failure carries, of `kind`.
    pub fn assert_error(&self, status: u16, kind: &str) {
        assert_eq!(self.status.as_u16(), status, "{} {}", self.url, self.body);
        assert_eq!(self.json()["kind"], kind, "{}", self.body);
        assert!(
            self.json()["message"]
                .as_str()
                .is_some_and(|message| message.len() > 10),
            "{}",
            self.body
        );
    }
}
