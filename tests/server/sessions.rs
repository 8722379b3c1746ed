//! The session store: create, load, save, delete, expiry, an id that is taken, and a save that races a delete.

use crate::{
    app::{CONTROLLER, TestApp},
    clock::{HeldClock, NoonOf},
    database::today,
    on_both_databases,
};
use control_maniac::server::{
    clock::Clock,
    digest::SessionDigest,
    session_store::{self, Data, DatabaseStore, SEEN_KEY, delete_expired, ended},
    sql::sql,
};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::json;
use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
    time::Duration,
};
use time::OffsetDateTime;
use tower_sessions::{
    SessionStore,
    session::{Id, Record},
};

on_both_databases!(
    what_is_created_is_loaded,
    prolonging_moves_the_end_and_keeps_what_others_changed,
    what_is_deleted_is_gone_and_saving_does_not_bring_it_back,
    a_save_that_races_a_delete_never_wins,
    what_has_ended_is_neither_loaded_nor_kept,
    a_taken_id_is_exchanged_and_nothing_is_overwritten,
    a_visit_on_another_day_prolongs_the_session,
    nothing_in_the_database_can_be_sent_as_a_session,
);

fn record(value: &str) -> Record {
    Record {
        id: Id::default(),
        data: HashMap::from([("key".to_owned(), json!(value))]),
        // The store has its own word on that.
        expiry_date: OffsetDateTime::UNIX_EPOCH,
    }
}

/// The same as it is after a visit.
fn seen(mut record: Record) -> Record {
    record.data.insert(SEEN_KEY.to_owned(), json!("2026-11-24"));
    record
}

fn store(app: &TestApp) -> DatabaseStore {
    app.state.sessions.clone()
}

/// The same sessions, which end by a clock that the test moves.
fn with_held_clock(app: &TestApp) -> (DatabaseStore, Arc<HeldClock>) {
    let clock = HeldClock::at(NoonOf(today()).wall());
    (DatabaseStore::new(app.state.db.clone(), clock.clone()), clock)
}

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

async fn what_is_created_is_loaded(app: TestApp) -> TestApp {
    let mut created = record("a");
    store(&app).create(&mut created).await.unwrap();
    assert_eq!(store(&app).load(&created.id).await.unwrap(), Some(created));
    assert_eq!(store(&app).load(&Id::default()).await.unwrap(), None);
    app
}

async fn prolonging_moves_the_end_and_keeps_what_others_changed(app: TestApp) -> TestApp {
    let (store, clock) = with_held_clock(&app);
    let mut loaded = record("a");
    store.create(&mut loaded).await.unwrap();
    let changed = app.state.db.begin_writing().await.unwrap();
    let other_request = |data: &mut Data| {
        data.insert("key".to_owned(), json!({"deep": ["b", 1, null, "ü"]}))
            .is_some()
    };
    assert!(
        session_store::change(&changed, &loaded.id, other_request, None)
            .await
            .unwrap()
    );
    changed.commit().await.unwrap();
    clock.advance(DAY);
    store.prolong(&seen(loaded.clone())).await.unwrap();
    let stored = store.load(&loaded.id).await.unwrap().unwrap();
    assert_eq!(stored.expiry_date, loaded.expiry_date + DAY);
    assert_eq!(stored.data[SEEN_KEY], "2026-11-24");
    assert_eq!(stored.data["key"], json!({"deep": ["b", 1, null, "ü"]}));
    clock.advance(DAY);
    store.prolong(&seen(loaded.clone())).await.unwrap();
    assert_eq!(
        store.load(&loaded.id).await.unwrap(),
        Some(stored),
        "once a day is enough"
    );
    app
}

async fn what_is_deleted_is_gone_and_saving_does_not_bring_it_back(app: TestApp) -> TestApp {
    let mut deleted = record("a");
    store(&app).create(&mut deleted).await.unwrap();
    deleted = seen(deleted);
    store(&app).end(&deleted.id).await.unwrap();
    store(&app).prolong(&deleted).await.unwrap();
    assert_eq!(store(&app).load(&deleted.id).await.unwrap(), None);
    store(&app).end(&deleted.id).await.unwrap();
    app
}

async fn a_save_that_races_a_delete_never_wins(app: TestApp) -> TestApp {
    for _ in 0..20 {
        let mut raced = record("a");
        store(&app).create(&mut raced).await.unwrap();
        raced = seen(raced);
        let start = std::sync::Arc::new(tokio::sync::Barrier::new(2));
        let saving = {
            let (store, raced, start) = (store(&app), raced.clone(), start.clone());
            tokio::spawn(async move {
                start.wait().await;
                store.prolong(&raced).await.unwrap();
            })
        };
        start.wait().await;
        store(&app).end(&raced.id).await.unwrap();
        saving.await.unwrap();
        assert_eq!(store(&app).load(&raced.id).await.unwrap(), None);
    }
    app
}

async fn what_has_ended_is_neither_loaded_nor_kept(app: TestApp) -> TestApp {
    let (store, clock) = with_held_clock(&app);
    let (mut left, mut visited) = (record("a"), record("b"));
    store.create(&mut left).await.unwrap();
    store.create(&mut visited).await.unwrap();
    clock.advance(DAY * 31 - Duration::from_secs(1));
    assert!(store.load(&left.id).await.unwrap().is_some(), "its last second");
    store.prolong(&seen(visited.clone())).await.unwrap();
    clock.advance(Duration::from_secs(1));
    assert_eq!(store.load(&left.id).await.unwrap(), None);
    let both = HashSet::from([&left, &visited].map(|record| SessionDigest::of(&record.id)));
    let over = ended(app.state.db.reader(), &both, clock.wall()).await.unwrap();
    assert_eq!(over, [SessionDigest::of(&left.id)]);
    delete_expired(app.state.db.writer(), clock.wall()).await.unwrap();
    assert!(store.load(&visited.id).await.unwrap().is_some());
    // With its end in the future it would load again if it still existed.
    store.prolong(&seen(left.clone())).await.unwrap();
    assert_eq!(store.load(&left.id).await.unwrap(), None);
    app
}

async fn a_taken_id_is_exchanged_and_nothing_is_overwritten(app: TestApp) -> TestApp {
    let mut first = record("first");
    store(&app).create(&mut first).await.unwrap();
    let mut second = Record {
        id: first.id,
        ..record("second")
    };
    store(&app).create(&mut second).await.unwrap();
    assert_ne!(first.id, second.id);
    assert_eq!(store(&app).load(&first.id).await.unwrap(), Some(first));
    assert_eq!(store(&app).load(&second.id).await.unwrap(), Some(second));
    app
}

async fn a_visit_on_another_day_prolongs_the_session(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    browser.open("/").await;
    assert_eq!(browser.open("/").await.header("set-cookie"), "", "once a day is enough");
    let soon = NoonOf(today()).wall().timestamp() + 60;
    let back = format!("UPDATE sessions SET expires_at = {soon}, record = REPLACE(record, '2026-11-24', '2026-11-23')");
    app.state.db.writer().execute_unprepared(&back).await.unwrap();
    let cookie = browser.open("/costs").await.header("set-cookie").to_owned();
    assert!(
        cookie.contains("Max-Age=2678400"),
        "the cookie lives another 31 days: {cookie}"
    );
    // The page doesn't wait for it.
    let mut look = tokio::time::interval(std::time::Duration::from_millis(5));
    let prolonged = tokio::time::timeout(std::time::Duration::from_secs(20), async {
        while sql("SELECT expires_at FROM sessions")
            .value::<i64>(app.state.db.reader())
            .await
            .unwrap()
            <= Some(soon + 30 * 24 * 3600)
        {
            look.tick().await;
        }
    });
    prolonged.await.expect("and so does the session");
    app
}

async fn nothing_in_the_database_can_be_sent_as_a_session(app: TestApp) -> TestApp {
    let browser = app.browser();
    let answer = browser
        .log_in(CONTROLLER, control_maniac::server::demo::PASSWORD, None)
        .await;
    let cookie = answer.cookie("session");
    let id: Id = cookie.value().parse().unwrap();
    let backend = app.state.db.backend();
    let sql = "SELECT s.id, s.record, u.password_hash FROM sessions s JOIN users u ON u.id = s.user_id";
    let rows = app
        .state
        .db
        .writer()
        .query_all_raw(Statement::from_string(backend, sql))
        .await
        .unwrap();
    let text = |column: &str| rows[0].try_get::<String>("", column).unwrap();
    assert_eq!((rows.len(), text("id")), (1, SessionDigest::of(&id).to_string()));
    let hash = text("password_hash");
    let bytes = json!(hash.as_bytes()).to_string();
    assert!(
        !text("record").contains(cookie.value()) && !text("record").contains(&hash) && !text("record").contains(&bytes)
    );
    let stranger = app.browser();
    for stolen in [text("id"), text("id")[..22].to_owned()] {
        let request = stranger
            .request(reqwest::Method::GET, "/api/figures?address=/&division=all&period=ytd")
            .header("cookie", format!("session={stolen}"));
        stranger.send(request).await.assert_error(401, "not_logged_in");
    }
    app
}
