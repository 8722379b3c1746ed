//! The command line: serve, user, migrate, check.

use clap::{Args, Parser, Subcommand, builder::FalseyValueParser};
use control_maniac::server::{
    Server, accounts, check,
    config::{Config, StartError},
    db, demo, password,
};
use leptos::config::get_configuration;
use std::{
    io::{BufRead, IsTerminal},
    net::SocketAddr,
    process::ExitCode,
};
use tracing_subscriber::EnvFilter;

#[derive(Parser)]
#[command(name = "control-maniac", version, about = "Controlling for software studios")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the application until Ctrl-C or SIGTERM.
    Serve(Serve),
    /// Add, list and remove accounts, and set passwords.
    User {
        #[command(flatten)]
        database: DatabaseOption,
        #[command(subcommand)]
        command: UserCommand,
    },
    /// Bring the database up to date; serving does so by itself.
    Migrate(DatabaseOption),
    /// Check the database and what must always hold of its data; changes nothing.
    Check(DatabaseOption),
}

#[derive(Args)]
struct DatabaseOption {
    /// The database: sqlite:PATH or postgres://USER:PASSWORD@HOST/NAME.
    #[arg(
        long,
        env = "CONTROL_MANIAC_DATABASE_URL",
        default_value = "sqlite:control-maniac.db",
        hide_env_values = true
    )]
    database_url: String,
}

#[derive(Args)]
struct Serve {
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
}

#[derive(Subcommand)]
enum UserCommand {
    /// Add an account; the password is read from the standard input.
    Add {
        /// What the person logs in with.
        email: String,
        /// What the person is called.
        #[arg(long)]
        name: String,
        /// A division the account may see, by its short name; can be given several times.
        #[arg(long = "division", value_name = "SLUG", conflicts_with = "all_divisions")]
        divisions: Vec<String>,
        /// The account sees every division, and what belongs to none.
        #[arg(long)]
        all_divisions: bool,
        /// The account sees what a single person costs.
        #[arg(long)]
        cost_rates: bool,
    },
    /// List the accounts.
    List,
    /// Set an account's password, read from the standard input; its sessions end.
    Password {
        /// Whose.
        email: String,
    },
    /// Remove an account with its settings and sessions.
    Remove {
        /// Whose.
        email: String,
    },
}

/// What ends the program before its time: one line.
#[derive(Debug, thiserror::Error)]
enum CliError {
    #[error(transparent)]
    Start(#[from] StartError),
    #[error("can't read Leptos.toml: {0}. Start the program in the folder that has it, or set LEPTOS_OUTPUT_NAME.")]
    Leptos(String),
    #[error("the server failed: {0}")]
    Serve(std::io::Error),
    #[error("can't read the password: {0}")]
    Input(std::io::Error),
    #[error(transparent)]
    Password(#[from] password::HashError),
    #[error(transparent)]
    Account(#[from] accounts::ChangeError),
    #[error("the database failed: {0}")]
    Database(#[from] sea_orm::DbErr),
    #[error("{0} of the checks failed")]
    Check(usize),
}

#[tokio::main]
async fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return explain(&error),
    };
    tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn")))
        .with_writer(std::io::stderr)
        .init();
    let result = match cli.command {
        Command::Serve(options) => serve(options).await,
        Command::User { database, command } => user(&database.database_url, command).await,
        Command::Migrate(database) => migrate(&database.database_url).await,
        Command::Check(database) => run_checks(&database.database_url).await,
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("control-maniac: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Prints the help that was asked for, or what is wrong with the options, in one line.
fn explain(error: &clap::Error) -> ExitCode {
    if !error.use_stderr() {
        print!("{error}");
        return ExitCode::SUCCESS;
    }
    let text = error.to_string();
    let cause: Vec<&str> = text
        .lines()
        .take_while(|line| !line.is_empty())
        .map(str::trim)
        .collect();
    let cause = cause.join(" ");
    eprintln!(
        "control-maniac: {}; see --help",
        cause.strip_prefix("error: ").unwrap_or(&cause)
    );
    ExitCode::from(2)
}

async fn serve(options: Serve) -> Result<(), CliError> {
    let leptos = get_configuration(Some("Leptos.toml"))
        .map_err(|error| CliError::Leptos(error.to_string()))?
        .leptos_options;
    let database_url = options.database.database_url;
    let config = Config {
        addr: options.addr.unwrap_or(leptos.site_addr),
        database_url: database_url.clone(),
        https: options.https,
        today: None,
        leptos,
    };
    // Every open window keeps a connection; the usual limit of 1,024 files would end that too soon.
    if let Err(error) = rlimit::increase_nofile_limit(u64::MAX) {
        tracing::warn!(%error, "the limit of open files stays as it is");
    }
    let server = Server::start(config).await?;
    if options.demo {
        fill_demo(&server, options.scale).await?;
    }
    let addr = server.addr().map_err(CliError::Serve)?;
    let stop = told_to_stop();
    println!(
        "ControlManiac is at http://{addr} (the database: {}). Ctrl-C stops it.",
        db::without_password(&database_url)
    );
    server.serve(stop).await.map_err(CliError::Serve)
}

async fn fill_demo(server: &Server, scale: u32) -> Result<(), CliError> {
    let hash = password::hash(demo::PASSWORD.to_owned()).await?;
    let outcome = demo::fill(&server.state.db, server.state.today(), scale, &hash)
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

async fn migrate(url: &str) -> Result<(), CliError> {
    db::migrate(&db::open(url).await?).await?;
    println!("The database is up to date.");
    Ok(())
}

async fn run_checks(url: &str) -> Result<(), CliError> {
    let db = db::open_existing(url).await?;
    let findings = check::run(&db).await?;
    for finding in &findings {
        println!("{} {}", if finding.faults == 0 { "ok    " } else { "FAILED" }, finding);
    }
    match findings.iter().filter(|finding| finding.faults > 0).count() {
        0 => Ok(()),
        failed => Err(CliError::Check(failed)),
    }
}

async fn user(url: &str, command: UserCommand) -> Result<(), CliError> {
    let db = match &command {
        UserCommand::Add { .. } => db::open(url).await?,
        _ => db::open_existing(url).await?,
    };
    db::migrate(&db).await?;
    match command {
        UserCommand::Add {
            email,
            name,
            divisions,
            all_divisions,
            cost_rates,
        } => {
            let password = read_password()?;
            let new = accounts::NewAccount {
                email,
                name,
                sees_all_divisions: all_divisions,
                sees_cost_rates: cost_rates,
                divisions,
            };
            let email = accounts::add(&db, new, password).await?;
            println!("{email} may log in now.");
        }
        UserCommand::List => {
            for line in accounts::list(&db).await? {
                println!("{line}");
            }
        }
        UserCommand::Password { email } => {
            accounts::set_password(&db, &email, read_password()?).await?;
            println!("The password of {email} is set; its sessions have ended.");
        }
        UserCommand::Remove { email } => {
            accounts::remove(&db, &email).await?;
            println!("{email} is removed.");
        }
    }
    Ok(())
}

/// One line of the standard input.
fn read_password() -> Result<String, CliError> {
    if std::io::stdin().is_terminal() {
        eprintln!("Password (it is shown as you type; end with Enter):");
    }
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).map_err(CliError::Input)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
