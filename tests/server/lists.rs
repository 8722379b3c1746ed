//! The lists of time entries, bookings and invoices: each row is there once, whatever they are searched for, narrowed to or
//! sorted by, and their total is that of all that match.

use crate::{
    app::{Browser, CONTROLLER, TestApp, VIEWER, WEB_LEAD},
    exported::{Csv, fetch, links},
    moved::{execute, number},
    on_both_databases,
    shown::Shown,
};
use control_maniac::locale::Locale;
use std::collections::BTreeSet;

on_both_databases!(
    the_rows_of_all_pages_are_those_of_the_database,
    what_a_list_is_narrowed_to_adds_up_to_all_of_it,
    a_search_finds_words_amounts_and_days_however_they_are_written,
    a_list_is_sorted_by_each_of_its_columns,
    what_is_set_can_be_taken_away_and_is_kept,
    what_a_list_does_not_have_is_refused,
    nobody_finds_more_than_they_may_see,
    a_search_on_costs_governs_the_whole_page,
    a_file_has_all_rows_that_match,
    a_search_that_finds_thousands_shows_each_of_its_pages,
);

const LISTS: [&str; 3] = ["/time", "/bookings", "/invoices"];

/// A page of a list: its rows, and how many there are on all pages with what they add up to.
struct Page {
    html: String,
    rows: Vec<Vec<String>>,
    total: Vec<String>,
    next: Option<String>,
}

impl Page {
    async fn of(browser: &Browser, address: &str, division: &str, period: &str) -> Self {
        let answer = browser.figures(address, division, period).await;
        assert_eq!(answer.status, 200, "{address}: {}", answer.body);
        let html = answer.json()["html"].as_str().unwrap().to_owned();
        let mut rows = Shown::of(&html)
            .tables
            .into_iter()
            .next_back()
            .map(|table| table.rows)
            .unwrap_or_default();
        let total = rows.pop().unwrap_or_default();
        let next = html.split("rel=\"next\" href=\"").nth(1).or_else(|| {
            let link = html.split("rel=\"next\"").nth(1)?;
            link.split("href=\"").nth(1)
        });
        let next = next.map(|rest| rest.split('"').next().unwrap().replace("&amp;", "&"));
        Self {
            html,
            rows,
            total,
            next,
        }
    }

    /// How many rows all pages have.
    fn count(&self) -> i64 {
        self.total.get(1).map_or(0, |count| digits(count))
    }

    /// What they add up to in the last column but `from_the_end`.
    fn sum(&self, from_the_end: usize) -> i64 {
        let cells = self.total.len();
        if cells == 0 {
            0
        } else {
            digits(&self.total[cells - 1 - from_the_end])
        }
    }
}

/// The digits of a figure: an amount in cents, hours in hundredths.
fn digits(text: &str) -> i64 {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let number: i64 = digits.parse().unwrap_or_else(|_| panic!("{text} is no number"));
    if text.starts_with('-') { -number } else { number }
}

/// The column of the figures that all lists have, from the last one: hours, or amounts.
fn column(list: &str, account: &str) -> usize {
    match (list, account) {
        ("/time", VIEWER) => 1,
        ("/time", _) => 2,
        _ => 0,
    }
}

/// The rows of all pages.
async fn all_rows(browser: &Browser, address: &str, division: &str, period: &str) -> Vec<Vec<String>> {
    let mut page = Page::of(browser, address, division, period).await;
    let mut rows = page.rows;
    while let Some(next) = page.next {
        page = Page::of(browser, &next, division, period).await;
        rows.extend(page.rows);
    }
    rows
}

async fn the_rows_of_all_pages_are_those_of_the_database(app: TestApp) -> TestApp {
    let between = |day: &str| format!("{day} >= '2026-10-05' AND {day} <= '2026-10-16'");
    let of_sql = [
        (
            "/time",
            format!("FROM time_entries WHERE {}", between("worked_on")),
            "minutes",
        ),
        (
            "/bookings",
            format!("FROM bookings WHERE {}", between("booked_on")),
            "amount",
        ),
        (
            "/invoices",
            format!("FROM invoices WHERE {}", between("invoiced_on")),
            "amount",
        ),
    ];
    for account in [CONTROLLER, WEB_LEAD, VIEWER] {
        let browser = app.logged_in(account).await;
        browser.choose("rows", "100").await;
        for (list, from, amount) in &of_sql {
            let first = Page::of(&browser, list, "all", "2026-10-05..2026-10-16").await;
            let rows = all_rows(&browser, list, "all", "2026-10-05..2026-10-16").await;
            let place = column(list, account);
            let figures = rows.iter().map(|row| digits(&row[row.len() - 1 - place]));
            let sum: i64 = figures.sum();
            assert_eq!(rows.len() as i64, first.count(), "{list} for {account}");
            if *list == "/time" {
                // Hours are shown in hundredths.
                let slack = rows.len() as i64;
                assert!((sum - first.sum(place)).abs() <= slack, "{list} for {account}");
            } else {
                assert_eq!(sum, first.sum(place), "{list} for {account}");
            }
            if account == WEB_LEAD {
                continue;
            }
            let expected = number(&app, &format!("SELECT CAST(SUM({amount}) AS BIGINT) {from}")).await;
            let expected = if *list == "/time" {
                (expected * 100 + 30).div_euclid(60)
            } else {
                expected
            };
            assert_eq!(first.sum(place), expected, "{list} for {account}");
            if *list != "/bookings" {
                // A shared booking has a line for each division.
                let count = number(&app, &format!("SELECT COUNT(*) {from}")).await;
                assert_eq!(first.count(), count, "{list} for {account}");
            }
        }
    }
    app
}

/// The values that a filter offers.
fn options(html: &str, field: &str) -> Vec<String> {
    let Some(select) = html.split(&format!("<select id=\"filter-{field}\"")).nth(1) else {
        return Vec::new();
    };
    let select = select.split("</select>").next().unwrap();
    let values = select.split("<option value=\"").skip(2);
    let plain = |value: &str| {
        value
            .split('"')
            .next()
            .unwrap()
            .replace("&amp;", "&")
            .replace("&#39;", "'")
    };
    values.map(plain).collect()
}

async fn what_a_list_is_narrowed_to_adds_up_to_all_of_it(app: TestApp) -> TestApp {
    for account in [CONTROLLER, WEB_LEAD] {
        let browser = app.logged_in(account).await;
        browser.choose("rows", "25").await;
        for (list, whole) in [
            (
                "/time",
                ["person", "project", "kind", "billable", "assigned"].as_slice(),
            ),
            ("/bookings", &["category", "kind", "billable", "assigned"]),
            ("/invoices", &["project", "kind", "assigned"]),
        ] {
            let all = Page::of(&browser, list, "all", "2026-10").await;
            let place = column(list, account);
            for field in whole {
                let values = options(&all.html, field);
                if *field == "assigned" {
                    assert_eq!(values.is_empty(), account == WEB_LEAD, "{list}: {values:?}");
                }
                if values.is_empty() {
                    continue;
                }
                let (mut count, mut sum) = (0, 0);
                for value in &values {
                    let query = serde_urlencoded::to_string([(field, value)]).unwrap();
                    let page = Page::of(&browser, &format!("{list}?{query}"), "all", "2026-10").await;
                    count += page.count();
                    sum += page.sum(place);
                }
                assert_eq!(count, all.count(), "{list} by {field} for {account}");
                let slack = if list == "/time" { values.len() as i64 } else { 0 };
                assert!((sum - all.sum(place)).abs() <= slack, "{list} by {field} for {account}");
            }
        }
    }
    app
}

async fn a_search_finds_words_amounts_and_days_however_they_are_written(app: TestApp) -> TestApp {
    execute(
        &app,
        "UPDATE time_entries SET note = 'Besprechung bei Müßig & Söhne: 100 %_\u{c9}clair'
         WHERE id = (SELECT MIN(id) FROM time_entries WHERE worked_on >= '2026-10-05')",
    )
    .await;
    execute(
        &app,
        "UPDATE bookings SET supplier = 'Zu\u{308}rich Rück', amount = -123456
         WHERE id = (SELECT MIN(id) FROM bookings WHERE project_id IS NOT NULL AND booked_on >= '2026-10-05')",
    )
    .await;
    let browser = app.logged_in(CONTROLLER).await;
    let found = async |list: &str, wanted: &str| {
        let query = serde_urlencoded::to_string([("q", wanted)]).unwrap();
        Page::of(&browser, &format!("{list}?{query}"), "all", "2026-q4").await
    };
    for wanted in [
        "müßig",
        "MUSSIG soehne",
        "sohne  besprechung",
        "eclair 100",
        "%_é",
        "besprechung \u{e9}CLAIR",
    ] {
        let page = found("/time", wanted).await;
        assert_eq!(page.count(), 1, "{wanted}: {}", page.html);
    }
    assert_eq!(found("/time", "müßig nowhere").await.rows.len(), 0);
    for wanted in [
        "zurich ruck",
        "Zuerich",
        "-1.234,56",
        "1234.56 rück",
        "−1,234.56",
        "-1.234,56 €",
        "1\u{202f}234,56\u{a0}€ zuerich",
    ] {
        let page = found("/bookings", wanted).await;
        assert_eq!((page.count(), page.sum(0)), (1, -123_456), "{wanted}");
    }
    for (wanted, code) in [("oresund FERRIES", "MOB-001"), ("zuercher velowerk", "WEB-002")] {
        let query = serde_urlencoded::to_string([("q", wanted)]).unwrap();
        let page = Page::of(&browser, &format!("/projects?{query}"), "all", "2026-q4").await;
        assert!(page.rows.iter().any(|row| row[0] == code), "{wanted}: {:?}", page.rows);
    }
    // A day, however it is written, finds what a period of that day has.
    let of_day = Page::of(&browser, "/time", "all", "2026-10-06..2026-10-06").await;
    assert!(of_day.count() > 10);
    for wanted in ["2026-10-06", "06.10.2026", "6.10.", "6 Oct 2026", "6. Oktober 2026"] {
        let page = found("/time", wanted).await;
        assert_eq!((page.count(), page.sum(2)), (of_day.count(), of_day.sum(2)), "{wanted}");
    }
    app
}

async fn a_list_is_sorted_by_each_of_its_columns(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    browser.choose("rows", "100").await;
    for list in LISTS {
        let page = Page::of(&browser, list, "web", "2026-10").await;
        let sorts = page.html.split("<a ").filter_map(|link| {
            let (attributes, _) = link.split_once('>')?;
            let (_, href) = attributes.split_once("href=\"")?;
            let href = href.split('"').next()?.replace("&amp;", "&");
            attributes.contains("class=\"sort\"").then_some(href)
        });
        let links: Vec<String> = sorts.collect();
        assert!(links.len() >= 5, "{list}: {links:?}");
        let usual: BTreeSet<Vec<String>> = all_rows(&browser, list, "web", "2026-10").await.into_iter().collect();
        for link in links {
            let sorted = Page::of(&browser, &link, "web", "2026-10").await;
            assert!(sorted.html.contains("aria-sort=\""), "{link}");
            let rows = all_rows(&browser, &link, "web", "2026-10").await;
            let same: BTreeSet<Vec<String>> = rows.into_iter().collect();
            assert_eq!(same, usual, "{link} has the same rows");
        }
    }
    for (address, place, is_figure) in [
        ("/time?sort=hours", 7, true),
        ("/bookings?sort=amount&order=asc", 7, true),
        ("/invoices?sort=amount", 6, true),
        ("/time?sort=person", 1, false),
        ("/bookings?sort=supplier&order=desc", 3, false),
    ] {
        let rows = all_rows(&browser, address, "all", "2026-10").await;
        let is_rising = address.contains("asc") || (!is_figure && !address.contains("desc"));
        for pair in rows.windows(2) {
            let (one, other) = (&pair[0][place], &pair[1][place]);
            let order = match is_figure {
                true => digits(one).cmp(&digits(other)),
                false => plain(one).cmp(&plain(other)),
            };
            assert!(
                order.is_eq() || (order.is_lt() == is_rising),
                "{address}: {one}, then {other}"
            );
        }
    }
    app
}

/// A name as it is sorted.
fn plain(name: &str) -> String {
    let small = name.to_lowercase();
    let letter = |letter: char| match letter {
        'ä' | 'á' | 'à' => 'a',
        'ö' | 'ó' | 'ø' => 'o',
        'ü' | 'ú' => 'u',
        'é' | 'è' => 'e',
        'ł' => 'l',
        'ç' => 'c',
        'ñ' => 'n',
        letter => letter,
    };
    small.chars().map(letter).collect()
}

async fn what_is_set_can_be_taken_away_and_is_kept(app: TestApp) -> TestApp {
    let mut browser = app.logged_in(CONTROLLER).await;
    let address = "/bookings?q=a&category=Rent&kind=shared&sort=amount&division=all";
    for (language, words) in [("en", "Category: Rent"), ("de", "Kostenart: Rent")] {
        browser.language = language.to_owned();
        let page = browser.open(address).await;
        assert_eq!(page.status, 200, "{}", page.body);
        let said = page.said();
        assert!(said.contains(words), "{said}");
        let chip = said.split("<a ").find(|link| link.contains("id=\"chip-0\"")).unwrap();
        let href = chip.split("href=\"").nth(1).unwrap().split('"').next().unwrap();
        assert_eq!(
            href.replace("&amp;", "&"),
            "/bookings?q=a&kind=shared&sort=amount&division=all"
        );
        // The form sends what is set, and the order along.
        assert!(
            said.contains("<input type=\"hidden\" name=\"sort\" value=\"amount\">"),
            "{said}"
        );
        assert!(said.contains("<option value=\"Rent\" selected"), "{said}");
    }
    // What nobody filled in is sent as nothing.
    let bare = browser.open("/bookings?q=&client=&category=&sort=").await;
    assert_eq!(bare.status, 200);
    assert!(!bare.said().contains("chip-"));
    app
}

async fn what_a_list_does_not_have_is_refused(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    for (address, status, words) in [
        ("/time?supplier=x", 400, "supplier"),
        ("/invoices?billable=yes", 400, "billable"),
        ("/bookings?person=1", 400, "person"),
        ("/time?kind=nonsense", 400, "time-and-material, fixed-price, internal"),
        ("/bookings?kind=fixed-price", 400, "project, division, shared"),
        ("/bookings?billable=maybe", 400, "yes, no"),
        (
            "/time?sort=nonsense",
            400,
            "day, person, project, client, hours, revenue, cost",
        ),
        ("/time?order=up", 400, "asc, desc"),
        ("/time?person=999999", 404, "no such person"),
        ("/time?person=x", 404, "no such person"),
        ("/time?from_row=0", 400, ""),
        ("/time?nonsense=1", 400, "nonsense"),
    ] {
        let answer = browser.open(address).await;
        assert_eq!(answer.status, status, "{address}");
        assert!(answer.body.contains(words), "{address}: {}", answer.body);
    }
    app
}

async fn nobody_finds_more_than_they_may_see(app: TestApp) -> TestApp {
    let (lead, viewer) = (app.logged_in(WEB_LEAD).await, app.logged_in(VIEWER).await);
    for list in LISTS {
        // The whole of a lead is their division's, and neither a project nor a client of another is offered or found.
        let own = Page::of(&lead, list, "all", "2025").await;
        let web = Page::of(&app.logged_in(CONTROLLER).await, list, "web", "2025").await;
        assert_eq!((own.count(), &own.total), (web.count(), &web.total), "{list}");
        for query in ["q=MOB-002", "project=MOB-002", "q=mobile&kind="] {
            let page = Page::of(&lead, &format!("{list}?{query}"), "all", "2025").await;
            assert!(
                page.rows.iter().all(|row| !row.join(" ").contains("MOB-")),
                "{list}?{query}"
            );
        }
        assert_eq!(lead.open(&format!("{list}?assigned=no")).await.status, 400, "{list}");
        assert!(
            !own.html.contains("MOB-002") && !own.html.contains("filter-assigned"),
            "{list}"
        );
    }
    let time = Page::of(&viewer, "/time", "all", "2026-10").await;
    assert!(!time.html.contains("Labour cost"), "{}", time.html);
    assert_eq!(viewer.open("/time?sort=cost").await.status, 400);
    // An amount that may not be seen is not found either: nobody learns a rate by trying.
    let costs = app.logged_in(CONTROLLER).await;
    let first = Page::of(&costs, "/time?sort=cost", "all", "2026-10").await;
    let cost = &first.rows[0][9];
    let wanted = serde_urlencoded::to_string([("q", cost)]).unwrap();
    assert!(
        Page::of(&costs, &format!("/time?{wanted}"), "all", "2026-10")
            .await
            .count()
            > 0
    );
    let found = Page::of(&viewer, &format!("/time?{wanted}"), "all", "2026-10").await;
    assert!(found.rows.iter().all(|row| row[8] == *cost), "{cost}: {:?}", found.rows);
    app
}

async fn a_search_on_costs_governs_the_whole_page(app: TestApp) -> TestApp {
    for account in [CONTROLLER, WEB_LEAD, VIEWER] {
        let browser = app.logged_in(account).await;
        let all = browser.figures("/costs", "all", "2026-q3").await;
        let all = Shown::of(all.json()["html"].as_str().unwrap());
        let answer = browser.figures("/costs?q=rent", "all", "2026-q3").await;
        let html = answer.json()["html"].as_str().unwrap().to_owned();
        let tables = Shown::of(&html).tables;
        let [chart, categories, bookings] = tables.as_slice() else {
            panic!("{account}: {tables:?}");
        };
        let amount = |row: &[String]| digits(row.last().unwrap());
        let total = amount(bookings.rows.last().unwrap());
        assert!(
            total > 0 && total < amount(all.tables[1].rows.last().unwrap()),
            "{account}"
        );
        assert_eq!(
            amount(categories.rows.last().unwrap()),
            total,
            "{account}: the categories"
        );
        let in_chart: i64 = chart
            .rows
            .iter()
            .filter(|row| ["Jul 2026", "Aug 2026", "Sept 2026"].contains(&row[0].as_str()))
            .flat_map(|row| &row[1..])
            .map(|amount| digits(amount))
            .sum();
        assert_eq!(in_chart, total, "{account}: the chart");
        assert!(categories.rows.iter().all(|row| row[0] != "Labour"), "{account}");
        let nothing = browser.figures("/costs?q=nowhere+at+all", "all", "2026-q3").await;
        let nothing = nothing.json()["html"].as_str().unwrap().to_owned();
        assert!(
            nothing.contains("No booking contains what you are looking for"),
            "{nothing}"
        );
    }
    app
}

async fn a_file_has_all_rows_that_match(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    for address in [
        "/time?q=a&billable=no&period=2026-10",
        "/bookings?kind=shared&sort=amount&period=2026",
    ] {
        let page = browser.open(address).await;
        let shown = Page::of(&browser, address, "all", address.rsplit('=').next().unwrap()).await;
        let link = links(&page.body).find(|link| link.contains("table=") && link.ends_with("csv-comma"));
        let csv = Csv::of(&fetch(&browser, &link.unwrap()).await, &Locale::default());
        assert_eq!(csv.rows.len() as i64, shown.count(), "{address}");
        assert!(shown.count() > 50, "{address}: {}", shown.count());
    }
    app
}

/// More rows than are kept while they are counted: those of a later page are read again.
async fn a_search_that_finds_thousands_shows_each_of_its_pages(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    browser.choose("rows", "100").await;
    let first = Page::of(&browser, "/time?q=a&sort=hours", "all", "2026").await;
    assert!(first.count() > 3_000, "{}", first.count());
    let later = Page::of(&browser, "/time?q=a&sort=hours&from_row=2901", "all", "2026").await;
    assert_eq!((later.rows.len(), later.count()), (100, first.count()));
    let last = Page::of(&browser, "/time?q=a&sort=hours&from_row=9999999", "all", "2026").await;
    assert_eq!(last.rows.len() as i64, (first.count() - 1) % 100 + 1);
    assert_eq!(last.total, first.total);
    app
}
