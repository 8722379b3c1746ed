//! `user`: adds, lists and removes accounts, and sets passwords.

use super::{error::CliError, speech::Speech};
use crate::{
    message::{Message, Value},
    messages::cli,
    server::{accounts, clock::SystemClock, db, in_use::InUse, studio_clock::Calendar},
};
use clap::Subcommand;
use std::{
    io::{BufRead, IsTerminal},
    sync::Arc,
};

#[derive(Subcommand)]
pub enum UserCommand {
    Add {
        email: String,
        #[arg(long)]
        name: String,
        #[arg(long = "division", conflicts_with = "all_divisions")]
        divisions: Vec<String>,
        #[arg(long)]
        all_divisions: bool,
        #[arg(long)]
        cost_rates: bool,
    },
    List,
    Password {
        email: String,
    },
    Remove {
        email: String,
    },
}

/// Does what `command` says to the accounts in the database at `url`.
///
/// # Errors
/// What was wrong; no account is changed then.
pub async fn user(url: &str, command: UserCommand, speech: &Speech) -> Result<(), CliError> {
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
            let password = read_password(speech)?;
            let new = accounts::NewAccount {
                email,
                name,
                sees_all_divisions: all_divisions,
                sees_cost_rates: cost_rates,
                divisions,
            };
            let email = accounts::add(&db, &calendar, new, password).await?;
            speech.line(cli::added(Value::text(email)));
        }
        UserCommand::List => {
            for account in accounts::list(&db, &calendar).await? {
                let sees = speech.words(&account.sees);
                speech.print(&format!("{}\t{}\t{sees}\n", account.email, account.name));
            }
        }
        UserCommand::Password { email } => {
            accounts::set_password(&db, &email, read_password(speech)?).await?;
            speech.line(cli::password_set(Value::text(email)));
        }
        UserCommand::Remove { email } => {
            accounts::remove(&db, &email).await?;
            speech.line(cli::removed(Value::text(email)));
        }
    }
    db.close().await?;
    Ok(())
}

/// A password typed twice, unseen, or one line of the standard input if that is no terminal.
fn read_password(speech: &Speech) -> Result<String, CliError> {
    if std::io::stdin().is_terminal() {
        let ask =
            |prompt: Message| rpassword::prompt_password(format!("{} ", speech.say(&prompt))).map_err(CliError::Input);
        let password = ask(cli::password_prompt())?;
        return match ask(cli::password_again())? == password {
            true => Ok(password),
            false => Err(CliError::TypedDifferently),
        };
    }
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).map_err(CliError::Input)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
