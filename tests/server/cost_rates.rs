//! Labour cost and every figure that contains it: users who may not see it can't derive it, no matter what they ask
//! for.

mod amounts;
mod books;
mod shown;

use crate::{
    app::{Answer, Browser, CONTROLLER, TestApp, VIEWER},
    database::Kind,
    on_both_databases,
    routes::orders,
    shown::without_openings,
};
use amounts::{amounts, numbers};
use books::{Books, PROJECT, Work, work_alone};
use chrono::NaiveDate;
use sea_orm::ConnectionTrait;
use std::collections::HashMap;

on_both_databases!(
    no_figure_of_any_page_contains_what_people_cost,
    days_on_which_one_person_worked_tell_nobodys_rate,
    nothing_depends_on_what_people_cost,
);

/// The list of projects in every order.
fn lists() -> Vec<String> {
    orders().map(|order| format!("/projects?{order}")).collect()
}

async fn html(browser: &Browser, address: &str, division: &str, period: &str) -> String {
    let answer = browser.figures(address, division, period).await;
    assert_eq!(answer.status, 200, "{address} {division} {period}: {}", answer.body);
    without_openings(answer.json()["html"].as_str().unwrap())
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

const PERIODS: [&str; 4] = ["2024-01-01..2026-11-24", "ytd", "2026-10", "2026-11-16..2026-11-16"];

/// A quarter of an hour costs more than everything else together, so any figure that contains one is recognisably
/// large.
async fn no_figure_of_any_page_contains_what_people_cost(app: TestApp) -> TestApp {
    const LEAST: i64 = 10_000_000_000;
    work_alone(&app, LEAST).await;
    let (viewer, controller) = (app.logged_in(VIEWER).await, app.logged_in(CONTROLLER).await);
    let books = Books::of(&app).await;
    let mut asked = Vec::new();
    for period in PERIODS {
        let paths = ["/", "/costs", "/costs?q=a"].map(str::to_owned);
        for division in ["all", "web", "mobile", "design", "unassigned"] {
            asked.extend(paths.iter().map(|path| (path.clone(), division, period.to_owned())));
        }
        asked.extend(lists().into_iter().map(|path| (path, "all", period.to_owned())));
    }
    let codes = books.codes();
    assert!(codes.len() > 50);
    for code in &codes {
        let alone = books.days_alone(code);
        let alone = alone.into_iter().map(|day| format!("{day}..{day}"));
        let periods = alone.chain(PERIODS.map(str::to_owned));
        asked.extend(periods.map(|period| (format!("/projects/{code}"), "all", period)));
    }
    for (path, division, period) in asked {
        let page = html(&viewer, &path, division, &period).await;
        let found = numbers(&page, None).last().copied();
        assert!(
            found < Some(LEAST / 4),
            "{path} {division} {period}: {found:?} in {page}"
        );
    }
    for path in ["/", "/costs", "/projects", "/projects/WEB-001"] {
        let page = html(&controller, path, "all", "2026-11-16..2026-11-22").await;
        assert!(
            numbers(&page, None).last() > Some(&LEAST),
            "{path}: who may see it is shown it"
        );
    }
    app
}

/// Someone who takes every amount of a page, and every difference of two, finds nobody's rate that holds for two days.
async fn days_on_which_one_person_worked_tell_nobodys_rate(app: TestApp) -> TestApp {
    let rates = work_alone(&app, 3_011).await;
    let books = Books::of(&app).await;
    let viewer = app.logged_in(VIEWER).await;
    let mut entries: HashMap<NaiveDate, usize> = HashMap::new();
    for work in &books.0 {
        *entries.entry(work.day).or_default() += 1;
    }
    for path in ["/", "/costs", "/projects?q=WEB-001", "/projects/WEB-001"] {
        for (person, rate) in &rates {
            let mut told = 0;
            let is_alone = |work: &&Work| work.person == *person && work.code == PROJECT && entries[&work.day] == 1;
            let alone: Vec<_> = books.0.iter().filter(is_alone).collect();
            assert_eq!(alone.len(), 2, "{person}");
            for work in alone {
                let page = html(&viewer, path, "all", &format!("{0}..{0}", work.day)).await;
                let found = amounts(&page);
                assert!(!found.is_empty(), "{path}: {page}");
                let cost = (work.minutes * rate * 2 + 60) / 120;
                assert_eq!(cost, work.labour_cost);
                let is_told = found.contains(&cost) || found.iter().any(|amount| found.contains(&(amount + cost)));
                told += i32::from(is_told);
            }
            assert!(told < 2, "{path} tells what person {person} costs");
        }
    }
    app
}

/// Everything that a person who may not see cost rates can be shown, byte for byte except for the parts that name the
/// answer.
async fn everything(viewer: &Browser, codes: &[String]) -> Vec<(String, String)> {
    let mut paths = lists();
    paths.extend(["/", "/costs", "/costs?q=a&page=2", "/projects?sort=cost&page=2"].map(str::to_owned));
    paths.extend(codes.iter().map(|code| format!("/projects/{code}")));
    let mut seen = Vec::new();
    for period in ["ytd", "2026-11-16..2026-11-16"] {
        for path in &paths {
            let answer = viewer.figures(path, "all", period).await.json();
            seen.push((
                format!("{path} {period}"),
                format!("{} {}", answer["title"], answer["html"]),
            ));
        }
        for path in ["/", "/costs", "/projects?sort=margin", "/projects/WEB-001"] {
            let pinned = format!(
                "{path}{}division=web&period={period}",
                if path.contains('?') { '&' } else { '?' }
            );
            let page = viewer.open(&pinned).await;
            assert_eq!(page.status, 200);
            seen.push((pinned, without_names(page)));
        }
    }
    seen
}

/// A page without its nonce and the revision of its data.
fn without_names(page: Answer) -> String {
    let without = |text: String, before: &str, is_part: fn(char) -> bool| {
        let mut parts = text.split(before);
        let first = parts.next().unwrap().to_owned();
        parts.fold(first, |text, part| text + before + part.trim_start_matches(is_part))
    };
    let is_of_nonce = |letter: char| letter.is_ascii_alphanumeric() || "+/=-_".contains(letter);
    let text = without(page.body, "nonce=\"", is_of_nonce);
    let text = without(text, "data_revision\":", |letter| letter.is_ascii_digit());
    without(text, "data_revision\\\":", |letter| letter.is_ascii_digit())
}

async fn nothing_depends_on_what_people_cost(app: TestApp) -> TestApp {
    let (viewer, controller) = (app.logged_in(VIEWER).await, app.logged_in(CONTROLLER).await);
    let codes = Books::of(&app).await.codes();
    // Someone who may see everything asked first: none of that is handed on.
    let dear = html(&controller, "/", "all", "ytd").await;
    let before = everything(&viewer, &codes).await;
    for change in [
        "UPDATE cost_rates SET cents_per_hour = 99999 - cents_per_hour * (person_id % 7);
         UPDATE time_entries SET labour_cost = 999999 - labour_cost * (id % 11)",
        "DELETE FROM cost_rates; UPDATE time_entries SET labour_cost = NULL",
        // On SQLite the column's limits are triggers of the table, which keep it.
        match app.kind {
            Kind::Sqlite => {
                "DROP TRIGGER time_entries_have_limits_insert; DROP TRIGGER time_entries_have_limits_update;
                 DROP TABLE cost_rates; ALTER TABLE time_entries DROP COLUMN labour_cost"
            }
            Kind::Postgres => "DROP TABLE cost_rates; ALTER TABLE time_entries DROP COLUMN labour_cost",
        },
    ] {
        let change = format!("{change}; UPDATE data_revision SET revision = revision + 1");
        app.state.db.writer().execute_unprepared(&change).await.unwrap();
        if !change.contains("DROP") {
            assert_ne!(html(&controller, "/", "all", "ytd").await, dear);
        }
        for ((what, before), (_, after)) in before.iter().zip(everything(&viewer, &codes).await) {
            assert_eq!(*before, after, "{what} after {change}");
        }
    }
    app
}
