//! What a page costs: requests per second against a constant of the same bytes, and queries, on one server in one run.
//!
//! `make bench` runs it. The load comes from `wrk`; every page is asked for by someone who is logged in, with the
//! database behind it. Ratios within one run can be compared, figures of different runs can't.

use axum::{Router, http::header, routing::get};
use control_maniac::server::{
    Server,
    clock::Clock,
    config::Config,
    connections::{self, Limits},
    demo, password, router,
};
use leptos::{config::get_configuration, prelude::LeptosOptions};
use reqwest::{Client, redirect::Policy};
use sea_orm::{ConnectionTrait, DatabaseConnection};
use std::{error::Error, net::SocketAddr, path::Path, process::Command, sync::atomic::Ordering};

const PAGES: [(&str, &str); 3] = [("Home", "/"), ("Projects", "/projects"), ("Costs", "/costs")];

/// Seconds of load for each measurement, and connections at once.
const SECONDS: &str = "4s";
const CONNECTIONS: &str = "32";

/// How many accounts share them: one alone may keep only some of them at work.
const ACCOUNTS: usize = 8;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

#[tokio::main]
async fn main() -> Result<()> {
    for scale in [1, 20] {
        measure(scale).await?;
    }
    sizes()
}

async fn measure(scale: u32) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let leptos: LeptosOptions = get_configuration(Some("Leptos.toml"))?.leptos_options;
    let server = Server::start(Config {
        addr: "127.0.0.1:0".parse()?,
        database_url: format!("sqlite:{}", folder.path().join("bench.db").display()),
        https: false,
        public_url: None,
        trusted_proxies: Vec::new(),
        clock: Clock::default(),
        time_zone: None,
        today: None,
        leptos,
    })
    .await?;
    let hash = password::hash(demo::PASSWORD.to_owned()).await?;
    let (_, today) = server.state.today().await?;
    demo::fill(&server.state.db, today, scale, &hash).await?;
    let state = server.state.clone();

    // The pages' own bytes, as constants beside the application's routes.
    let (addr, stop) = serve(router::router(state.clone())).await?;
    let client = Client::builder().redirect(Policy::none()).build()?;
    let mut cookies = Vec::new();
    for email in more_accounts(&state.db).await? {
        cookies.push(log_in(&client, addr, &email).await?);
    }
    let script_file = folder.path().join("accounts.lua");
    std::fs::write(&script_file, script(&cookies))?;
    let mut constants = Router::new();
    let mut queries = Vec::new();
    for (_, path) in PAGES {
        let count = || state.queries.load(Ordering::Relaxed);
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
        constants = constants.route(
            &format!("/constant{path}"),
            get(move || async move { ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], bytes) }),
        );
    }
    drop(stop);
    let (addr, _stop) = serve(router::router(state).merge(constants)).await?;

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

async fn serve(router: Router) -> Result<(SocketAddr, tokio::sync::oneshot::Sender<()>)> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let addr = listener.local_addr()?;
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    tokio::spawn(connections::serve(listener, router, Limits::default(), async move {
        drop(stopped.await);
    }));
    Ok((addr, stop))
}

/// Adds accounts with the controller's rights and password; their addresses.
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

/// What tells `wrk` to ask for one account after another.
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

/// What a browser downloads once, as brotli.
fn sizes() -> Result<()> {
    println!("\nwhat a browser downloads once, as brotli:");
    let mut sum = 0;
    for kind in [".js.br", ".wasm.br", ".css.br"] {
        let newest = std::fs::read_dir("target/site/pkg")?
            .flatten()
            .filter(|file| file.file_name().to_string_lossy().ends_with(kind))
            .max_by_key(|file| file.metadata().and_then(|data| data.modified()).ok())
            .ok_or(format!("no {kind} in target/site/pkg: build it with `make build`"))?;
        let bytes = newest.metadata()?.len();
        sum += bytes;
        println!(
            "  {:<9} {bytes:>7} bytes",
            kind.trim_start_matches('.').trim_end_matches(".br")
        );
    }
    println!("  together  {sum:>7} bytes");
    Ok(())
}
