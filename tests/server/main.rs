//! Tests against the real server, each on SQLite and on Postgres. Each file tests one behaviour; `app` starts the
//! server.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test ends at the first thing that is not as it should be"
)]
#![expect(clippy::print_stdout, reason = "some tests tell what they measured")]

mod app;
mod built;
mod chance;
mod clock;
mod database;
mod examples;
mod exported;
mod probe;
mod shown;

mod accounts;
mod advances;
mod answers;
mod archived;
mod backup;
mod bad_input;
mod budgets;
mod by_sql;
mod check;
mod commands;
mod compared;
mod configuration;
mod conflicts;
mod connections;
mod copied_link;
mod cost_rates;
mod counted;
mod database_file;
mod deployment;
mod door;
mod every_setting;
mod export_command;
mod exports;
mod fairness;
mod figures;
mod gaps;
mod health;
mod history;
mod languages;
mod large_exports;
mod limits;
mod listed;
mod lists;
mod log;
mod login;
mod memory;
mod migrations;
mod moved;
mod older_rows;
mod opened;
mod pack;
mod pages;
mod past_limits;
mod pinned;
mod postgres_proxy;
mod print_all;
mod property;
mod raw;
mod redirects;
mod release;
mod restored;
mod rights;
mod routes;
mod security;
mod sessions;
mod settings;
mod spoken;
mod stopping;
mod streams;
mod studio_clock;
mod terminal;
mod troubles;
mod unassigned;
mod unfit;
mod unheard;
mod unseen;
mod upgrade;
mod versions;
mod window;
mod writers;
mod wrong_days;
