//! The schema of the database, as the steps that lead to it.

mod m0001_studio;
mod m0002_live;
mod m0003_void;
#[expect(clippy::disallowed_methods, reason = "a published step is never changed")]
mod m0004_digests;
#[expect(clippy::disallowed_methods, reason = "a published step is never changed")]
mod m0005_epoch;
#[expect(clippy::disallowed_methods, reason = "a published step is never changed")]
mod m0006_clock;
mod m0007_dated;
mod m0008_limits;
mod m0009_compatibility;

use sea_orm_migration::prelude::*;

/// Every step, oldest first; a step that was published is never changed. Each raises the program's number
/// (`server/program.rs`).
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_studio::Migration),
            Box::new(m0002_live::Migration),
            Box::new(m0003_void::Migration),
            Box::new(m0004_digests::Migration),
            Box::new(m0005_epoch::Migration),
            Box::new(m0006_clock::Migration),
            Box::new(m0007_dated::Migration),
            Box::new(m0008_limits::Migration),
            Box::new(m0009_compatibility::Migration),
        ]
    }
}
