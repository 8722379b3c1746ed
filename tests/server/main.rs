//! Tests against the true server, each on SQLite and on Postgres. A file holds one behaviour; `app` starts the server.

#![allow(
    clippy::unwrap_used,
    reason = "a test ends at the first thing that is not as it should be"
)]

mod app;
mod database;

mod access_log;
mod accounts;
mod answers;
mod archived;
mod backup;
mod bad_input;
mod budgets;
mod configuration;
mod connections;
mod cost_rates;
mod database_file;
mod deployment;
mod door;
mod fairness;
mod figures;
mod history;
mod login;
mod memory;
mod migrations;
mod pages;
mod pinned;
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
mod unseen;
mod window;
