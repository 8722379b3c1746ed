//! The tables of a project's page: hours by month, people, bookings and invoices.

use super::project_sql;
use crate::{
    days::{Days, Month},
    measure::Measure,
    message::Message,
    messages::{figure, projects},
    money::{Minutes, Money},
    place::Place,
    report::{Cell, Column, Row, Table},
    server::ledger::{Ledger, ProjectLedger},
    view::RenderContext,
};

pub(super) fn hours_by_month(
    project: &ProjectLedger,
    ledger: &Ledger,
    months: &[Days],
    context: &RenderContext,
) -> Table {
    let by_month: Vec<_> = months
        .iter()
        .map(|month| project.figures(ledger.timeline.stretches(month)))
        .collect();
    let all = months.first().zip(months.last()).map(|(first, last)| Days {
        from: first.from,
        to: last.to,
    });
    let place = Place::chosen().project(&project.project.code);
    let row = |name: Message, measure: Measure, hours_in: &dyn Fn(usize) -> Minutes| {
        let hours: Vec<Minutes> = (0..by_month.len()).map(hours_in).collect();
        let sum = hours.iter().copied().sum::<Minutes>();
        let each = hours.into_iter().chain([sum]).zip(months.iter().copied().chain(all));
        let cells = each.map(|(hours, days)| context.figure(Cell::of(hours), measure, &place.clone().on(days)));
        Row::new(std::iter::once(Cell::of(name)).chain(cells).collect())
    };
    let mut columns = vec![Column::text(figure::hours_name())];
    columns.extend(months.iter().map(|month| Column::figure(Month::of(month.from))));
    columns.push(Column::figure(figure::total()));
    Table {
        name: "hours-by-month",
        caption: projects::hours_by_month().into(),
        columns,
        rows: vec![
            row(figure::billable(), Measure::BillableHours, &|month| {
                by_month[month].billable_minutes
            }),
            row(figure::not_billable(), Measure::UnbillableHours, &|month| {
                by_month[month].minutes - by_month[month].billable_minutes
            }),
        ],
        total: Some(row(figure::total(), Measure::Hours, &|month| by_month[month].minutes)),
        lacks: None,
        empty: projects::nobody_worked(),
    }
}

/// The people with their hours. What each of them costs is only for users who may see cost rates, because cost divided
/// by hours is a rate.
pub(super) fn people_table(people: Vec<project_sql::PersonRow>, code: &str, context: &RenderContext) -> Table {
    let of_project = || Place::chosen().project(code);
    let shows_cost = context.scope.includes_labour_cost();
    let row = |name: Cell, place: Place, people: &[project_sql::PersonRow]| {
        let sum = |figure: fn(&project_sql::PersonRow) -> i64| people.iter().map(figure).sum::<i64>();
        let known = |figure: fn(&project_sql::PersonRow) -> Option<i64>| people.iter().filter_map(figure).sum::<i64>();
        let mut figures = vec![
            (Measure::Hours, Cell::of(Minutes(sum(|person| person.minutes)))),
            (
                Measure::BillableHours,
                Cell::of(Minutes(sum(|person| person.billable_minutes))),
            ),
        ];
        if shows_cost {
            let unrated = Cell::of(Minutes(known(|person| person.unvalued_minutes)));
            figures.push((Measure::LabourCost, Cell::of(Money(known(|person| person.labour_cost)))));
            figures.push((Measure::UnratedHours, unrated));
        }
        let figures = figures
            .into_iter()
            .map(|(measure, cell)| context.figure(cell, measure, &place));
        Row::new(std::iter::once(name).chain(figures).collect())
    };
    let mut columns = vec![
        Column::text(figure::person()),
        Column::figure(figure::hours_name()),
        Column::figure(figure::billable()),
    ];
    if shows_cost {
        columns.extend([
            Column::figure(figure::labour_cost()),
            Column::figure(figure::unrated_hours()),
        ]);
    }
    Table {
        name: "people",
        caption: figure::people().into(),
        columns,
        total: Some(row(Cell::of(figure::total()), of_project(), &people)),
        rows: people
            .chunks(1)
            .map(|person| {
                let place = of_project().person(person[0].id);
                row(Cell::text(&person[0].name), place, person)
            })
            .collect(),
        lacks: None,
        empty: projects::nobody_worked(),
    }
}

pub(super) fn bookings_table(bookings: Vec<project_sql::BookingRow>) -> Table {
    let sum: Money = bookings.iter().map(|booking| Money(booking.amount)).sum();
    let rows = bookings.into_iter().map(|booking| {
        Row::new(vec![
            Cell::of(booking.booked_on),
            Cell::text(booking.category),
            Cell::text(booking.text),
            Cell::text(booking.supplier),
            Cell::of(if booking.billable { figure::yes() } else { figure::no() }),
            Cell::of(Money(booking.amount)),
        ])
    });
    Table {
        name: "bookings",
        caption: figure::bookings().into(),
        columns: vec![
            Column::text(figure::day()),
            Column::text(figure::category()),
            Column::text(figure::text()),
            Column::text(figure::supplier()),
            Column::text(figure::billable()),
            Column::figure(figure::amount()),
        ],
        rows: rows.collect(),
        total: Some(Row::total(6, vec![(5, Cell::of(sum))])),
        lacks: None,
        empty: projects::nothing_booked(),
    }
}

pub(super) fn invoices_table(invoices: Vec<project_sql::InvoiceRow>) -> Table {
    let sum: Money = invoices.iter().map(|invoice| Money(invoice.amount)).sum();
    let rows = invoices.into_iter().map(|invoice| {
        Row::new(vec![
            Cell::of(invoice.invoiced_on),
            Cell::text(invoice.number),
            Cell::of(Money(invoice.amount)),
        ])
    });
    Table {
        name: "invoices",
        caption: figure::invoices().into(),
        columns: vec![
            Column::text(figure::day()),
            Column::text(figure::number()),
            Column::figure(figure::amount()),
        ],
        rows: rows.collect(),
        total: Some(Row::total(3, vec![(2, Cell::of(sum))])),
        lacks: None,
        empty: projects::nothing_invoiced(),
    }
}
