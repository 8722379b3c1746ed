//! A node learns of changes that it isn't notified of within five seconds, with a stream or without.

use crate::{
    app::{Browser, CONTROLLER, Run, TestApp, VIEWER, WEB_LEAD},
    clock::{HeldClock, NoonOf},
    database::{Kind, today},
    on_both_databases,
    postgres_proxy::PostgresProxy,
    window::Window,
};
use control_maniac::server::{
    app_state::AppState, clock::Clock as _, connections, demo, router::router, setting_layers::freshness::BOUND,
};
use sea_orm::ConnectionTrait;
use std::time::Duration;
use tokio::{
    net::TcpListener,
    time::{Instant, interval, timeout_at},
};

on_both_databases!(
    a_setting_that_nobody_proves_is_read_from_its_row,
    a_session_that_ends_unheard_ends_its_streams,
);

/// Nobody watches the database: nobody asks SQLite, nobody listens to Postgres.
async fn a_setting_that_nobody_proves_is_read_from_its_row(app: TestApp) -> TestApp {
    let clock = HeldClock::at(NoonOf(today()).wall());
    let mut config = TestApp::config(&app.database, &Run::default(), &app.probe);
    config.clock = clock.clone();
    let state = AppState::open(&config).await.unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let browser = Browser::new(&format!("http://{}", listener.local_addr().unwrap()));
    let unwatched = router(state.clone());
    let serving = tokio::spawn(connections::serve(
        listener,
        unwatched,
        connections::Limits::default(),
        std::future::pending(),
    ));
    browser.log_in(CONTROLLER, demo::PASSWORD, None).await;
    let shows = async || browser.open("/").await.main("data-division").to_owned();
    let write = async |value: &str| {
        let update = format!("UPDATE settings SET value = '{value}', revision = revision + 1 WHERE key = 'division'");
        app.database.connect().await.execute_unprepared(&update).await.unwrap();
    };
    browser.choose("division", "web").await;
    write("mobile").await;
    assert_eq!(shows().await, "mobile", "nothing was ever proved");

    state.settings_cache.prove(clock.now());
    write("design").await;
    assert_eq!(shows().await, "mobile", "it is in the cache, which counts as current");
    clock.advance(BOUND - Duration::from_millis(1));
    assert_eq!(shows().await, "mobile");
    clock.advance(Duration::from_millis(1));
    assert_eq!(shows().await, "design", "the proof is too old");

    write("web").await;
    state.settings_cache.prove(clock.now());
    state.settings_cache.doubt();
    assert_eq!(shows().await, "web", "the proof was taken back");
    serving.abort();
    app
}

async fn a_session_that_ends_unheard_ends_its_streams(app: TestApp) -> TestApp {
    let mut windows = [
        Window::open(&app.logged_in(CONTROLLER).await).await,
        Window::open(&app.logged_in(CONTROLLER).await).await,
    ];
    let mut of_another = Window::open(&app.logged_in(VIEWER).await).await;
    for window in windows.iter_mut().chain([&mut of_another]) {
        window.newest().await;
    }
    unheard(&app, "DELETE FROM sessions WHERE user_id = 1").await;
    let deadline = Instant::now() + BOUND;
    for window in &mut windows {
        let ended = timeout_at(deadline, window.assert_ended()).await;
        ended.expect("told within the bound");
    }
    app.logged_in(VIEWER).await.choose("division", "web").await;
    of_another
        .newest_with(|newest| newest["settings"]["division"]["value"] == "web")
        .await;
    app
}

/// Nodes share a Postgres; a SQLite file has one.
#[tokio::test(flavor = "multi_thread")]
async fn a_listener_that_died_silently_keeps_nobody_behind() {
    TestApp::run(Kind::Postgres, a_dead_listener).await;
}

async fn a_dead_listener(app: TestApp) -> TestApp {
    let proxy = PostgresProxy::start(app.database.postgres().1).await;
    let mut node = TestApp::start(app.database.through(proxy.address), app.kind, false).await;
    let (device, mut window) = behind(&node).await;
    let here = app.logged_in(CONTROLLER).await;
    let viewer_here = app.logged_in(VIEWER).await;
    proxy.forget_who_listens();
    for division in ["web", "design", "mobile"] {
        viewer_here.choose("division", division).await;
        here.choose("division", division).await;
        follow(&device, &mut window, division).await;
    }
    proxy.is_listened_to().await;
    node.stop().await;
    app
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_notification_is_made_up_for_while_others_toggle() {
    TestApp::run(Kind::Postgres, a_lost_notification).await;
}

async fn a_lost_notification(app: TestApp) -> TestApp {
    let mut node = TestApp::start(app.database.shared(), app.kind, false).await;
    let (device, mut window) = behind(&node).await;
    for email in [CONTROLLER, VIEWER] {
        app.logged_in(email).await.choose("division", "web").await;
    }
    follow(&device, &mut window, "web").await;
    let somebody_else = app.logged_in(WEB_LEAD).await;
    let toggling = tokio::spawn(async move {
        let mut each = interval(Duration::from_secs(1));
        for period in ["2025", "ytd"].iter().cycle() {
            each.tick().await;
            somebody_else.choose("period", period).await;
        }
    });
    for division in ["design", "mobile", "web"] {
        let update =
            format!("UPDATE settings SET value = '{division}', revision = revision + 1 WHERE key = 'division'");
        unheard(&app, &update).await;
        follow(&device, &mut window, division).await;
    }
    toggling.abort();
    node.stop().await;
    app
}

/// A device without a stream and another account's window, both at `node`, which has their settings in its cache.
async fn behind(node: &TestApp) -> (Browser, Window) {
    let device = node.logged_in(CONTROLLER).await;
    assert_eq!(device.open("/").await.main("data-division"), "all");
    let mut window = Window::open(&node.logged_in(VIEWER).await).await;
    window.newest().await;
    (device, window)
}

/// Both see `division`, which was just committed, in time: anything that the device asks for after that shows it.
async fn follow(device: &Browser, window: &mut Window, division: &str) {
    let deadline = Instant::now() + BOUND;
    let device_follows = async {
        let mut each = interval(Duration::from_millis(100));
        loop {
            each.tick().await;
            let asked = Instant::now();
            if device.open("/").await.main("data-division") == division {
                return;
            }
            assert!(asked < deadline, "a page is older than it may be");
        }
    };
    let window_follows = timeout_at(
        deadline,
        window.newest_with(|newest| newest["settings"]["division"]["value"] == division),
    );
    let ((), told) = tokio::join!(device_follows, window_follows);
    told.expect("a window is told in time");
}

/// Acts as another program, and nobody is notified of it.
async fn unheard(app: &TestApp, sql: &str) {
    let db = app.database.connect().await;
    match app.kind {
        Kind::Sqlite => db.execute_unprepared(sql).await.unwrap(),
        // Statements that are sent at once are one transaction.
        Kind::Postgres => {
            let silently = format!(
                "ALTER TABLE settings DISABLE TRIGGER setting_is_new; ALTER TABLE sessions DISABLE TRIGGER session_is_over;
                 {sql};
                 ALTER TABLE settings ENABLE TRIGGER setting_is_new; ALTER TABLE sessions ENABLE TRIGGER session_is_over"
            );
            db.execute_unprepared(&silently).await.unwrap()
        }
    };
}
