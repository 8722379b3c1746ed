//! The books refuse entries that don't fit together, with a message. The database would accept it and mean something
//! else.

use crate::{app::TestApp, database::today, on_both_databases};
use control_maniac::{
    books::{BEGINNING, BooksError, Change, Key, NewCapacity, NewProject, Terms, Unfit},
    money::{Minutes, Money, Rate},
    server::{check, ledger::ProjectKind},
};

on_both_databases!(what_does_not_fit_together_is_refused);

async fn what_does_not_fit_together_is_refused(app: TestApp) -> TestApp {
    let day = today();
    let mut change = Change::begin(app.state.db.writer()).await.unwrap();
    let terms = Terms {
        billing_rate: None,
        fee: Some(Money(1)),
        starts_on: day,
        ends_on: None,
    };
    let project = NewProject {
        code: "NEW-001".to_owned(),
        name: "New".to_owned(),
        client: None,
        division: Some(1),
        kind: ProjectKind::TimeAndMaterial,
        terms,
        budget: None,
        budget_minutes: None,
    };
    let capacity = NewCapacity {
        person: 1,
        month: day,
        contract: Minutes(60),
        absence: Minutes(0),
    };
    // WEB-001 earns by the hour and WEB-008 a fixed price. Other terms follow, so that their own rows wouldn't say so.
    let later = Terms {
        billing_rate: Some(Rate(1)),
        ends_on: Some(day),
        ..terms
    };
    for project in [1, 8] {
        change.set_terms(project, day, later).await.unwrap();
    }
    for (refused, said) in [
        (change.set_key(day, Key(vec![])).await, "at least one division"),
        (
            change.set_key(day, Key(vec![(1, 5), (2, 1), (1, 0)])).await,
            "id 1 twice",
        ),
        (change.set_terms(1, BEGINNING, terms).await, "WEB-001 earns by the hour"),
        (
            change.set_terms(8, BEGINNING, terms).await,
            "WEB-008 earns a fixed price",
        ),
        (
            change.set_capacities([capacity]).await,
            "24 Nov 2026 is not the first day",
        ),
        (
            change.add_projects(vec![project]).await.map(drop),
            "NEW-001 earns by the hour",
        ),
    ] {
        let error = refused.unwrap_err();
        assert!(matches!(error, BooksError::Unfit(_)), "{error}");
        assert!(error.to_string().contains(said), "{error}");
    }
    assert!(Unfit::KeyOfNobody.to_string().contains("weight of 0"));
    // None of it has harmed the change.
    change.commit().await.unwrap();
    for finding in check::run(app.state.db.writer()).await.unwrap() {
        assert_eq!(finding.faults, 0, "{finding}");
    }
    app
}
