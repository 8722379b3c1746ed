//! The door: how many wrong passwords are tried, from whom, and who doesn't have to wait because of them.

use crate::{
    app::{Answer, Browser, CONTROLLER, TestApp, VIEWER, WEB_LEAD},
    clock::{HeldClock, NoonOf},
    database::{TestDatabase, today},
    on_both_databases,
};
use axum::{http::HeaderMap, response::Response};
use control_maniac::server::{
    app_state::AppState, client_address::trusted_proxy, demo, device::Device, digest::Digest, door::Caller, lane,
};
use reqwest::{Method, StatusCode, header::ORIGIN};
use sea_orm::{ConnectionTrait, Statement};
use std::{sync::Arc, time::Duration};

on_both_databases!(
    ten_wrong_passwords_are_free_then_each_makes_the_wait_longer,
    a_device_of_the_account_is_not_kept_waiting_by_strangers,
    a_device_has_a_count_of_its_own_for_each_account,
    a_flood_from_many_addresses_does_not_delay_a_known_device,
    of_many_tries_at_once_from_one_address_ten_are_looked_at,
    an_address_is_the_connections_or_a_trusted_proxys_word,
    at_most_twenty_devices_of_an_account_are_known,
    over_https_the_devices_cookie_is_secure,
    a_password_that_can_not_be_checked_is_not_called_wrong,
);

/// A stranger's address, as a trusted proxy reports it.
const STRANGER: &str = "203.0.113.5";
const OTHER_STRANGER: &str = "203.0.113.6";

/// A second server on the same database, whose clock stands still and which trusts the tests as a proxy.
async fn with_held_clock(app: &TestApp) -> (TestApp, Arc<HeldClock>) {
    let clock = HeldClock::at(NoonOf(today()).wall());
    let door = TestApp::start_with(app.database.shared(), app.kind, |config| {
        config.clock = clock.clone();
        config.trusted_proxies = vec![trusted_proxy("127.0.0.1").unwrap()];
    });
    (door.await, clock)
}

/// A try as a browser behind the proxy makes it.
async fn attempt(browser: &Browser, forwarded_for: &str, email: &str, password: &str) -> Answer {
    let request = browser
        .request(Method::POST, "/login")
        .header(ORIGIN, &browser.address)
        .header("accept", "text/html")
        .header("x-forwarded-for", forwarded_for);
    browser
        .send(request.form(&[("email", email), ("password", password)]))
        .await
}

/// The answer to a try, and when to come back.
fn said(answer: &Answer) -> (u16, &str) {
    (answer.status.as_u16(), answer.header("retry-after"))
}

/// Failed tries that are never hashed.
async fn fail(state: &AppState, times: u32, email: &str, address: &str, device: Option<Digest>) {
    for _ in 0..times {
        let caller = Caller {
            email: email.to_owned(),
            address: address.parse().unwrap(),
            device,
        };
        state.door.admit(&caller).await.ok().unwrap().end(Some(false));
    }
}

/// The token in the cookie of a device.
fn token(answer: &Answer) -> String {
    answer.cookie("device").value().to_owned()
}

async fn ten_wrong_passwords_are_free_then_each_makes_the_wait_longer(app: TestApp) -> TestApp {
    let (mut door, clock) = with_held_clock(&app).await;
    let browser = door.browser();
    let wrong = async || attempt(&browser, STRANGER, CONTROLLER, "wrong-password").await;
    for _ in 0..10 {
        assert_eq!(said(&wrong().await), (401, ""));
    }
    for _ in 0..110 {
        assert_eq!(said(&wrong().await), (429, "1"));
    }
    let page = wrong().await;
    assert!(page.body.contains("role=\"alert\"") && page.body.contains("too many failed tries"));
    let request = browser
        .request(Method::POST, "/login")
        .header(ORIGIN, &browser.address)
        .header("x-forwarded-for", STRANGER);
    let answer = browser
        .send(request.form(&[("email", CONTROLLER), ("password", "x")]))
        .await;
    answer.assert_error(429, "too_many");
    assert_eq!(answer.header("retry-after"), "1", "in every shape");
    clock.advance(Duration::from_secs(1));
    for wait in ["2", "4"] {
        assert_eq!(said(&wrong().await), (401, ""));
        assert_eq!(said(&wrong().await), (429, wait));
        clock.advance(Duration::from_millis(wait.parse::<u64>().unwrap() * 1000 - 1));
        assert_eq!(said(&wrong().await), (429, "1"));
        let right = attempt(&browser, OTHER_STRANGER, CONTROLLER, demo::PASSWORD).await;
        assert_eq!(said(&right), (429, "1"), "the right one isn't looked at either");
        clock.advance(Duration::from_millis(1));
    }
    let right = attempt(&browser, STRANGER, CONTROLLER, demo::PASSWORD).await;
    assert_eq!(right.status, StatusCode::SEE_OTHER);
    let stranger = door.browser();
    let elsewhere = attempt(&stranger, OTHER_STRANGER, CONTROLLER, "wrong-password").await;
    assert_eq!(said(&elsewhere), (401, ""), "the login cleared the account");
    assert_eq!(
        said(&attempt(&stranger, STRANGER, VIEWER, "wrong-password").await),
        (401, "")
    );
    let again = attempt(&stranger, STRANGER, WEB_LEAD, "wrong-password").await;
    assert_eq!(said(&again), (429, "8"), "but not the address");
    // Nothing tells whether there is an account.
    fail(&door.state, 10, "nobody@studio.test", "198.51.100.1", None).await;
    let nobody = attempt(&stranger, OTHER_STRANGER, " NOBODY@studio.test", "wrong-password").await;
    assert_eq!(said(&nobody), (429, "1"));
    door.stop().await;
    app
}

async fn a_device_of_the_account_is_not_kept_waiting_by_strangers(app: TestApp) -> TestApp {
    let (mut door, _clock) = with_held_clock(&app).await;
    let known = door.browser();
    let answer = known.log_in(CONTROLLER, demo::PASSWORD, None).await;
    assert!(
        answer.header("set-cookie").starts_with("session="),
        "the session comes first"
    );
    let cookie = answer
        .headers
        .get_all("set-cookie")
        .iter()
        .next_back()
        .unwrap()
        .to_str()
        .unwrap();
    for part in ["device=", "HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=34560000"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert!(!cookie.contains("Secure"), "{cookie}");
    // The database has only a digest of it.
    let db = door.state.db.writer();
    let select = Statement::from_string(db.get_database_backend(), "SELECT digest, user_id FROM devices");
    let rows = db.query_all_raw(select).await.unwrap();
    let digest: String = rows[0].try_get("", "digest").unwrap();
    let token = token(&answer);
    assert_eq!((rows.len(), digest), (1, Digest::of(&token).to_string()));
    // Another person logs in there: it is a device of both now.
    let other = known.log_in(VIEWER, demo::PASSWORD, None).await;
    assert_eq!(self::token(&other), token);
    known.submit("/logout", &[]).await;
    fail(&door.state, 10, CONTROLLER, STRANGER, None).await;
    fail(&door.state, 10, WEB_LEAD, "198.51.100.1", None).await;
    let stranger = door.browser();
    let right = attempt(&stranger, OTHER_STRANGER, CONTROLLER, demo::PASSWORD).await;
    assert_eq!(said(&right), (429, "1"));
    let right = attempt(&known, OTHER_STRANGER, WEB_LEAD, demo::PASSWORD).await;
    assert_eq!(
        said(&right),
        (429, "1"),
        "a device of other accounts is a stranger to this one"
    );
    let right = attempt(&known, STRANGER, CONTROLLER, demo::PASSWORD).await;
    assert_eq!(right.status, StatusCode::SEE_OTHER);
    for forged in ["", "x", "AAAAAAAAAAAAAAAAAAAAAA", &"A".repeat(1000)] {
        let request = stranger
            .request(Method::POST, "/login")
            .header(ORIGIN, &stranger.address)
            .header("x-forwarded-for", STRANGER)
            .header("cookie", format!("device={forged}"));
        let form = [("email", CONTROLLER), ("password", demo::PASSWORD)];
        stranger.send(request.form(&form)).await.assert_error(429, "too_many");
    }
    door.stop().await;
    app
}

async fn a_device_has_a_count_of_its_own_for_each_account(app: TestApp) -> TestApp {
    let (mut door, _clock) = with_held_clock(&app).await;
    let known = door.browser();
    known.log_in(VIEWER, demo::PASSWORD, None).await;
    let device = Digest::of(token(&known.log_in(CONTROLLER, demo::PASSWORD, None).await));
    fail(&door.state, 9, CONTROLLER, "127.0.0.1", Some(device)).await;
    known.log_in(VIEWER, demo::PASSWORD, None).await;
    fail(&door.state, 1, CONTROLLER, "127.0.0.1", Some(device)).await;
    let right = known.log_in(CONTROLLER, demo::PASSWORD, None).await;
    assert_eq!(
        said(&right),
        (429, "1"),
        "a login to another account made up for nothing"
    );
    let stranger = attempt(&door.browser(), STRANGER, CONTROLLER, demo::PASSWORD).await;
    assert_eq!(stranger.status, StatusCode::SEE_OTHER, "and the account is as it was");
    door.stop().await;
    app
}

async fn a_flood_from_many_addresses_does_not_delay_a_known_device(app: TestApp) -> TestApp {
    let (mut door, _clock) = with_held_clock(&app).await;
    let known = door.browser();
    known.log_in(CONTROLLER, demo::PASSWORD, None).await;
    // Both turns are taken and kept.
    let mut at_work = Vec::new();
    for email in ["a@studio.test", "b@studio.test"] {
        let caller = Caller {
            email: email.to_owned(),
            address: "198.51.100.1".parse().unwrap(),
            device: None,
        };
        at_work.push(door.state.door.admit(&caller).await.ok().unwrap());
    }
    let (answered, mut answers) = tokio::sync::mpsc::unbounded_channel();
    let stranger = door.browser();
    let flood: Vec<_> = (0..200)
        .map(|number| {
            let (stranger, answered) = (stranger.clone(), answered.clone());
            tokio::spawn(async move {
                let (address, email) = (format!("10.0.0.{number}"), format!("{number}@studio.test"));
                let answer = attempt(&stranger, &address, &email, "wrong-password").await;
                answered
                    .send((answer.status.as_u16(), answer.header("retry-after").to_owned()))
                    .unwrap();
            })
        })
        .collect();
    for _ in lane::WAITING..200 {
        assert_eq!(answers.recv().await.unwrap(), (429, "1".to_owned()));
    }
    let right = known.log_in(CONTROLLER, demo::PASSWORD, None).await;
    assert_eq!(right.status, StatusCode::SEE_OTHER, "while nobody else comes on");
    assert!(answers.is_empty(), "{} strangers still wait", lane::WAITING);
    for one in flood {
        one.abort();
    }
    drop(at_work);
    door.stop().await;
    app
}

async fn of_many_tries_at_once_from_one_address_ten_are_looked_at(app: TestApp) -> TestApp {
    let (mut door, _clock) = with_held_clock(&app).await;
    let stranger = door.browser();
    let flood = (0..100).map(|number| {
        let stranger = stranger.clone();
        tokio::spawn(async move {
            let email = format!("{}@studio.test", number % 9);
            attempt(&stranger, STRANGER, &email, "wrong-password")
                .await
                .status
                .as_u16()
        })
    });
    let mut looked_at = 0;
    for one in flood.collect::<Vec<_>>() {
        match one.await.unwrap() {
            401 => looked_at += 1,
            status => assert_eq!(status, 429),
        }
    }
    assert_eq!(looked_at, 10);
    door.stop().await;
    app
}

async fn an_address_is_the_connections_or_a_trusted_proxys_word(app: TestApp) -> TestApp {
    for number in 0..10 {
        fail(&app.state, 1, &format!("{number}@studio.test"), "127.0.0.1", None).await;
    }
    let browser = app.browser();
    for forged in [STRANGER, "127.0.0.1", "", "junk", "::1", "203.0.113.5, 127.0.0.1"] {
        let answer = attempt(&browser, forged, CONTROLLER, demo::PASSWORD).await;
        assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS, "{forged}");
    }
    let (mut door, _clock) = with_held_clock(&app).await;
    for number in 0..10 {
        fail(&door.state, 1, &format!("{number}@studio.test"), STRANGER, None).await;
    }
    let browser = door.browser();
    for forwarded in [
        STRANGER,
        "198.51.100.1, 203.0.113.5",
        "203.0.113.5:4711",
        "::ffff:203.0.113.5, 127.0.0.1",
    ] {
        let answer = attempt(&browser, forwarded, CONTROLLER, demo::PASSWORD).await;
        assert_eq!(said(&answer), (429, "1"), "{forwarded}");
    }
    let answer = attempt(&browser, "203.0.113.5, 203.0.113.6", CONTROLLER, demo::PASSWORD).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    door.stop().await;
    app
}

async fn at_most_twenty_devices_of_an_account_are_known(app: TestApp) -> TestApp {
    let (db, backend) = (app.state.db.writer(), app.state.db.backend());
    let digests = async || {
        let select = Statement::from_string(backend, "SELECT digest FROM devices WHERE user_id = 1 ORDER BY seen_at");
        let rows = db.query_all_raw(select).await.unwrap();
        rows.iter()
            .map(|row| row.try_get::<String>("", "digest").unwrap())
            .collect::<Vec<_>>()
    };
    let remember = async || {
        let (device, known) = Device::of(&app.state, &HeaderMap::new(), CONTROLLER).await.unwrap();
        assert_eq!(known, None);
        device.remember(&app.state, 1, &mut Response::default()).await.unwrap();
        db.execute_unprepared("UPDATE devices SET seen_at = seen_at - 60")
            .await
            .unwrap();
    };
    let mut known = Vec::new();
    for _ in 0..25 {
        remember().await;
        known.push(digests().await.pop().unwrap());
    }
    assert_eq!(digests().await, known.split_off(5), "the oldest went");
    db.execute_unprepared("DELETE FROM sessions; DELETE FROM user_divisions; DELETE FROM users WHERE id = 1")
        .await
        .unwrap();
    assert!(digests().await.is_empty(), "they go with the account");
    app
}

async fn over_https_the_devices_cookie_is_secure(app: TestApp) -> TestApp {
    let secure = TestApp::start(TestDatabase::demo(app.kind).await, app.kind, true).await;
    let answer = secure.browser().log_in(CONTROLLER, demo::PASSWORD, None).await;
    let cookies = answer.headers.get_all("set-cookie").iter();
    let device: Vec<_> = cookies
        .map(|cookie| cookie.to_str().unwrap())
        .filter(|cookie| cookie.starts_with("__Host-device="))
        .collect();
    assert_eq!(device.len(), 1);
    assert_eq!(device[0].matches("Secure").count(), 1, "{}", device[0]);
    app
}

async fn a_password_that_can_not_be_checked_is_not_called_wrong(app: TestApp) -> TestApp {
    let db = app.state.db.writer();
    db.execute_unprepared("UPDATE users SET password_hash = 'no hash' WHERE id = 1")
        .await
        .unwrap();
    let browser = app.browser();
    for _ in 0..12 {
        let answer = browser.log_in(CONTROLLER, demo::PASSWORD, None).await;
        assert_eq!(
            answer.status,
            StatusCode::SERVICE_UNAVAILABLE,
            "and it doesn't count as a failure"
        );
        assert!(answer.body.contains("be checked at the moment"), "{}", answer.body);
    }
    app
}
