//! `serve`: runs the server until it is told to stop.

use super::{CliError, DatabaseOption};
use chrono::NaiveDate;
use clap::{Args, builder::FalseyValueParser};
use control_maniac::server::{
    Server,
    client_address::trusted_proxy,
    clock::Clock,
    config::{Config, StartError},
    db, demo, password,
    public_url::PublicUrl,
    time_zone::TimeZone,
};
use ipnet::IpNet;
use leptos::config::get_configuration;
use std::net::SocketAddr;

#[derive(Args)]
pub struct Options {
    /// Where to listen; port 0 takes any free one.
    #[arg(long, env = "CONTROL_MANIAC_ADDR")]
    addr: Option<SocketAddr>,
    #[command(flatten)]
    database: DatabaseOption,
    /// Fill an empty database with a made-up studio.
    #[arg(long, env = "CONTROL_MANIAC_DEMO", value_parser = FalseyValueParser::new())]
    demo: bool,
    /// How many times as large the made-up studio is.
    #[arg(long, env = "CONTROL_MANIAC_SCALE", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=100))]
    scale: u32,
    /// People reach the server over HTTPS, through a proxy: cookies are Secure, and browsers are told to stay there.
    #[arg(long, env = "CONTROL_MANIAC_HTTPS", value_parser = FalseyValueParser::new())]
    https: bool,
    /// Where people reach the server, as https://HOST: requests for any other host are refused. https:// implies --https.
    #[arg(long, env = "CONTROL_MANIAC_PUBLIC_URL", value_name = "URL")]
    public_url: Option<PublicUrl>,
    /// A proxy whose word is taken on where a request comes from (X-Forwarded-For): an address or a network. Can be given
    /// several times, as a variable with commas between.
    #[arg(
        long = "trusted-proxy",
        value_name = "ADDRESS",
        env = "CONTROL_MANIAC_TRUSTED_PROXY",
        value_delimiter = ',',
        value_parser = trusted_proxy
    )]
    trusted_proxies: Vec<IpNet>,
    /// The studio's time zone, like Europe/Berlin: a day begins there and not elsewhere. It is kept in the database, for
    /// all nodes, so it need be given only once. A new database has Europe/Berlin.
    #[arg(long, value_name = "NAME", env = "CONTROL_MANIAC_TIME_ZONE")]
    time_zone: Option<TimeZone>,
}

/// Serves as the options say.
///
/// # Errors
/// What kept the server from starting, or ended it.
pub async fn serve(options: Options) -> Result<(), CliError> {
    let leptos = get_configuration(Some("Leptos.toml"))
        .map_err(|error| CliError::Leptos(error.to_string()))?
        .leptos_options;
    let database_url = options.database.database_url;
    let is_behind_a_proxy = options.https || !options.trusted_proxies.is_empty() || options.public_url.is_some();
    let config = Config {
        addr: options.addr.unwrap_or(leptos.site_addr),
        database_url: database_url.clone(),
        https: options.https || options.public_url.as_ref().is_some_and(PublicUrl::is_https),
        public_url: options.public_url,
        trusted_proxies: options.trusted_proxies,
        clock: Clock::default(),
        time_zone: options.time_zone,
        today: None,
        leptos,
    };
    // Every open window keeps a connection; the usual limit of 1,024 files would end that too soon.
    if let Err(error) = rlimit::increase_nofile_limit(u64::MAX) {
        tracing::warn!(%error, "the limit of open files stays as it is");
    }
    let server = Server::start(config).await?;
    let addr = server.addr().map_err(CliError::Serve)?;
    let (zone, today) = server.state.today().await?;
    if options.demo {
        fill_demo(&server, today, options.scale).await?;
        if is_behind_a_proxy || !addr.ip().to_canonical().is_loopback() {
            warn_of_demo(addr);
        }
    }
    let stop = told_to_stop();
    println!(
        "ControlManiac is at http://{addr} (the database: {}; the studio's time zone: {zone}, where it is {}). Ctrl-C stops it.",
        db::without_password(&database_url),
        today.format("%-d %B %Y"),
    );
    server.serve(stop).await;
    Ok(())
}

async fn fill_demo(server: &Server, today: NaiveDate, scale: u32) -> Result<(), CliError> {
    let hash = password::hash(demo::PASSWORD.to_owned()).await?;
    let outcome = demo::fill(&server.state.db, today, scale, &hash)
        .await
        .map_err(|error| StartError::Demo(error.to_string()))?;
    match outcome {
        demo::Outcome::Filled => println!("The database was empty: it holds the demo studio now."),
        demo::Outcome::NotEmpty => println!("The database is not empty, so --demo changed nothing."),
    }
    println!(
        "The demo studio's accounts, where it was filled in (the password of each: {}):",
        demo::PASSWORD
    );
    for (email, rights) in demo::ACCOUNTS {
        println!("  {email:<24} {rights}");
    }
    Ok(())
}

/// The demo studio's passwords are published: that is said where it can't be overlooked.
fn warn_of_demo(addr: SocketAddr) {
    let line = "*".repeat(78);
    eprintln!("{line}");
    eprintln!("WARNING: --demo, and people on other machines can reach this server ({addr}).");
    eprintln!("Whoever reaches it can log in as one of the demo studio's accounts: their password,");
    eprintln!(
        "`{}`, is published. Put nothing real into this database. To try it alone,",
        demo::PASSWORD
    );
    eprintln!("start it with --addr 127.0.0.1:3000; to use it for real, start it on a new database without");
    eprintln!("--demo. `control-maniac check` names demo accounts that were left behind.");
    eprintln!("{line}");
}

/// Done when the person or the system asks the program to stop; it listens for that from the call on.
fn told_to_stop() -> impl Future<Output = ()> + Send + 'static {
    use tokio::signal::unix::{SignalKind, signal};
    let signals = [SignalKind::interrupt(), SignalKind::terminate()].map(|kind| signal(kind).ok());
    async move {
        let [interrupted, terminated] = signals.map(|signal| async move {
            match signal {
                Some(mut signal) => signal.recv().await,
                None => std::future::pending().await,
            }
        });
        tokio::select! {
            _ = interrupted => {}
            _ = terminated => {}
        }
    }
}
