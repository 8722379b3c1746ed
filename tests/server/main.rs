//! Tests against the true server, each on SQLite and on Postgres. A file holds one behaviour; `app` starts the server.

#![allow(
    clippy::unwrap_used,
    reason = "a test ends at the first thing that is not as it should be"
)]

mod app;
mod database;

mod access_log;
mod accounts;
mod bad_input;
mod configuration;
mod database_file;
mod deployment;
mod door;
mod figures;
mod history;
mod login;
mod memory;
mod migrations;
mod pages;
mod pinned;
mod rights;
mod security;
mod sessions;
mod settings;
mod streams;
mod terminal;
mod window;
