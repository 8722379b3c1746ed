//! `serve`: runs the server until it is asked to stop.

use super::{database::DatabaseOption, error::CliError};
use chrono::NaiveDate;
use clap::{Args, builder::FalseyValueParser};
use control_maniac::{
    live::BEAT,
    server::{
        Server,
        client_address::trusted_proxy,
        clock::SystemClock,
        config::{Config, StartError},
        connections::Limits,
        db, demo, password,
        program::Program,
        public_url::PublicUrl,
        site::Site,
        time_zone::TimeZone,
    },
};
use ipnet::IpNet;
use std::{net::SocketAddr, path::PathBuf, sync::Arc, time::Duration};

#[derive(Args)]
pub struct Options {
    /// Where to listen; port 0 takes any free one.
    #[arg(long, env = "CONTROL_MANIAC_ADDR", default_value = "127.0.0.1:3000")]
    addr: SocketAddr,
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
    /// Names in the log the addresses from which logins fail, for a program that shuts them out. Otherwise the log has none.
    #[arg(long, env = "CONTROL_MANIAC_LOG_ADDRESSES", value_parser = FalseyValueParser::new())]
    log_addresses: bool,
    /// How many seconds it goes on serving after it was asked to stop, while /readyz says so: for a proxy that leads
    /// requests to several servers and has to learn of it.
    #[arg(long, value_name = "SECONDS", env = "CONTROL_MANIAC_STOP_NOTICE", default_value_t = 0, value_parser = clap::value_parser!(u64).range(0..=300))]
    stop_notice: u64,
    /// The studio's time zone, like Europe/Berlin: a day begins there and not elsewhere. It is kept in the database, for
    /// all nodes, so it need be given only once. A new database has Europe/Berlin.
    #[arg(long, value_name = "NAME", env = "CONTROL_MANIAC_TIME_ZONE")]
    time_zone: Option<TimeZone>,
    /// How many seconds pass until an open window hears that the server is still there; fewer if a proxy ends a
    /// connection that is silent for that long.
    #[arg(
        long,
        value_name = "SECONDS",
        env = "CONTROL_MANIAC_HEARTBEAT",
        default_value_t = BEAT,
        value_parser = clap::value_parser!(u64).range(1..=BEAT)
    )]
    heartbeat: u64,
    /// A folder with the files that were built for the browser, instead of those in the program; `make watch` names
    /// one.
    #[arg(long, value_name = "FOLDER", env = "CONTROL_MANIAC_SITE")]
    site: Option<PathBuf>,
}

/// Serves as the options say.
///
/// # Errors
/// What kept the server from starting, or ended it.
pub async fn serve(options: Options) -> Result<(), CliError> {
    let site = match &options.site {
        Some(folder) => Site::in_folder(folder)?,
        None => Site::of_program(&std::env::current_exe().map_err(CliError::Program)?)?,
    };
    let database_url = options.database.database_url;
    let is_behind_a_proxy = options.https || !options.trusted_proxies.is_empty() || options.public_url.is_some();
    // Every open window keeps a connection; the usual limit of 1,024 files would soon be reached. The number of
    // connections allowed follows from it, so it is raised first.
    if let Err(error) = rlimit::increase_nofile_limit(u64::MAX) {
        tracing::warn!(%error, "the limit of open files stays as it is");
    }
    let config = Config {
        addr: options.addr,
        database_url: database_url.clone(),
        https: options.https || options.public_url.as_ref().is_some_and(PublicUrl::is_https),
        public_url: options.public_url,
        trusted_proxies: options.trusted_proxies,
        heartbeat: Duration::from_secs(options.heartbeat),
        log_addresses: options.log_addresses,
        clock: Arc::new(SystemClock),
        probe: None,
        limits: Limits {
            notice: Duration::from_secs(options.stop_notice),
            ..Limits::default()
        },
        time_zone: options.time_zone,
        program: Program::THIS,
        site,
    };
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
    Ok(server.serve(stop).await.map_err(StartError::Version)?)
}

async fn fill_demo(server: &Server, today: NaiveDate, scale: u32) -> Result<(), CliError> {
    let hash = password::hash(demo::PASSWORD.to_owned()).await?;
    let outcome = demo::fill(server.state.db.writer(), today, scale, &hash)
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

/// Says where it can't be overlooked that the demo studio's passwords are published.
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

/// Done when the person or the system asks the program to stop; it listens from the moment of the call.
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
