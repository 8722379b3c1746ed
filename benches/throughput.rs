//! What a page costs: requests per second against a constant of the same bytes, and queries, on one server in one run.
//!
//! `make bench` runs it. The load comes from `wrk`; every page is asked for by someone who is logged in, with the
//! database behind it. Ratios within one run can be compared, figures of different runs can't.

#![expect(
    clippy::print_stdout,
    clippy::float_arithmetic,
    reason = "a measurement prints its ratios"
)]

use axum::{Router, http::header, routing::get};
use control_maniac::{
    live::BEAT,
    server::{
        Server,
        clock::SystemClock,
        config::Config,
        connections::{self, Limits},
        demo, password,
        probe::Probe,
        program::Program,
        router,
        site::Site,
        watch::watch,
    },
};
use reqwest::{Client, redirect::Policy};
use sea_orm::{ConnectionTrait, DatabaseConnection};
use std::{
    error::Error,
    net::SocketAddr,
    path::Path,
    process::Command,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};
use tokio::sync::oneshot;

const PAGES: [(&str, &str); 3] = [("Home", "/"), ("Projects", "/projects"), ("Costs", "/costs")];

/// The release that `make bench` has built: its pages are measured.
const RELEASE: &str = "dist/control-maniac";

/// Seconds of load for each measurement, and connections at once.
const SECONDS: &str = "4s";
const CONNECTIONS: &str = "32";

/// How many accounts share them: one alone may keep only some of them at work.
const ACCOUNTS: usize = 8;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// Counts the queries that were run for requests.
#[derive(Debug, Default)]
struct QueriesRun(AtomicU64);

impl Probe for QueriesRun {
    fn queried(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    fn began(&self, _account: i64) {}

    fn ended(&self, _account: i64) {}
}

#[tokio::main]
async fn main() -> Result<()> {
    for scale in [1, 20] {
        measure(scale).await?;
    }
    sizes()
}

async fn measure(scale: u32) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let queries_run = Arc::new(QueriesRun::default());
    let server = Server::start(Config {
        addr: "127.0.0.1:0".parse()?,
        database_url: format!("sqlite:{}", folder.path().join("bench.db").display()),
        https: false,
        public_url: None,
        trusted_proxies: Vec::new(),
        heartbeat: Duration::from_secs(BEAT),
        log_addresses: false,
        clock: Arc::new(SystemClock),
        probe: Some(queries_run.clone()),
        limits: Limits::default(),
        time_zone: None,
        program: Program::THIS,
        site: Site::of_program(Path::new(RELEASE))?,
    })
    .await?;
    let hash = password::hash(demo::PASSWORD.to_owned()).await?;
    let (_, today) = server.state.today().await?;
    demo::fill(server.state.db.writer(), today, scale, &hash).await?;
    let state = server.state.clone();
    // Without it, nothing in the cache counts as current.
    let (ready, is_watched) = oneshot::channel();
    let (_watching, stop_watching) = oneshot::channel();
    tokio::spawn(watch(state.clone(), ready, stop_watching));
    is_watched.await?;

    // The pages' own bytes, as constants beside the application's routes.
    let (addr, stop) = serve(router::router(state.clone())).await?;
    let client = Client::builder().redirect(Policy::none()).build()?;
    let mut cookies = Vec::new();
    for email in more_accounts(state.db.writer()).await? {
        cookies.push(log_in(&client, addr, &email).await?);
    }
    let script_file = folder.path().join("accounts.lua");
    std::fs::write(&script_file, script(&cookies))?;
    let mut constants = Router::new();
    let mut queries = Vec::new();
    for (_, path) in PAGES {
        let count = || queries_run.0.load(Ordering::Relaxed);
        let before = count();
        let page = client
            .get(format!("http://{addr}{path}"))
            .header("cookie", &cookies[0])
            .header("accept", "text/html");
        let started = std::time::Instant::now();
        let bytes = page
            .try_clone()
            .ok_or("no clone")?
            .send()
            .await?
            .error_for_status()?
            .bytes()
            .await?;
        let (first, first_took) = (count() - before, started.elapsed());
        page.send().await?;
        queries.push((first, count() - before - first, bytes.len(), first_took));
        #[expect(
            clippy::disallowed_methods,
            reason = "no address of the server's: what it is compared with"
        )]
        let with_one_more = constants.route(
            &format!("/constant{path}"),
            get(move || async move { ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], bytes) }),
        );
        constants = with_one_more;
    }
    drop(stop);
    #[expect(
        clippy::disallowed_methods,
        reason = "the constants are no addresses of the server's"
    )]
    let compared = router::router(state).merge(constants);
    let (addr, _stop) = serve(compared).await?;

    println!("\nscale {scale}: requests/s, and the share of a constant of the same bytes");
    for ((name, path), (first, again, bytes, took)) in PAGES.into_iter().zip(queries) {
        let constant = load(addr, &format!("/constant{path}"), &script_file)?;
        let page = load(addr, path, &script_file)?;
        println!(
            "  {name:<9} {page:>7.0} of {constant:>7.0}  ratio {:.2}   {bytes:>7} bytes   queries: {first} the first time ({} ms), then {again}",
            page / constant,
            took.as_millis(),
        );
    }
    Ok(())
}

async fn serve(router: Router) -> Result<(SocketAddr, oneshot::Sender<()>)> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let addr = listener.local_addr()?;
    let (stop, stopped) = oneshot::channel::<()>();
    tokio::spawn(connections::serve(listener, router, Limits::default(), async move {
        drop(stopped.await);
    }));
    Ok((addr, stop))
}

/// Adds accounts with the controller's rights and password, and gives their addresses.
async fn more_accounts(db: &DatabaseConnection) -> Result<Vec<String>> {
    let mut emails = Vec::new();
    for number in 0..ACCOUNTS {
        let email = format!("controller.{number}@studio.test");
        let insert = format!(
            "INSERT INTO users (email, name, password_hash, is_admin, sees_all_divisions, sees_cost_rates)
             SELECT '{email}', name, password_hash, is_admin, sees_all_divisions, sees_cost_rates
             FROM users WHERE email = 'controller@studio.test'"
        );
        db.execute_unprepared(&insert).await?;
        emails.push(email);
    }
    Ok(emails)
}

async fn log_in(client: &Client, addr: SocketAddr, email: &str) -> Result<String> {
    let form = [("email", email), ("password", demo::PASSWORD)];
    let origin = format!("http://{addr}");
    let answer = client
        .post(format!("{origin}/login"))
        .header("origin", &origin)
        .form(&form)
        .send()
        .await?;
    let cookie = answer.headers().get("set-cookie").ok_or("no session")?.to_str()?;
    Ok(cookie.split(';').next().unwrap_or_default().to_owned())
}

/// The script by which `wrk` asks for one account after another.
fn script(cookies: &[String]) -> String {
    let cookies: Vec<String> = cookies.iter().map(|cookie| format!("{cookie:?}")).collect();
    format!(
        "local cookies = {{ {} }}\nlocal number = 0\nfunction request()\n  number = number % #cookies + 1\n  \
         wrk.headers[\"Cookie\"] = cookies[number]\n  return wrk.format()\nend\n",
        cookies.join(", ")
    )
}

/// Requests per second; a run in which one failed counts for nothing.
fn load(addr: SocketAddr, path: &str, script: &Path) -> Result<f64> {
    let output = Command::new("wrk")
        .args([
            "-t",
            "1",
            "-c",
            CONNECTIONS,
            "-d",
            SECONDS,
            "-H",
            "Accept: text/html",
            "-s",
        ])
        .arg(script)
        .arg(format!("http://{addr}{path}"))
        .output()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    if text.contains("Non-2xx") || text.contains("Socket errors") {
        return Err(format!("{path}: some requests failed:\n{text}").into());
    }
    let line = text
        .lines()
        .find_map(|line| line.strip_prefix("Requests/sec:"))
        .ok_or(format!("wrk said: {text}"))?;
    Ok(line.trim().parse()?)
}

/// The sizes of the files that a browser downloads once, as brotli.
fn sizes() -> Result<()> {
    println!("\nwhat a browser downloads once, as brotli:");
    let mut sum = 0;
    for path in Site::of_program(Path::new(RELEASE))?.assets.paths() {
        let bytes = std::fs::metadata(format!("target/site/{path}.br"))?.len();
        sum += bytes;
        let kind = path.rsplit('.').next().unwrap_or_default();
        println!("  {kind:<9} {bytes:>7} bytes");
    }
    println!("  together  {sum:>7} bytes");
    Ok(())
}
