//! The rows that the books enter, many in each statement, with consecutive ids.

use super::owners::Owners;
use crate::{
    books::{Bearer, Key, NewBooking, NewCapacity, NewDivision, NewInvoice, NewPerson, NewProject, NewTime, Terms},
    money::{Money, Rate},
    server::sql::{insert, sql},
};
use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, DbErr};

/// The parts of bookings, each with its id, its booking, who bears it and how much.
pub(in crate::books) async fn insert_parts(
    db: &impl ConnectionTrait,
    parts: impl Iterator<Item = (i64, (i64, i64, Money))>,
) -> Result<(), DbErr> {
    let row = |(id, (booking, division, amount)): (i64, (i64, i64, Money))| {
        [id.into(), booking.into(), division.into(), amount.0.into()]
    };
    insert(
        db,
        "booking_parts",
        ["id", "booking_id", "division_id", "amount"],
        parts.map(row),
    )
    .await
}

/// The key from `from` on, whose weights have the ids from `first` on.
pub(in crate::books) async fn insert_key(
    db: &impl ConnectionTrait,
    first: i64,
    from: NaiveDate,
    key: &Key,
) -> Result<(), DbErr> {
    let rows = (first..)
        .zip(&key.0)
        .map(|(id, (division, weight))| [id.into(), from.into(), (*division).into(), (*weight).into()]);
    insert(db, "overhead_keys", ["id", "valid_from", "division_id", "weight"], rows).await
}

pub(in crate::books) async fn insert_cost_rate(
    db: &impl ConnectionTrait,
    id: i64,
    person: i64,
    from: NaiveDate,
    rate: Rate,
) -> Result<(), DbErr> {
    sql("INSERT INTO cost_rates (id, person_id, valid_from, cents_per_hour) VALUES ($1, $2, $3, $4)")
        .bind(id)
        .bind(person)
        .bind(from)
        .bind(rate.0)
        .run(db)
        .await?;
    Ok(())
}

/// Terms of projects, each with its project and first day.
pub(in crate::books) async fn insert_terms(
    db: &impl ConnectionTrait,
    terms: impl Iterator<Item = (i64, NaiveDate, Terms)>,
) -> Result<(), DbErr> {
    let columns = [
        "project_id",
        "valid_from",
        "billing_rate",
        "fee",
        "starts_on",
        "ends_on",
    ];
    let row = |(project, from, terms): (i64, NaiveDate, Terms)| {
        [
            project.into(),
            from.into(),
            terms.billing_rate.map(|rate| rate.0).into(),
            terms.fee.map(|fee| fee.0).into(),
            terms.starts_on.into(),
            terms.ends_on.into(),
        ]
    };
    insert(db, "project_terms", columns, terms.map(row)).await
}

/// Divisions with their ids.
pub(in crate::books) async fn insert_divisions(
    db: &impl ConnectionTrait,
    divisions: impl Iterator<Item = (i64, NewDivision)>,
) -> Result<(), DbErr> {
    let row = |(id, new): (i64, NewDivision)| {
        [
            id.into(),
            new.slug.into(),
            new.name.into(),
            new.position.into(),
            new.accent.into(),
        ]
    };
    insert(
        db,
        "divisions",
        ["id", "slug", "name", "position", "accent"],
        divisions.map(row),
    )
    .await
}

/// Clients' ids and names.
pub(in crate::books) async fn insert_clients(
    db: &impl ConnectionTrait,
    clients: impl Iterator<Item = (i64, String)>,
) -> Result<(), DbErr> {
    let row = |(id, name): (i64, String)| [id.into(), name.into()];
    insert(db, "clients", ["id", "name"], clients.map(row)).await
}

/// People with their ids.
pub(in crate::books) async fn insert_people(
    db: &impl ConnectionTrait,
    people: impl Iterator<Item = (i64, NewPerson)>,
) -> Result<(), DbErr> {
    let row = |(id, new): (i64, NewPerson)| [id.into(), new.name.into(), new.division.into()];
    insert(db, "people", ["id", "name", "division_id"], people.map(row)).await
}

pub(in crate::books) async fn insert_capacities(
    db: &impl ConnectionTrait,
    capacities: impl Iterator<Item = NewCapacity>,
) -> Result<(), DbErr> {
    let columns = ["person_id", "month", "contract_minutes", "absence_minutes"];
    let row = |new: NewCapacity| {
        [
            new.person.into(),
            new.month.into(),
            new.contract.0.into(),
            new.absence.0.into(),
        ]
    };
    insert(db, "capacities", columns, capacities.map(row)).await
}

/// Projects with their ids.
pub(in crate::books) async fn insert_projects<'a>(
    db: &impl ConnectionTrait,
    projects: impl Iterator<Item = (i64, &'a NewProject)>,
) -> Result<(), DbErr> {
    let columns = [
        "id",
        "code",
        "name",
        "client_id",
        "division_id",
        "kind",
        "billing_rate",
        "fee",
        "starts_on",
        "ends_on",
        "budget",
        "budget_minutes",
    ];
    let row = |(id, new): (i64, &NewProject)| {
        [
            id.into(),
            new.code.clone().into(),
            new.name.clone().into(),
            new.client.into(),
            new.division.into(),
            new.kind.into(),
            new.terms.billing_rate.map(|rate| rate.0).into(),
            new.terms.fee.map(|fee| fee.0).into(),
            new.terms.starts_on.into(),
            new.terms.ends_on.into(),
            new.budget.map(|budget| budget.0).into(),
            new.budget_minutes.map(|minutes| minutes.0).into(),
        ]
    };
    insert(db, "projects", columns, projects.map(row)).await
}

/// Owners, from `from` on, for rows that have none yet, by their ids.
pub(in crate::books) async fn insert_owners(
    db: &impl ConnectionTrait,
    Owners { dated, owned, .. }: &Owners,
    from: NaiveDate,
    owners: impl Iterator<Item = (i64, Option<i64>)>,
) -> Result<(), DbErr> {
    let row = |(id, division): (i64, Option<i64>)| [id.into(), from.into(), division.into()];
    insert(db, dated, [owned, "valid_from", "division_id"], owners.map(row)).await
}

/// Time with its id, its revenue and its cost.
pub(in crate::books) struct ValuedTime {
    pub(in crate::books) id: i64,
    pub(in crate::books) time: NewTime,
    pub(in crate::books) revenue: Money,
    pub(in crate::books) labour_cost: Option<Money>,
}

pub(in crate::books) async fn insert_time(
    db: &impl ConnectionTrait,
    time: impl Iterator<Item = ValuedTime>,
) -> Result<(), DbErr> {
    let columns = [
        "id",
        "person_id",
        "project_id",
        "worked_on",
        "minutes",
        "billable",
        "note",
        "revenue",
        "labour_cost",
    ];
    let row = |valued: ValuedTime| {
        [
            valued.id.into(),
            valued.time.person.into(),
            valued.time.project.into(),
            valued.time.day.into(),
            valued.time.minutes.0.into(),
            valued.time.billable.into(),
            valued.time.note.into(),
            valued.revenue.0.into(),
            valued.labour_cost.map(|cost| cost.0).into(),
        ]
    };
    insert(db, "time_entries", columns, time.map(row)).await
}

/// A booking with its id and the text that earlier versions search through.
pub(in crate::books) struct FoundBooking {
    pub(in crate::books) id: i64,
    pub(in crate::books) booking: NewBooking,
    pub(in crate::books) search: String,
}

pub(in crate::books) async fn insert_bookings(
    db: &impl ConnectionTrait,
    bookings: impl Iterator<Item = FoundBooking>,
) -> Result<(), DbErr> {
    let columns = [
        "id",
        "booked_on",
        "category",
        "text",
        "supplier",
        "amount",
        "billable",
        "project_id",
        "division_id",
        "shared",
        "search",
    ];
    let row = |FoundBooking { id, booking, search }: FoundBooking| {
        let (project, division) = match booking.bearer {
            Bearer::Project(project) => (Some(project), None),
            Bearer::Division(division) => (None, Some(division)),
            Bearer::Shared | Bearer::Unassigned => (None, None),
        };
        [
            id.into(),
            booking.day.into(),
            booking.category.into(),
            booking.text.into(),
            booking.supplier.into(),
            booking.amount.0.into(),
            booking.billable.into(),
            project.into(),
            division.into(),
            (booking.bearer == Bearer::Shared).into(),
            search.into(),
        ]
    };
    insert(db, "bookings", columns, bookings.map(row)).await
}

/// Invoices with their ids.
pub(in crate::books) async fn insert_invoices(
    db: &impl ConnectionTrait,
    invoices: impl Iterator<Item = (i64, NewInvoice)>,
) -> Result<(), DbErr> {
    let row = |(id, new): (i64, NewInvoice)| {
        [
            id.into(),
            new.number.into(),
            new.project.into(),
            new.day.into(),
            new.amount.0.into(),
        ]
    };
    insert(
        db,
        "invoices",
        ["id", "number", "project_id", "invoiced_on", "amount"],
        invoices.map(row),
    )
    .await
}
