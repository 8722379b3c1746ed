//! Tests against the true server, each on SQLite and on Postgres. A file holds one behaviour; `app` starts the server.

#![allow(
    clippy::unwrap_used,
    reason = "a test ends at the first thing that is not as it should be"
)]

mod app;
mod chance;
mod database;
mod shown;

mod access_log;
mod accounts;
mod advances;
mod answers;
mod archived;
mod backup;
mod bad_input;
mod budgets;
mod by_sql;
mod check;
mod configuration;
mod connections;
mod cost_rates;
mod counted;
mod database_file;
mod deployment;
mod door;
mod fairness;
mod figures;
mod gaps;
mod history;
mod limits;
mod login;
mod memory;
mod migrations;
mod moved;
mod pages;
mod past_limits;
mod pinned;
mod property;
mod raw;
mod redirects;
mod restored;
mod rights;
mod security;
mod sessions;
mod settings;
mod stopping;
mod streams;
mod studio_clock;
mod terminal;
mod unfit;
mod unseen;
mod upgrade;
mod window;
