//! Tests against the true server, each on SQLite and on Postgres. A file holds one behaviour; `app` starts the server.

#![allow(
    clippy::unwrap_used,
    reason = "a test ends at the first thing that is not as it should be"
)]

mod app;
mod database;

mod accounts;
mod answers;
mod bad_input;
mod configuration;
mod connections;
mod deployment;
mod fairness;
mod figures;
mod history;
mod login;
mod migrations;
mod pages;
mod pinned;
mod raw;
mod redirects;
mod rights;
mod security;
mod sessions;
mod settings;
mod stopping;
mod streams;
mod window;
