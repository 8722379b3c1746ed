//! The database's form, as the steps that lead to it.

mod m0001_studio;
mod m0002_live;
mod m0003_void;
mod m0004_digests;
mod m0005_epoch;
mod m0006_clock;
mod m0007_dated;
mod m0008_limits;

use sea_orm_migration::prelude::*;

/// Every step, oldest first; a step that was published is never changed.
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
        ]
    }
}
