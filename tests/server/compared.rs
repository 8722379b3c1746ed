//! What figures are compared with is a setting: the period before, the same days a year before, or nothing. It holds on
//! every page that compares, says where days are more or fewer, and marks what begins before the data.

use crate::{
    app::{Browser, CONTROLLER, TestApp, VIEWER, WEB_LEAD},
    exported::fetch,
    on_both_databases,
    shown::Shown,
};
use control_maniac::{locale::Locale, measure::Measure};

on_both_databases!(
    every_change_goes_by_the_setting,
    under_none_no_place_is_left,
    more_or_fewer_days_are_said,
    days_before_the_first_entry_are_marked,
    a_figure_stands_beside_that_of_all,
);

/// A view with a period and a comparison.
async fn html(browser: &Browser, address: &str, division: &str, period: &str, comparison: &str) -> String {
    let query = [
        ("address", address),
        ("division", division),
        ("period", period),
        ("comparison", comparison),
    ];
    let request = browser.request(reqwest::Method::GET, "/api/figures").query(&query);
    let answer = browser.send(request).await;
    assert_eq!(answer.status, 200, "{address} {period} {comparison}: {}", answer.body);
    answer.json()["html"].as_str().unwrap().to_owned()
}

async fn shown(browser: &Browser, address: &str, period: &str, comparison: &str) -> Shown {
    Shown::of(&html(browser, address, "all", period, comparison).await)
}

/// The figure `name`.
fn figure<'a>(shown: &'a Shown, name: &str) -> &'a str {
    let found = shown.figures.iter().find(|(known, _)| known == name);
    &found.unwrap_or_else(|| panic!("{name} is not in {shown}")).1
}

/// An amount in cents.
fn cents(text: &str) -> i64 {
    let digits: String = text
        .chars()
        .filter(|sign| sign.is_ascii_digit() || *sign == '-')
        .collect();
    digits.parse().unwrap()
}

/// The change is that against the days which it names, on Home and on the figure's own page.
async fn every_change_goes_by_the_setting(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    for (period, comparison, before, named) in [
        (
            "2026-10",
            "before",
            "2026-09",
            "1 Sept – 30 Sept 2026 (31 against 30 days)",
        ),
        ("2026-10", "year", "2025-10", "1 Oct – 31 Oct 2025"),
        (
            "2026-q3",
            "before",
            "2026-q2",
            "1 Apr – 30 Jun 2026 (92 against 91 days)",
        ),
        ("2026-q3", "year", "2025-q3", "1 Jul – 30 Sept 2025"),
        ("2026-11", "year", "2025-11-01..2025-11-24", "1 Nov – 24 Nov 2025"),
        (
            "2026-03-10..2026-04-08",
            "before",
            "2026-02-08..2026-03-09",
            "8 Feb – 9 Mar 2026",
        ),
        (
            "2026-03-10..2026-04-08",
            "year",
            "2025-03-10..2025-04-08",
            "10 Mar – 8 Apr 2025",
        ),
    ] {
        let now = shown(&browser, "/", period, comparison).await;
        let then = shown(&browser, "/", before, "none").await;
        let [is, was] = [&now, &then].map(|home| cents(figure(home, "Revenue")));
        let per_mille =
            ((is - was) as i128 * 2_000 + i128::from(was) * i128::from((is - was).signum())) / (2 * i128::from(was));
        let sign = if per_mille < 0 { "-" } else { "+" };
        let percent = format!("{sign}{}.{} %", per_mille.abs() / 10, per_mille.abs() % 10);
        let expected = format!("{percent} vs {named}");
        assert_eq!(figure(&now, "Revenue, change"), expected, "{period} {comparison}");
        let page = shown(&browser, "/figures/revenue", period, comparison).await;
        assert_eq!(figure(&page, "Revenue, change"), expected, "{period} {comparison}");
        let table = page.tables.iter().find(|table| table.caption == "Compared").unwrap();
        assert_eq!(
            table.rows[1],
            [named, figure(&then, "Revenue")],
            "{period} {comparison}"
        );
    }
    // It is kept like the others, and an address pins it.
    browser.choose("period", "2026-10").await;
    browser.choose("comparison", "year").await;
    let home = browser.open("/").await.said();
    assert!(home.contains(" vs 1 Oct – 31 Oct 2025"), "{home}");
    let pinned = browser.open("/figures/revenue?comparison=before").await;
    assert!(pinned.said().contains(" vs 1 Sept – 30 Sept 2026 (31 against 30 days)"));
    assert!(
        pinned.said().contains("stays on Against the time before"),
        "{}",
        pinned.said()
    );
    app
}

async fn under_none_no_place_is_left(app: TestApp) -> TestApp {
    for email in [CONTROLLER, VIEWER] {
        let browser = app.logged_in(email).await;
        let compared = html(&browser, "/", "all", "2026-10", "before").await;
        assert_eq!(compared.matches("class=\"change").count(), 7, "{compared}");
        for address in [
            "/",
            "/figures/revenue",
            "/figures/utilisation",
            "/figures/revenue?of=web",
        ] {
            let page = html(&browser, address, "all", "2026-10", "none").await;
            for nothing in ["class=\"change", " vs ", "Compared", "nothing to compare"] {
                assert!(!page.contains(nothing), "{address}: {nothing}");
            }
        }
        let headings = async |comparison: &str| {
            let link = format!(
                "/export?format=csv-comma&table=key-figures&view=/&division=all&period=2026-10&comparison={comparison}"
            );
            let text = fetch(&browser, &link).await.text();
            text.lines().next().unwrap().trim_start_matches('\u{feff}').to_owned()
        };
        let compared = headings("before").await;
        assert!(compared.starts_with("Key figure,Value,Unit,Change,"), "{compared}");
        let alone = headings("none").await;
        assert!(
            alone.starts_with("Key figure,Value,Unit") && !alone.contains("Change"),
            "{alone}"
        );
    }
    app
}

async fn more_or_fewer_days_are_said(app: TestApp) -> TestApp {
    let mut browser = app.logged_in(CONTROLLER).await;
    for (language, words) in [("en", "(31 against 28 days)"), ("de", "(31 gegenüber 28 Tagen)")] {
        browser.language = language.to_owned();
        let march = html(&browser, "/", "all", "2026-03", "before").await;
        assert_eq!(march.matches(words).count(), 7, "{march}");
        assert!(
            html(&browser, "/figures/overhead", "all", "2026-03", "before")
                .await
                .contains(words)
        );
        let none = html(&browser, "/", "all", "2026-03", "year").await;
        assert!(!none.contains("31 against") && !none.contains("31 gegenüber"), "{none}");
    }
    app
}

async fn days_before_the_first_entry_are_marked(app: TestApp) -> TestApp {
    let mut browser = app.logged_in(CONTROLLER).await;
    let first = {
        let select = "SELECT CAST(MIN(worked_on) AS TEXT) AS day FROM time_entries
                      UNION SELECT CAST(MIN(booked_on) AS TEXT) FROM bookings ORDER BY day";
        let select = sea_orm::Statement::from_string(app.state.db.backend(), select);
        let row = sea_orm::ConnectionTrait::query_one_raw(app.state.db.writer(), select)
            .await
            .unwrap();
        control_maniac::days::day(&row.unwrap().try_get_by_index::<String>(0).unwrap()).unwrap()
    };
    for (language, words) in [
        ("en", "neither time nor a booking was entered before "),
        ("de", "wurden weder Zeiten noch Buchungen erfasst"),
    ] {
        browser.language = language.to_owned();
        let marked = html(&browser, "/", "all", "2025", "before").await;
        // The changes of all but the two balances, and the note below the tiles.
        let titles = marked
            .split("title=\"")
            .skip(1)
            .filter(|title| title.split('"').next().unwrap().contains(words));
        assert_eq!(titles.count(), 5, "{marked}");
        let note = marked.split_once("</dl>").unwrap().1;
        assert!(note.split("<section").next().unwrap().contains(words), "{note}");
        let figure = html(&browser, "/figures/revenue", "all", "2025", "before").await;
        assert!(figure.matches(words).count() > 2, "{figure}");
        for period in ["ytd", "2026-10"] {
            let whole = html(&browser, "/", "all", period, "year").await;
            assert!(!whole.contains(words), "{period}: {whole}");
        }
    }
    browser.language = "en".to_owned();
    let locale = Locale::default();
    let said = locale.words(&control_maniac::message::Value::Day(first));
    let day_before = first - chrono::Days::new(1);
    for (from, is_marked) in [(first, false), (day_before, true)] {
        let after = |day: chrono::NaiveDate| day.checked_add_months(chrono::Months::new(12)).unwrap();
        let period = format!("{}..{}", after(from), after(first + chrono::Days::new(40)));
        let home = html(&browser, "/", "all", &period, "year").await;
        assert_eq!(
            home.contains(&format!("neither time nor a booking was entered before {said}")),
            is_marked,
            "{period}: {home}"
        );
    }
    app
}

/// For everyone who may see more than what they look at: the same of All, the share of it, and the way there.
async fn a_figure_stands_beside_that_of_all(app: TestApp) -> TestApp {
    let find = |page: &Shown| page.tables.iter().find(|table| table.caption == "Beside All").cloned();
    for email in [CONTROLLER, VIEWER] {
        let browser = app.logged_in(email).await;
        for (measure, has_share) in [
            (Measure::Revenue, true),
            (Measure::Overhead, true),
            (Measure::Hours, true),
            (Measure::Unbilled, true),
            (Measure::MarginOne, true),
            (Measure::MarginOneShare, false),
            (Measure::Utilisation, false),
        ] {
            let path = format!("/figures/{}", measure.key());
            let all = shown(&browser, &path, "2026-q3", "none").await;
            assert_eq!(find(&all), None, "{path}: there is no more than All");
            let mut sum = 0;
            for division in ["web", "mobile", "design", "print", "unassigned"] {
                let page = html(&browser, &path, division, "2026-q3", "none").await;
                let table = find(&Shown::of(&page)).unwrap_or_else(|| panic!("{path} {division}: {page}"));
                let value = |shown: &Shown| shown.figures[0].1.split(['*', '(']).next().unwrap().trim().to_owned();
                let bare = |cell: &str| cell.split(['*', '(']).next().unwrap().trim().to_owned();
                assert_eq!(bare(&table.rows[0][1]), value(&Shown::of(&page)), "{path} {division}");
                assert_eq!(
                    (table.rows[1][0].as_str(), bare(&table.rows[1][1])),
                    ("All", value(&all)),
                    "{path} {division}"
                );
                let lead = format!("href=\"{path}?division=all\" class=\"opens\"");
                assert!(page.contains(&lead), "{path} {division}: {page}");
                assert_eq!(table.headings.len(), if has_share { 3 } else { 2 }, "{path}");
                if has_share {
                    assert_eq!(table.rows[1][2], "100.0 %", "{path}");
                    let share: String = table.rows[0][2]
                        .chars()
                        .filter(|sign| "-0123456789".contains(*sign))
                        .collect();
                    sum += share.parse::<i64>().unwrap();
                }
            }
            if has_share {
                // Each is rounded to a tenth of a per cent.
                assert!((995..=1_005).contains(&sum), "{email} {path}: {sum}");
            }
        }
        // A part of All, a project and a person of a division as well.
        for (address, division) in [
            ("/figures/revenue?of=web", "all"),
            ("/figures/hours?project=WEB-001", "web"),
            ("/figures/hours?person=1", "web"),
            ("/figures/burn?project=WEB-001", "web"),
            ("/figures/booked-cost?category=Rent", "web"),
        ] {
            let page = html(&browser, address, division, "2026-q3", "none").await;
            let table = find(&Shown::of(&page)).unwrap_or_else(|| panic!("{address}: {page}"));
            let query = address.split_once('?').unwrap().1.replace("of=web", "");
            let path = address.split('?').next().unwrap();
            let joined = if query.is_empty() {
                String::new()
            } else {
                format!("{query}&amp;")
            };
            assert!(
                page.contains(&format!("href=\"{path}?{joined}division=all\"")),
                "{address}: {page}"
            );
            let there = format!("{path}?{query}");
            let all = shown(&browser, &there, "2026-q3", "none").await;
            assert_eq!(table.rows[1][1], all.figures[0].1, "{address}");
        }
    }
    // Who sees one division sees no more than that in All.
    let lead = app.logged_in(WEB_LEAD).await;
    for division in ["all", "web"] {
        let page = html(&lead, "/figures/revenue", division, "2026-q3", "none").await;
        assert_eq!(find(&Shown::of(&page)), None, "{division}");
    }
    // The link pins All to the window, and nothing is stored.
    let browser = app.logged_in(CONTROLLER).await;
    browser.choose("division", "web").await;
    let page = browser.open("/figures/revenue?division=all").await;
    assert_eq!(page.main("data-division"), "all");
    assert_eq!(browser.open("/figures/revenue").await.main("data-division"), "web");
    app
}
