//! The tables of a project's page: hours by month, people, bookings and invoices.

use super::project_sql;
use crate::{
    money::{Minutes, Money, NumberFormat},
    period::{Days, Month},
    server::ledger::{Ledger, ProjectLedger},
    ui::table::{Cell, Column, Row, Table},
    view::RenderContext,
};

pub(super) fn hours_by_month(project: &ProjectLedger, ledger: &Ledger, months: &[Days], format: NumberFormat) -> Table {
    let by_month: Vec<_> = months
        .iter()
        .map(|month| project.figures(ledger.timeline.stretches(month)))
        .collect();
    let row = |name: &str, figure: &dyn Fn(usize) -> Minutes| {
        let hours: Vec<Minutes> = (0..by_month.len()).map(figure).collect();
        let mut cells = vec![Cell::text(name)];
        cells.extend(hours.iter().map(|minutes| Cell::hours(*minutes, format)));
        cells.push(Cell::hours(hours.into_iter().sum(), format));
        Row::new(cells)
    };
    let mut columns = vec![Column::text("Hours")];
    columns.extend(months.iter().map(|month| Column::figure(Month::of(month.from).name())));
    columns.push(Column::figure("Total"));
    Table {
        caption: "Hours by month".to_owned(),
        caption_hidden: true,
        columns,
        rows: vec![
            row("Billable", &|month| by_month[month].billable_minutes),
            row("Not billable", &|month| {
                by_month[month].minutes - by_month[month].billable_minutes
            }),
        ],
        total: Some(row("Total", &|month| by_month[month].minutes)),
        lacks: None,
        empty: "",
    }
}

/// The people with their hours. What each of them costs is only for users who may see cost rates, because cost divided
/// by hours is a rate.
pub(super) fn people_table(people: Vec<project_sql::PersonRow>, context: &RenderContext) -> Table {
    let format = context.format;
    let shows_cost = context.scope.includes_labour_cost();
    let row = |name: Cell, people: &[project_sql::PersonRow]| {
        let sum = |figure: fn(&project_sql::PersonRow) -> i64| people.iter().map(figure).sum::<i64>();
        let known = |figure: fn(&project_sql::PersonRow) -> Option<i64>| people.iter().filter_map(figure).sum::<i64>();
        let mut cells = vec![
            name,
            Cell::hours(Minutes(sum(|person| person.minutes)), format),
            Cell::hours(Minutes(sum(|person| person.billable_minutes)), format),
        ];
        if shows_cost {
            cells.push(Cell::money(Money(known(|person| person.labour_cost)), format));
            cells.push(Cell::hours(Minutes(known(|person| person.unvalued_minutes)), format));
        }
        Row::new(cells)
    };
    let mut columns = vec![
        Column::text("Person"),
        Column::figure("Hours"),
        Column::figure("Billable"),
    ];
    if shows_cost {
        columns.extend([
            Column::figure("Labour cost"),
            Column::figure("Hours without a cost rate"),
        ]);
    }
    Table {
        caption: "People".to_owned(),
        caption_hidden: true,
        columns,
        total: Some(row(Cell::text("Total"), &people)),
        rows: people
            .chunks(1)
            .map(|person| row(Cell::text(&person[0].name), person))
            .collect(),
        lacks: None,
        empty: "Nobody worked on this project in this period.",
    }
}

pub(super) fn bookings_table(bookings: Vec<project_sql::BookingRow>, format: NumberFormat) -> Table {
    let sum = bookings.iter().map(|booking| Money(booking.amount)).sum();
    let rows = bookings.into_iter().map(|booking| {
        Row::new(vec![
            Cell::text(booking.booked_on.to_string()),
            Cell::text(booking.category),
            Cell::text(booking.text),
            Cell::text(booking.supplier),
            Cell::text(if booking.billable { "yes" } else { "no" }),
            Cell::money(Money(booking.amount), format),
        ])
    });
    let blank = || Cell::text("");
    Table {
        caption: "Bookings".to_owned(),
        caption_hidden: true,
        columns: vec![
            Column::text("Day"),
            Column::text("Category"),
            Column::text("Text"),
            Column::text("Supplier"),
            Column::text("Billable"),
            Column::figure("Amount"),
        ],
        rows: rows.collect(),
        total: Some(Row::new(vec![
            Cell::text("Total"),
            blank(),
            blank(),
            blank(),
            blank(),
            Cell::money(sum, format),
        ])),
        lacks: None,
        empty: "Nothing was booked on this project in this period.",
    }
}

pub(super) fn invoices_table(invoices: Vec<project_sql::InvoiceRow>, format: NumberFormat) -> Table {
    let sum = invoices.iter().map(|invoice| Money(invoice.amount)).sum();
    let rows = invoices.into_iter().map(|invoice| {
        Row::new(vec![
            Cell::text(invoice.invoiced_on.to_string()),
            Cell::text(invoice.number),
            Cell::money(Money(invoice.amount), format),
        ])
    });
    Table {
        caption: "Invoices".to_owned(),
        caption_hidden: true,
        columns: vec![Column::text("Day"), Column::text("Number"), Column::figure("Amount")],
        rows: rows.collect(),
        total: Some(Row::new(vec![
            Cell::text("Total"),
            Cell::text(""),
            Cell::money(sum, format),
        ])),
        lacks: None,
        empty: "Nothing was invoiced for this project in this period.",
    }
}
