//! `user`: adds, lists and removes accounts, and sets passwords.

use super::error::CliError;
use clap::Subcommand;
use control_maniac::server::{accounts, clock::SystemClock, db, in_use::InUse, studio_clock::Calendar};
use std::{
    io::{BufRead, IsTerminal},
    sync::Arc,
};

#[derive(Subcommand)]
pub enum UserCommand {
    /// Add an account; the password is typed unseen, or one line of the standard input.
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
        /// The account sees what people cost, and every figure that contains it.
        #[arg(long)]
        cost_rates: bool,
    },
    /// List the accounts.
    List,
    /// Set an account's password, typed unseen or one line of the standard input; its sessions end.
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

/// Does what `command` says to the accounts in the database at `url`.
///
/// # Errors
/// What was wrong; nothing is changed then.
pub async fn user(url: &str, command: UserCommand) -> Result<(), CliError> {
    let is_first = matches!(command, UserCommand::Add { .. });
    let (_in_use, db) = if is_first {
        (InUse::share(url).await?, db::open(url).await?)
    } else {
        (InUse::share_existing(url).await?, db::open_existing(url).await?)
    };
    db::migrate(&db).await?;
    let calendar = Calendar::new(Arc::new(SystemClock));
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
            let email = accounts::add(&db, &calendar, new, password).await?;
            println!("{email} may log in now.");
        }
        UserCommand::List => {
            for line in accounts::list(&db, &calendar).await? {
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
    db.close().await?;
    Ok(())
}

/// A password typed twice, unseen, or one line of the standard input if that is no terminal.
fn read_password() -> Result<String, CliError> {
    if std::io::stdin().is_terminal() {
        let password = rpassword::prompt_password("Password: ").map_err(CliError::Input)?;
        let again = rpassword::prompt_password("The same again: ").map_err(CliError::Input)?;
        return if password == again {
            Ok(password)
        } else {
            Err(CliError::TypedDifferently)
        };
    }
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).map_err(CliError::Input)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
