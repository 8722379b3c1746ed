//! `serve`: runs the server until it is asked to stop.

use super::{database::DatabaseOption, error::CliError, speech::Speech, values};
use crate::{
    live::BEAT,
    message::{Told, Value},
    messages::cli,
    server::{
        Server,
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
use chrono::NaiveDate;
use clap::{Args, builder::FalseyValueParser};
use ipnet::IpNet;
use std::{net::SocketAddr, path::PathBuf, sync::Arc, time::Duration};

#[derive(Args)]
pub struct Options {
    #[arg(long, env = "CONTROL_MANIAC_ADDR", default_value = "127.0.0.1:3000", value_parser = values::address)]
    addr: SocketAddr,
    #[command(flatten)]
    database: DatabaseOption,
    #[arg(long, env = "CONTROL_MANIAC_DEMO", value_parser = FalseyValueParser::new())]
    demo: bool,
    #[arg(long, env = "CONTROL_MANIAC_SCALE", default_value_t = 1, value_parser = values::number::<u32, 1, 100>)]
    scale: u32,
    #[arg(long, env = "CONTROL_MANIAC_HTTPS", value_parser = FalseyValueParser::new())]
    https: bool,
    #[arg(long, env = "CONTROL_MANIAC_PUBLIC_URL", value_parser = values::public_url)]
    public_url: Option<PublicUrl>,
    #[arg(
        long = "trusted-proxy",
        env = "CONTROL_MANIAC_TRUSTED_PROXY",
        value_delimiter = ',',
        value_parser = values::trusted_proxy
    )]
    trusted_proxies: Vec<IpNet>,
    #[arg(long, env = "CONTROL_MANIAC_LOG_ADDRESSES", value_parser = FalseyValueParser::new())]
    log_addresses: bool,
    #[arg(long, env = "CONTROL_MANIAC_STOP_NOTICE", default_value_t = 0, value_parser = values::number::<u64, 0, 300>)]
    stop_notice: u64,
    #[arg(long, env = "CONTROL_MANIAC_TIME_ZONE", value_parser = values::time_zone)]
    time_zone: Option<TimeZone>,
    #[arg(
        long,
        env = "CONTROL_MANIAC_HEARTBEAT",
        default_value_t = BEAT,
        value_parser = values::number::<u64, 1, BEAT>
    )]
    heartbeat: u64,
    #[arg(long, env = "CONTROL_MANIAC_SITE")]
    site: Option<PathBuf>,
}

/// Serves as the options say.
///
/// # Errors
/// What kept the server from starting, or ended it.
pub async fn serve(options: Options, speech: &Speech) -> Result<(), CliError> {
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
        fill_demo(&server, today, options.scale, speech).await?;
        if is_behind_a_proxy || !addr.ip().to_canonical().is_loopback() {
            // It can't be overlooked that the demo studio's passwords are published.
            speech.warn(&cli::demo_warning(
                Value::text(addr.to_string()),
                Value::text(demo::PASSWORD),
            ));
        }
    }
    let stop = told_to_stop();
    speech.line(cli::serving(
        Value::text(addr.to_string()),
        Value::text(db::without_password(&database_url)),
        today,
        Value::text(zone.to_string()),
    ));
    Ok(server.serve(stop).await?)
}

async fn fill_demo(server: &Server, today: NaiveDate, scale: u32, speech: &Speech) -> Result<(), CliError> {
    let hash = password::hash(demo::PASSWORD.to_owned()).await?;
    let outcome = demo::fill(server.state.db.writer(), today, scale, &hash)
        .await
        .map_err(|error| StartError::Demo(error.message()))?;
    speech.line(match outcome {
        demo::Outcome::Filled => cli::demo_filled(),
        demo::Outcome::NotEmpty => cli::demo_not_empty(),
    });
    speech.line(cli::demo_accounts(Value::text(demo::PASSWORD)));
    for (email, sees) in demo::ACCOUNTS {
        speech.print(&format!("  {email:<24} {}\n", speech.say(&sees())));
    }
    Ok(())
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
