//! The studio's day: that of its time zone, the same on all nodes, and known in open windows.

use crate::{
    app::{Browser, CONTROLLER, TestApp},
    bad_input::Program,
    clock::HeldClock,
    on_both_databases,
    window::Window,
};
use chrono::{DateTime, Utc};
use reqwest::Method;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};
use std::{sync::Arc, time::Duration};

on_both_databases!(
    a_day_is_that_of_the_studios_time_zone,
    nodes_agree_on_the_day,
    an_open_window_hears_that_a_day_has_begun,
    a_division_can_be_chosen_until_the_day_on_which_it_is_archived,
    the_offset_for_triggers_follows_summer_time,
    the_start_says_the_zone_and_the_day,
    a_zone_that_is_none_is_refused,
);

/// Half an hour after the year has begun in Berlin.
const NEW_YEAR: &str = "2025-12-31T23:30:00Z";

const HOUR: Duration = Duration::from_secs(60 * 60);

/// A server on the same database, whose clock stands still at `wall`.
async fn node(app: &TestApp, wall: &str, zone: Option<&str>) -> (TestApp, Arc<HeldClock>) {
    let clock = HeldClock::at(wall.parse::<DateTime<Utc>>().unwrap());
    let node = TestApp::start_with(app.database.shared(), app.kind, |config| {
        config.clock = clock.clone();
        config.time_zone = zone.map(|name| name.parse().unwrap());
    });
    (node.await, clock)
}

fn day(newest: &Value) -> &str {
    let day = newest["basis"]["day"].as_str().unwrap();
    assert_eq!(newest["person"]["today"], day);
    day
}

/// The day according to a page and to an answer for a program.
async fn day_of(browser: &Browser) -> String {
    let newest = browser.send(browser.request(Method::GET, "/api/newest")).await.json();
    let day = day(&newest).to_owned();
    let page = browser.open("/projects").await;
    let year = day.split('-').next().unwrap();
    assert_eq!(page.main("data-period"), "ytd");
    assert!(page.body.contains(&format!("Year to date {year}")), "{day}");
    day
}

/// The studio's clock according to the database.
async fn stored(app: &TestApp) -> (String, i64) {
    let db = app.database.connect().await;
    let select = "SELECT time_zone, utc_offset_seconds FROM studio_clock";
    let select = Statement::from_string(db.get_database_backend(), select);
    let rows = db.query_all_raw(select).await.unwrap();
    assert_eq!(rows.len(), 1);
    let row = (
        rows[0].try_get("", "time_zone").unwrap(),
        rows[0].try_get("", "utc_offset_seconds").unwrap(),
    );
    db.close().await.unwrap();
    row
}

async fn execute(app: &TestApp, sql: &str) {
    let db = app.database.connect().await;
    db.execute_unprepared(sql).await.unwrap();
    db.close().await.unwrap();
}

async fn a_day_is_that_of_the_studios_time_zone(mut app: TestApp) -> TestApp {
    app.stop().await;
    for (zone, today, kept) in [
        (None, "2026-01-01", ("Europe/Berlin", 3600)),
        (Some("America/New_York"), "2025-12-31", ("America/New_York", -18_000)),
        // The database keeps the zone that was set once.
        (None, "2025-12-31", ("America/New_York", -18_000)),
        (Some("Asia/Kolkata"), "2026-01-01", ("Asia/Kolkata", 19_800)),
        (Some("UTC"), "2025-12-31", ("UTC", 0)),
        (Some("Europe/Berlin"), "2026-01-01", ("Europe/Berlin", 3600)),
    ] {
        let (mut node, _clock) = node(&app, NEW_YEAR, zone).await;
        assert_eq!(day_of(&node.logged_in(CONTROLLER).await).await, today, "{zone:?}");
        assert_eq!(stored(&app).await, (kept.0.to_owned(), kept.1), "{zone:?}");
        node.stop().await;
    }
    app
}

async fn nodes_agree_on_the_day(mut app: TestApp) -> TestApp {
    app.stop().await;
    let (mut one, _) = node(&app, NEW_YEAR, None).await;
    let browser = one.logged_in(CONTROLLER).await;
    let mut window = Window::open(&browser).await;
    assert_eq!(day(&window.newest().await), "2026-01-01");
    let (mut other, _) = node(&app, NEW_YEAR, Some("America/New_York")).await;
    assert_eq!(day_of(&browser).await, "2025-12-31", "it was told nothing");
    assert_eq!(day_of(&other.logged_in(CONTROLLER).await).await, "2025-12-31");
    window.newest_with(|newest| day(newest) == "2025-12-31").await;
    other.stop().await;
    one.stop().await;
    app
}

async fn an_open_window_hears_that_a_day_has_begun(mut app: TestApp) -> TestApp {
    app.stop().await;
    let (mut node, clock) = node(&app, "2025-12-31T22:30:00Z", None).await;
    let browser = node.logged_in(CONTROLLER).await;
    let mut window = Window::open(&browser).await;
    let before = window.newest().await;
    assert_eq!(day(&before), "2025-12-31");
    clock.advance(HOUR);
    let newest = window.newest().await;
    assert_eq!(day(&newest), "2026-01-01");
    assert_eq!(newest["basis"]["rights"], before["basis"]["rights"]);
    assert_eq!(newest["settings"], before["settings"]);
    let figures = browser.figures("/", "all", "ytd").await.json();
    assert_eq!(day(&figures["newest"]), "2026-01-01");
    assert!(figures["html"].as_str().unwrap().contains("Year to date 2026"));
    node.stop().await;
    app
}

async fn a_division_can_be_chosen_until_the_day_on_which_it_is_archived(mut app: TestApp) -> TestApp {
    app.stop().await;
    let (mut node, clock) = node(&app, "2025-12-31T22:30:00Z", None).await;
    let browser = node.logged_in(CONTROLLER).await;
    browser.choose("division", "design").await;
    let mut window = Window::open(&browser).await;
    window.newest().await;
    execute(
        &app,
        "UPDATE divisions SET archived_on = '2026-01-01' WHERE slug = 'design'",
    )
    .await;
    let before = window.newest().await;
    assert!(before["person"]["divisions"].to_string().contains("design"));
    assert_eq!(
        before["settings"]["division"],
        json!({"value": "design", "revision": 1})
    );
    assert_eq!(browser.choose("division", "design").await.json()["revision"], 2);
    let before = window.newest().await;

    clock.advance(HOUR);
    // The default is shown at once, and stored after that.
    let newest = window.newest().await;
    assert_eq!(day(&newest), "2026-01-01");
    assert_eq!(newest["settings"]["division"]["value"], "all");
    let stored = json!({"value": "all", "revision": 3});
    let newest = match newest["settings"]["division"] == stored {
        true => newest,
        false => {
            window
                .newest_with(|newest| newest["settings"]["division"] == stored)
                .await
        }
    };
    assert!(!newest["person"]["divisions"].to_string().contains("design"));
    assert!(newest["person"]["archived_divisions"].to_string().contains("design"));
    assert_ne!(
        newest["basis"]["rights"], before["basis"]["rights"],
        "windows drop what they hold"
    );
    browser.choose("division", "design").await.assert_error(400, "invalid");
    assert_eq!(browser.open("/").await.main("data-division"), "all");
    node.stop().await;
    app
}

async fn the_offset_for_triggers_follows_summer_time(mut app: TestApp) -> TestApp {
    app.stop().await;
    let (mut node, clock) = node(&app, "2026-03-28T12:00:00Z", None).await;
    assert_eq!(stored(&app).await.1, 3600);
    let mut window = Window::open(&node.logged_in(CONTROLLER).await).await;
    window.newest().await;
    clock.advance(24 * HOUR);
    assert_eq!(day(&window.newest().await), "2026-03-29");
    assert_eq!(stored(&app).await.1, 7200, "it is right before windows are told");
    node.stop().await;
    // No server was running when it changed back.
    let (mut later, _) = self::node(&app, "2026-12-01T12:00:00Z", None).await;
    assert_eq!(stored(&app).await.1, 3600);
    later.stop().await;
    app
}

#[expect(clippy::disallowed_methods, reason = "the program goes by the clock of the machine")]
async fn the_start_says_the_zone_and_the_day(mut app: TestApp) -> TestApp {
    app.stop().await;
    let today = |zone: &str| {
        let zone: control_maniac::server::time_zone::TimeZone = zone.parse().unwrap();
        control_maniac::locale::Locale::default().words(&zone.day(Utc::now()).into())
    };
    for (zone, is_changed) in [
        ("Pacific/Kiritimati", true),
        ("Pacific/Kiritimati", false),
        ("Pacific/Pago_Pago", true),
    ] {
        let days = today(zone);
        let program = Program::start(&app.database, &["--time-zone", zone]);
        let is_said = |day: &str| {
            program
                .said
                .contains(&format!("the studio's time zone: {zone}, where it is {day}"))
        };
        assert!(is_said(&days) || is_said(&today(zone)), "{}", program.said);
        let (log, _) = program.stop();
        assert_eq!(
            log.contains(&format!("the studio's time zone is {zone} from now on")),
            is_changed,
            "{log}"
        );
    }
    app
}

async fn a_zone_that_is_none_is_refused(mut app: TestApp) -> TestApp {
    app.stop().await;
    let serve = |arguments: &[&str], variable: Option<&str>| {
        let mut command = Program::command(&app.database, "127.0.0.1:0", arguments);
        let output = command
            .envs(variable.map(|value| ("CONTROL_MANIAC_TIME_ZONE", value)))
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(said.lines().count(), 1, "{said}");
        (output.status.code(), said)
    };
    for name in ["Europe/Bonn", "Berlin", "europe/berlin", "+01:00", ""] {
        for (code, said) in [serve(&["--time-zone", name], None), serve(&[], Some(name))] {
            assert_eq!(code, Some(2), "{said}");
            assert!(
                said.contains("--time-zone") && said.contains("like Europe/Berlin"),
                "{said}"
            );
        }
    }
    assert_eq!(stored(&app).await.0, "Europe/Berlin", "nothing was changed");
    execute(&app, "UPDATE studio_clock SET time_zone = 'Mars/Base'").await;
    let (code, said) = serve(&[], None);
    assert_eq!(code, Some(1), "{said}");
    assert!(
        said.contains("`Mars/Base`") && said.contains("--time-zone NAME"),
        "{said}"
    );
    Program::start(&app.database, &["--time-zone", "Europe/Berlin"]).stop();
    assert_eq!(stored(&app).await.0, "Europe/Berlin");
    Program::start(&app.database, &[]).stop();
    app
}
