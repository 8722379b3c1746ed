//! Which program this is, beside others on the same database: its number, and the migrations that it knows.
//!
//! A database is served by several programs: by two during an update, and by the one before after a rollback. So
//! migrations only add where they can; ARCHITECTURE.md ("Two versions on one database") says what else one may do.

use super::migrations::Migrator;
use sea_orm_migration::{MigrationTrait, MigratorTrait, MigratorTraitSelf};
use std::collections::BTreeSet;

/// The number of this program. Raised with every migration, whose name begins with it (`m0009_…` came with program 9),
/// and whenever the program stops using something that a later migration is to drop.
const NUMBER: i64 = 9;

/// The parts that the migrations still make but this program no longer uses, as [`super::schema::missing`] names them: a
/// newer program may have dropped them. A new line here raises `NUMBER`; the migration that drops the part demands
/// that number.
pub const UNUSED: [&str; 0] = [];

/// A program, as far as a database is concerned.
#[derive(Clone, Copy, Debug)]
pub struct Program {
    /// Its number: of two programs the newer one has the higher.
    pub number: i64,
    /// The migrations that it knows, oldest first.
    pub migrations: fn() -> Vec<Box<dyn MigrationTrait>>,
}

impl Program {
    /// This one.
    pub const THIS: Self = Self {
        number: NUMBER,
        migrations: <Migrator as MigratorTrait>::migrations,
    };

    /// The names of the migrations that it knows.
    pub fn steps(&self) -> BTreeSet<String> {
        let migrations = (self.migrations)();
        migrations.iter().map(|step| step.name().to_owned()).collect()
    }
}

impl MigratorTraitSelf for Program {
    fn migrations(&self) -> Vec<Box<dyn MigrationTrait>> {
        (self.migrations)()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_is_raised_with_every_migration() {
        let migrations = (Program::THIS.migrations)();
        let numbers: Vec<i64> = migrations
            .iter()
            .map(|step| step.name()[1..5].parse().unwrap())
            .collect();
        assert!(numbers.is_sorted_by(|one, next| one < next), "{numbers:?}");
        assert!(
            numbers.last() <= Some(&NUMBER),
            "NUMBER is {NUMBER}, and there is a migration of a later program: {numbers:?}"
        );
    }
}
