//! Refusals by a constraint of the database: an error at the field at fault, and a conflict if two enter one thing.

use crate::{app::TestApp, on_both_databases};
use control_maniac::{
    books::{BooksError, Change, NewDivision},
    error::{AppError, ErrorKind},
    server::{
        accounts::{self, ChangeError, NewAccount},
        violation::Violation,
    },
};
use sea_orm::{ConnectionTrait, DatabaseConnection};

on_both_databases!(
    of_two_who_add_one_account_one_is_told_that_it_exists,
    of_two_nodes_that_add_one_division_one_is_told_which_field,
    every_constraint_names_the_field,
    a_refused_row_is_answered_as_what_it_is,
);

async fn of_two_who_add_one_account_one_is_told_that_it_exists(app: TestApp) -> TestApp {
    let new = || NewAccount {
        email: "Ada@Studio.test".to_owned(),
        name: "Ada".to_owned(),
        sees_all_divisions: true,
        sees_cost_rates: false,
        divisions: Vec::new(),
    };
    let (one, other) = (app.database.connect().await, app.database.connect().await);
    let calendar = &app.state.calendar;
    let password = || "a sentence nobody guesses 47".to_owned();
    let (first, second) = tokio::join!(
        accounts::add(&one, calendar, new(), password()),
        accounts::add(&other, calendar, new(), password())
    );
    let (added, refused) = match (first, second) {
        (Ok(added), Err(refused)) | (Err(refused), Ok(added)) => (added, refused),
        both => panic!("one is added: {both:?}"),
    };
    assert_eq!(added, "ada@studio.test");
    assert!(
        matches!(&refused, ChangeError::Exists(email) if *email == added),
        "{refused}"
    );
    one.close().await.unwrap();
    other.close().await.unwrap();
    app
}

async fn add_print(db: &DatabaseConnection) -> Result<(), BooksError> {
    let mut change = Change::begin(db).await?;
    let division = NewDivision {
        slug: "print-again".to_owned(),
        name: "Print".to_owned(),
        position: 90,
        accent: "slate".to_owned(),
    };
    change.add_divisions(vec![division]).await?;
    change.commit().await
}

async fn of_two_nodes_that_add_one_division_one_is_told_which_field(app: TestApp) -> TestApp {
    let (one, other) = (app.database.connect().await, app.database.connect().await);
    let (first, second) = tokio::join!(add_print(&one), add_print(&other));
    let refused = match (first, second) {
        (Ok(()), Err(refused)) | (Err(refused), Ok(())) => refused,
        both => panic!("one is added: {both:?}"),
    };
    let BooksError::Refused(violation) = refused else {
        panic!("{refused}");
    };
    assert_eq!(
        (violation.kind, violation.field.as_deref()),
        (ErrorKind::Conflict, Some("slug"))
    );
    assert!(
        violation.to_string().contains("a division with this short name"),
        "{violation}"
    );
    one.close().await.unwrap();
    other.close().await.unwrap();
    app
}

/// The database's answer to a statement that it refuses.
async fn refusal(app: &TestApp, statement: &str) -> Violation {
    let db = app.state.db.writer();
    let error = db.execute_unprepared(statement).await.expect_err(statement);
    Violation::of(&error).unwrap_or_else(|| panic!("{statement}: {error}"))
}

async fn every_constraint_names_the_field(app: TestApp) -> TestApp {
    let again = [
        ("divisions", "slug, name, position, accent", "slug"),
        ("clients", "name", "name"),
        ("projects", "code, name, kind, starts_on", "code"),
        ("invoices", "number, project_id, invoiced_on, amount", "number"),
        (
            "users",
            "email, name, password_hash, is_admin, sees_all_divisions, sees_cost_rates",
            "email",
        ),
        ("cost_rates", "person_id, valid_from, cents_per_hour", "valid_from"),
        (
            "capacities",
            "person_id, month, contract_minutes, absence_minutes",
            "month",
        ),
        ("overhead_keys", "valid_from, division_id, weight", "division_id"),
        ("project_divisions", "project_id, valid_from, division_id", "valid_from"),
        ("person_divisions", "person_id, valid_from, division_id", "valid_from"),
        ("project_terms", "project_id, valid_from, starts_on", "valid_from"),
        ("user_divisions", "user_id, division_id", "division_id"),
    ];
    for (table, columns, field) in again {
        // An internal project needs no price.
        let columns_again = columns.replace("kind", "'internal'");
        let statement = format!("INSERT INTO {table} ({columns}) SELECT {columns_again} FROM {table} LIMIT 1");
        let violation = refusal(&app, &statement).await;
        assert_eq!(
            (violation.kind, violation.field.as_deref()),
            (ErrorKind::Conflict, Some(field)),
            "{statement}"
        );
        assert!(!violation.to_string().contains("one like it"), "{table}: {violation}");
    }
    let unfit = [
        ("UPDATE cost_rates SET cents_per_hour = -1", "cents_per_hour"),
        ("UPDATE time_entries SET minutes = 0", "minutes"),
        ("UPDATE bookings SET amount = 99999999999999", "amount"),
        ("UPDATE projects SET ends_on = '1999-01-01'", "ends_on"),
        (
            "UPDATE capacities SET absence_minutes = contract_minutes + 1",
            "absence_minutes",
        ),
        ("UPDATE people SET name = NULL", "name"),
    ];
    for (statement, field) in unfit {
        let violation = refusal(&app, statement).await;
        assert_eq!(
            (violation.kind, violation.field.as_deref()),
            (ErrorKind::Invalid, Some(field)),
            "{statement}: {violation}"
        );
    }
    app
}

async fn a_refused_row_is_answered_as_what_it_is(app: TestApp) -> TestApp {
    let error = AppError::from(refusal(&app, "INSERT INTO clients (name) SELECT name FROM clients LIMIT 1").await);
    assert_eq!((error.status(), error.field.as_deref()), (409, Some("name")), "{error}");
    let nowhere = refusal(&app, "UPDATE people SET division_id = 999").await;
    assert_eq!(nowhere.kind, ErrorKind::Invalid);
    // SQLite doesn't say which reference it is.
    let is_postgres = matches!(app.kind, crate::database::Kind::Postgres);
    assert_eq!(nowhere.field.as_deref(), is_postgres.then_some("division_id"));
    assert_eq!(AppError::from(nowhere).status(), 400);
    app
}
