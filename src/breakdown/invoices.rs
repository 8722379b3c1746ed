//! The invoices of a project since it began, row by row; those of a time when it was another division's, in one sum.

use super::{invoices_sql, opened::Opened};
use crate::{
    error::AppError,
    messages::{figure, measure as words, projects as project_words},
    money::Money,
    report::{Cell, Column, Panel, Row, Table},
};
use sea_orm::ConnectionTrait;

/// The invoices of an opened figure, with their total.
pub(super) async fn panel<C: ConnectionTrait>(opened: &Opened<'_, C>) -> Result<Panel, AppError> {
    let project = opened.place.project.as_deref().unwrap_or_default();
    let invoices = invoices_sql::until(opened.db, project, opened.days.to).await?;
    let sum = invoices.iter().map(|invoice| Money(invoice.amount)).sum::<Money>();
    let everything = &opened.context.everything;
    let (seen, unseen): (Vec<_>, Vec<_>) = invoices
        .into_iter()
        .partition(|invoice| everything.includes(invoice.division_id));
    let mut rows: Vec<Row> = seen
        .iter()
        .map(|invoice| {
            Row::new(vec![
                Cell::of(invoice.invoiced_on),
                Cell::text(&invoice.number),
                Cell::of(Money(invoice.amount)),
            ])
        })
        .collect();
    if !unseen.is_empty() {
        let amount = unseen.iter().map(|invoice| Money(invoice.amount)).sum::<Money>();
        let name = Cell::of(words::while_another_divisions());
        rows.push(Row::new(vec![name, Cell::Nothing, Cell::of(amount)]));
    }
    let table = Table {
        name: "invoices",
        caption: figure::invoices().into(),
        columns: vec![
            Column::text(figure::day()),
            Column::text(figure::number()),
            Column::figure(figure::amount()),
        ],
        rows: Vec::new(),
        total: Some(Row::total(3, vec![(2, Cell::of(sum))])),
        lacks: None,
        empty: project_words::nothing_invoiced(),
    };
    Ok(Panel::new(figure::invoices(), vec![opened.list(table, rows)]))
}
