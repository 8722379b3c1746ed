//! The bookings in the scope, searched and cut into pages by the database.

use super::CostsQuery;
use crate::{
    error::AppError,
    money::Money,
    period::Days,
    projects,
    server::ledger::owners::{BOOKING_SHARES, PROJECT_OWNERS},
    ui::{
        pager::Pager,
        table::{Cell, Column, Row, Table},
    },
    view::Request,
};
use chrono::NaiveDate;
use leptos::prelude::*;
use sea_orm::{ConnectionTrait, FromQueryResult, Statement, Value};

const PAGE_SIZE: u64 = 50;

#[derive(FromQueryResult)]
struct CountRow {
    count: i64,
    amount: i64,
}

/// Who bears a booking, or one division's part of it.
#[derive(FromQueryResult)]
struct PartRow {
    booked_on: NaiveDate,
    category: String,
    text: String,
    supplier: String,
    code: Option<String>,
    division_id: Option<i64>,
    shared: bool,
    unsplit: i64,
    amount: i64,
}

/// The section with the bookings of `days`: a line for each division's part, and the total of all that match.
pub(super) async fn section(
    db: &impl ConnectionTrait,
    request: &Request,
    days: &Days,
    query: &CostsQuery,
) -> Result<AnyView, AppError> {
    let wanted = query.q.trim().to_lowercase();
    let mut values: Vec<Value> = vec![days.from.into(), days.to.into()];
    let mut condition = format!(
        "s.booked_on >= $1 AND s.booked_on <= $2 AND {}",
        request.scope.sql("s.division_id")
    );
    if !wanted.is_empty() {
        values.push(pattern(&wanted).into());
        condition.push_str(" AND s.search LIKE $3 ESCAPE '!'");
    }
    let from = format!("FROM booking_shares s WHERE {condition}");
    let with = format!("WITH {PROJECT_OWNERS}, {BOOKING_SHARES}");
    let count = Statement::from_sql_and_values(
        db.get_database_backend(),
        format!("{with} SELECT COUNT(*) AS count, CAST(COALESCE(SUM(s.amount), 0) AS BIGINT) AS amount {from}"),
        values.clone(),
    );
    let count = CountRow::find_by_statement(count)
        .one(db)
        .await?
        .unwrap_or(CountRow { count: 0, amount: 0 });
    let pager = Pager {
        page: u64::from(query.page.get()),
        page_size: PAGE_SIZE,
        total: count.count.unsigned_abs(),
        format: request.format,
    };
    let first = (pager.current() - 1) * PAGE_SIZE;
    let page = Statement::from_sql_and_values(
        db.get_database_backend(),
        format!(
            "{with}
             SELECT s.booked_on, s.category, s.text, s.supplier, p.code, s.division_id, s.shared,
                    CAST(s.unsplit AS BIGINT) AS unsplit, s.amount
             FROM booking_shares s LEFT JOIN projects p ON p.id = s.project_id
             WHERE {condition}
             ORDER BY s.booked_on DESC, s.id DESC, s.unsplit, s.part LIMIT {PAGE_SIZE} OFFSET {first}"
        ),
        values,
    );
    let parts = PartRow::find_by_statement(page).all(db).await?;
    let table = table(parts, Money(count.amount), request, !wanted.is_empty());
    Ok(view! {
        <section class="panel">
            <h2>"Bookings"</h2>
            {table.view()}
            {pager.view(|page| request.link(&query.on_page(page)))}
        </section>
    }
    .into_any())
}

/// What `LIKE` takes for «contains `wanted`», whatever signs it has.
fn pattern(wanted: &str) -> String {
    let escaped = wanted.replace('!', "!!").replace('%', "!%").replace('_', "!_");
    format!("%{escaped}%")
}

fn table(parts: Vec<PartRow>, sum: Money, request: &Request, is_search: bool) -> Table {
    let format = request.format;
    let rows = parts.into_iter().map(|part| {
        Row::new(vec![
            Cell::text(part.booked_on.to_string()),
            Cell::text(part.category),
            Cell::text(match (part.shared, part.unsplit) {
                (false, _) => part.text,
                (true, 0) => format!("{} (part of a shared booking)", part.text),
                (true, _) => format!("{} (shared, and not split)", part.text),
            }),
            Cell::text(part.supplier),
            part.code.map_or(Cell::Empty, |code| {
                Cell::link(&code, request.link(&projects::address(&code)))
            }),
            request.division_cell(part.division_id),
            Cell::money(Money(part.amount), format),
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
            Column::text("Project"),
            Column::text("Division"),
            Column::figure("Amount"),
        ],
        rows: rows.collect(),
        total: Some(Row::new(vec![
            Cell::text("Total"),
            blank(),
            blank(),
            blank(),
            blank(),
            blank(),
            Cell::money(sum, format),
        ])),
        lacks: None,
        empty: if is_search {
            "No booking contains what you are looking for. Clear the search to see all."
        } else {
            "Nothing was booked in this period."
        },
    }
}
