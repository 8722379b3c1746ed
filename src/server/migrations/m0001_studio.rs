//! The first step: accounts, and the studio with its time, costs and invoices.
//!
//! Amounts are whole cents, spans are whole minutes, days are dates. What the database can check itself, it checks.

use sea_orm_migration::{prelude::*, schema::*};

/// Creates all initial tables.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    /// All or nothing, on SQLite too, which isn't the default there.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = [
            accounts(),
            master_data(),
            projects_and_time(),
            costs(),
            vec![data_revision()],
        ];
        for table in tables.into_iter().flatten() {
            manager.create_table(table).await?;
        }
        for (table, columns) in INDEXES {
            let mut index = Index::create();
            index
                .name(format!("{table}_by_{}", columns.join("_and_")))
                .table(*table);
            for column in *columns {
                index.col(*column);
            }
            manager.create_index(index).await?;
        }
        let first = Query::insert()
            .into_table("data_revision")
            .columns(["id", "revision"])
            .values_panic([1.into(), 1.into()])
            .take();
        manager.execute(first).await
    }
}

/// The indexes, apart from primary keys and unique columns.
const INDEXES: &[(&str, &[&str])] = &[
    ("sessions", &["expires_at"]),
    ("sessions", &["user_id"]),
    ("projects", &["division_id"]),
    ("time_entries", &["project_id", "worked_on"]),
    ("time_entries", &["person_id", "worked_on"]),
    ("time_entries", &["worked_on"]),
    ("bookings", &["booked_on"]),
    ("bookings", &["project_id"]),
    ("booking_parts", &["booking_id"]),
    ("booking_parts", &["division_id"]),
    ("invoices", &["project_id", "invoiced_on"]),
];

fn table(name: &'static str) -> TableCreateStatement {
    Table::create().table(name).take()
}

/// Several columns as one key.
fn key(columns: &[&'static str]) -> IndexCreateStatement {
    let mut key = Index::create();
    for column in columns {
        key.col(*column);
    }
    key
}

/// A column that holds another table's id.
fn reference(column: &'static str, to: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().from_col(column).to(to, "id").take()
}

/// A reference from a row that belongs to a row of another table, and is deleted with it.
fn belongs_to(column: &'static str, to: &'static str) -> ForeignKeyCreateStatement {
    reference(column, to).on_delete(ForeignKeyAction::Cascade).take()
}

fn accounts() -> Vec<TableCreateStatement> {
    let divisions = table("divisions")
        .col(big_pk_auto("id"))
        .col(text_uniq("slug"))
        .col(text("name"))
        .col(integer("position"))
        .col(text("accent"))
        .col(date_null("archived_on"))
        .take();
    let users = table("users")
        .col(big_pk_auto("id"))
        .col(text_uniq("email"))
        .col(text("name"))
        .col(text("password_hash"))
        .col(boolean("is_admin"))
        .col(boolean("sees_all_divisions"))
        .col(boolean("sees_cost_rates"))
        .take();
    let user_divisions = table("user_divisions")
        .col(big_integer("user_id"))
        .col(big_integer("division_id"))
        .primary_key(&mut key(&["user_id", "division_id"]))
        .foreign_key(&mut belongs_to("user_id", "users"))
        .foreign_key(&mut belongs_to("division_id", "divisions"))
        .take();
    let settings = table("settings")
        .col(big_integer("user_id"))
        .col(text("key"))
        .col(text("value"))
        .col(big_integer("revision"))
        .primary_key(&mut key(&["user_id", "key"]))
        .foreign_key(&mut belongs_to("user_id", "users"))
        .take();
    let sessions = table("sessions")
        .col(text("id").primary_key())
        .col(big_integer_null("user_id"))
        .col(text("record"))
        .col(big_integer("expires_at"))
        .foreign_key(&mut belongs_to("user_id", "users"))
        .take();
    vec![divisions, users, user_divisions, settings, sessions]
}

fn master_data() -> Vec<TableCreateStatement> {
    let clients = table("clients").col(big_pk_auto("id")).col(text_uniq("name")).take();
    let people = table("people")
        .col(big_pk_auto("id"))
        .col(text("name"))
        .col(big_integer_null("division_id"))
        .foreign_key(&mut reference("division_id", "divisions"))
        .take();
    let cost_rates = table("cost_rates")
        .col(big_pk_auto("id"))
        .col(big_integer("person_id"))
        .col(date("valid_from"))
        .col(big_integer("cents_per_hour").check(Expr::col("cents_per_hour").gte(0)))
        .index(key(&["person_id", "valid_from"]).unique())
        .foreign_key(&mut reference("person_id", "people"))
        .take();
    let capacities = table("capacities")
        .col(big_integer("person_id"))
        .col(date("month"))
        .col(big_integer("contract_minutes"))
        .col(big_integer("absence_minutes"))
        .primary_key(&mut key(&["person_id", "month"]))
        .check(Expr::cust("absence_minutes BETWEEN 0 AND contract_minutes"))
        .foreign_key(&mut reference("person_id", "people"))
        .take();
    let overhead_keys = table("overhead_keys")
        .col(big_pk_auto("id"))
        .col(date("valid_from"))
        .col(big_integer("division_id"))
        .col(big_integer("weight").check(Expr::col("weight").gte(0)))
        .index(key(&["valid_from", "division_id"]).unique())
        .foreign_key(&mut reference("division_id", "divisions"))
        .take();
    vec![clients, people, cost_rates, capacities, overhead_keys]
}

fn projects_and_time() -> Vec<TableCreateStatement> {
    let projects = table("projects")
        .col(big_pk_auto("id"))
        .col(text_uniq("code"))
        .col(text("name"))
        .col(big_integer_null("client_id"))
        .col(big_integer_null("division_id"))
        .col(text("kind"))
        .col(big_integer_null("billing_rate"))
        .col(big_integer_null("fee"))
        .col(date("starts_on"))
        .col(date_null("ends_on"))
        .col(big_integer_null("budget"))
        .col(big_integer_null("budget_minutes"))
        .check(Expr::cust(
            "(kind = 'time_and_material' AND billing_rate IS NOT NULL) OR kind = 'internal' \
             OR (kind = 'fixed_price' AND fee IS NOT NULL AND ends_on IS NOT NULL)",
        ))
        .check(Expr::cust("ends_on >= starts_on"))
        .foreign_key(&mut reference("client_id", "clients"))
        .foreign_key(&mut reference("division_id", "divisions"))
        .take();
    let time_entries = table("time_entries")
        .col(big_pk_auto("id"))
        .col(big_integer("person_id"))
        .col(big_integer("project_id"))
        .col(date("worked_on"))
        .col(big_integer("minutes").check(Expr::col("minutes").gt(0)))
        .col(boolean("billable"))
        .col(text("note"))
        .col(big_integer("revenue"))
        .col(big_integer_null("labour_cost"))
        .foreign_key(&mut reference("person_id", "people"))
        .foreign_key(&mut reference("project_id", "projects"))
        .take();
    let invoices = table("invoices")
        .col(big_pk_auto("id"))
        .col(text_uniq("number"))
        .col(big_integer("project_id"))
        .col(date("invoiced_on"))
        .col(big_integer("amount"))
        .foreign_key(&mut reference("project_id", "projects"))
        .take();
    vec![projects, time_entries, invoices]
}

fn costs() -> Vec<TableCreateStatement> {
    let bookings = table("bookings")
        .col(big_pk_auto("id"))
        .col(date("booked_on"))
        .col(text("category"))
        .col(text("text"))
        .col(text("supplier"))
        .col(big_integer("amount"))
        .col(boolean("billable"))
        .col(big_integer_null("project_id"))
        .col(big_integer_null("division_id"))
        .col(boolean("shared"))
        .col(text("search"))
        .check(Expr::cust(
            "(project_id IS NULL OR division_id IS NULL) \
             AND (NOT shared OR (project_id IS NULL AND division_id IS NULL))",
        ))
        .foreign_key(&mut reference("project_id", "projects"))
        .foreign_key(&mut reference("division_id", "divisions"))
        .take();
    let booking_parts = table("booking_parts")
        .col(big_pk_auto("id"))
        .col(big_integer("booking_id"))
        .col(big_integer_null("division_id"))
        .col(big_integer("amount"))
        .foreign_key(&mut belongs_to("booking_id", "bookings"))
        .foreign_key(&mut reference("division_id", "divisions"))
        .take();
    vec![bookings, booking_parts]
}

/// One row that counts the changes to the figures' data.
fn data_revision() -> TableCreateStatement {
    table("data_revision")
        .col(big_integer("id").primary_key().check(Expr::col("id").eq(1)))
        .col(big_integer("revision"))
        .take()
}
