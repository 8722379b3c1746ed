//! The list of projects: narrowed to those with movement or in a state, and with one figure by month.

#![expect(clippy::float_arithmetic, reason = "a spreadsheet calculates with floating point")]

use crate::{
    app::{Browser, CONTROLLER, TestApp, VIEWER, WEB_LEAD},
    exported::{Csv, Workbook, fetch},
    on_both_databases,
    opened::{html, links, open},
    shown::Shown,
};
use control_maniac::locale::Locale;
use sea_orm::{ConnectionTrait, Statement};
use std::collections::{BTreeMap, BTreeSet};

on_both_databases!(
    projects_without_movement_are_left_out_and_change_no_sum,
    each_project_is_in_one_state_which_follows_from_its_days,
    a_filter_is_kept_by_everything_else_and_taken_away_by_its_chip,
    months_add_up_to_the_figure_of_the_period,
    while_another_division_owned_it_a_project_has_no_figure,
    a_figure_by_month_opens,
);

/// The rows of the list as a file.
async fn list(browser: &Browser, query: &str, division: &str, period: &str) -> Csv {
    let view = format!("/projects?{query}").replace('&', "%26").replace('=', "%3D");
    let link = format!("/export?view={view}&division={division}&period={period}&table=projects&format=csv-comma");
    Csv::of(&fetch(browser, &link).await, &Locale::default())
}

fn codes(list: &Csv) -> BTreeSet<String> {
    list.rows.iter().map(|row| row[0].clone()).collect()
}

/// A number in units that cents and minutes are whole numbers of; nothing where there is none.
fn exact(field: &str) -> i64 {
    match field {
        "" => 0,
        field => (field.parse::<f64>().unwrap() * 6_000.0).round() as i64,
    }
}

async fn projects_without_movement_are_left_out_and_change_no_sum(app: TestApp) -> TestApp {
    let mut left_out = 0;
    for account in [CONTROLLER, WEB_LEAD, VIEWER] {
        let browser = app.logged_in(account).await;
        for period in ["2026-10", "2024-12", "2026-03-07..2026-03-08"] {
            let all = list(&browser, "", "all", period).await;
            let moving = list(&browser, "movement=only", "all", period).await;
            // Hours, revenue and cost.
            let moves = |row: &&Vec<String>| row[5..8].iter().any(|field| exact(field) != 0);
            let expected: Vec<&Vec<String>> = all.rows.iter().filter(moves).collect();
            assert_eq!(moving.rows.iter().collect::<Vec<_>>(), expected, "{account} {period}");
            left_out += all.rows.len() - expected.len();
            let total = async |address: &str| {
                let shown = Shown::of(&html(&browser, address, "all", period).await);
                shown
                    .tables
                    .first()
                    .map(|table| table.rows.last().unwrap()[2..].to_vec())
            };
            if !expected.is_empty() {
                assert_eq!(
                    total("/projects?movement=only").await,
                    total("/projects").await,
                    "{account} {period}"
                );
            }
        }
    }
    assert!(left_out > 20, "{left_out}");
    app
}

async fn each_project_is_in_one_state_which_follows_from_its_days(app: TestApp) -> TestApp {
    let mut browser = app.logged_in(CONTROLLER).await;
    for (period, last) in [("2026-10", "2026-10-31"), ("2025", "2025-12-31"), ("ytd", "2026-11-24")] {
        let all = list(&browser, "", "all", period).await;
        let open = codes(&list(&browser, "state=open", "all", period).await);
        let finished = codes(&list(&browser, "state=finished", "all", period).await);
        let archived = codes(&list(&browser, "state=archived", "all", period).await);
        assert!(!open.is_empty() && !archived.is_empty(), "{period}");
        assert_eq!(open.len() + finished.len() + archived.len(), all.rows.len(), "{period}");
        let together: BTreeSet<String> = open.iter().chain(&finished).chain(&archived).cloned().collect();
        assert_eq!(together, codes(&all), "{period}");
        let of_print = all
            .rows
            .iter()
            .filter(|row| row[3] == "Print")
            .map(|row| row[0].clone());
        assert_eq!(archived, of_print.collect(), "{period}");
        let sql = format!(
            "SELECT p.code AS code FROM projects p JOIN project_terms t ON t.project_id = p.id
             WHERE t.valid_from = (SELECT MAX(v.valid_from) FROM project_terms v
                                   WHERE v.project_id = p.id AND v.valid_from <= '{last}')
                   AND t.ends_on <= '{last}'
                   AND NOT EXISTS (SELECT 1 FROM time_entries e
                                   WHERE e.project_id = p.id AND e.worked_on > t.ends_on AND e.worked_on <= '{last}')
                   AND NOT EXISTS (SELECT 1 FROM bookings b
                                   WHERE b.project_id = p.id AND b.booked_on > t.ends_on AND b.booked_on <= '{last}')"
        );
        let rows = Statement::from_string(app.state.db.backend(), sql);
        let rows = app.state.db.writer().query_all_raw(rows).await.unwrap();
        let ended: BTreeSet<String> = rows.iter().map(|row| row.try_get("", "code").unwrap()).collect();
        let ended: BTreeSet<String> = ended.difference(&archived).cloned().collect();
        assert_eq!(finished, ended, "{period}");
    }
    // An hour after its last day opens a project again, and so does nothing else.
    let finished = codes(&list(&browser, "state=finished", "all", "ytd").await);
    let code = finished
        .first()
        .expect("the demo has a project that is finished")
        .clone();
    let insert = format!(
        "INSERT INTO time_entries (person_id, project_id, worked_on, minutes, billable, note, revenue)
         SELECT 1, id, '2026-11-24', 60, false, '', 0 FROM projects WHERE code = '{code}'"
    );
    app.state.db.writer().execute_unprepared(&insert).await.unwrap();
    let open = codes(&list(&browser, "state=open", "all", "ytd").await);
    assert!(open.contains(&code), "{code}");
    let still = codes(&list(&browser, "state=finished", "all", "ytd").await);
    assert_eq!(still.len() + 1, finished.len());
    browser.language = "de".to_owned();
    let page = html(&browser, "/projects?state=archived&q=web-001", "all", "ytd").await;
    assert!(page.contains("Diese Filter lassen kein Projekt übrig"), "{page}");
    for wrong in ["state=paused", "movement=none", "columns=weeks", "of=burn"] {
        assert_eq!(browser.open(&format!("/projects?{wrong}")).await.status, 400, "{wrong}");
    }
    app
}

async fn a_filter_is_kept_by_everything_else_and_taken_away_by_its_chip(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    browser.choose("rows", "25").await;
    let asked = "/projects?movement=only&state=open&columns=months&of=hours&sort=hours";
    let page = html(&browser, asked, "all", "2025").await.replace("&amp;", "&");
    for kept in [
        "type=\"hidden\" name=\"movement\" value=\"only\"",
        "type=\"hidden\" name=\"state\" value=\"open\"",
        "type=\"hidden\" name=\"columns\" value=\"months\"",
        // The other direction, another column, the next page.
        "\"/projects?movement=only&state=open&columns=months&of=hours&sort=hours&order=asc\"",
        "\"/projects?movement=only&state=open&columns=months&of=hours&sort=name\"",
        "\"/projects?movement=only&state=open&columns=months&of=hours&sort=hours&from_row=26\"",
        // Without one filter, without the other, in another state, with another figure.
        "\"/projects?state=open&columns=months&of=hours&sort=hours\"",
        "\"/projects?movement=only&columns=months&of=hours&sort=hours\"",
        "\"/projects?movement=only&state=finished&columns=months&of=hours&sort=hours\"",
        "\"/projects?movement=only&state=open&columns=months&of=margin&sort=hours\"",
        "\"/projects?movement=only&state=open&sort=hours\"",
        "view=%2Fprojects%3Fmovement%3Donly%26state%3Dopen%26columns%3Dmonths%26of%3Dhours%26sort%3Dhours",
    ] {
        assert!(page.contains(kept), "{kept} in {page}");
    }
    let chips = page
        .split("class=\"chips\"")
        .nth(1)
        .unwrap()
        .split("</ul>")
        .next()
        .unwrap();
    assert_eq!(chips.matches("<li>").count(), 2, "{chips}");
    assert!(
        !html(&browser, "/projects", "all", "2025")
            .await
            .contains("class=\"chips\"")
    );
    // A pinned window stays one.
    let pinned = browser
        .open(&format!("{asked}&division=web"))
        .await
        .body
        .replace("&amp;", "&");
    assert!(
        pinned.contains("\"/projects?state=open&columns=months&of=hours&sort=hours&division=web\""),
        "{pinned}"
    );
    // A file says how it was filtered.
    let link = "/export?view=/projects?movement%3Donly%26state%3Dopen&division=all&period=2025&format=xlsx";
    let about = Workbook::of(&fetch(&browser, link).await).sheets[0].text();
    assert!(about.contains("Filtered by\twith movement, open"), "{about}");
    app
}

/// The first column of months, and the column of all figures with the same.
const FIGURES: [(&str, usize); 4] = [("hours", 5), ("revenue", 6), ("cost", 7), ("margin", 8)];

/// How many columns stand before the months.
const BEFORE: usize = 3;

async fn months_add_up_to_the_figure_of_the_period(app: TestApp) -> TestApp {
    for (account, division, period, parts) in [
        (CONTROLLER, "all", "2025", 12),
        (CONTROLLER, "mobile", "2025-11-20..2026-11-24", 13),
        (CONTROLLER, "all", "2024-12-10..2026-11-09", 9),
        (WEB_LEAD, "all", "ytd", 11),
        (VIEWER, "design", "2026-q2", 3),
    ] {
        let browser = app.logged_in(account).await;
        let all = list(&browser, "", division, period).await;
        for (of, column) in FIGURES {
            let place = format!("{of} of {division} in {period} for {account}");
            let months = list(&browser, &format!("columns=months&of={of}"), division, period).await;
            let figures: BTreeMap<&str, &Vec<String>> = all.rows.iter().map(|row| (row[0].as_str(), row)).collect();
            assert_eq!(months.rows.len(), figures.len(), "{place}");
            for row in &months.rows {
                let total = exact(&row[BEFORE + parts]);
                let sum: i64 = row[BEFORE..BEFORE + parts].iter().map(|field| exact(field)).sum();
                assert_eq!(
                    (sum, total),
                    (total, exact(&figures[row[0].as_str()][column])),
                    "{} {place}",
                    row[0]
                );
            }
            let by_total = list(&browser, &format!("columns=months&of={of}&sort={of}"), division, period).await;
            let totals: Vec<i64> = by_total.rows.iter().map(|row| exact(&row[BEFORE + parts])).collect();
            assert!(totals.is_sorted_by(|one, other| one >= other), "{place}: {totals:?}");
        }
        // The totals of a workbook are formulas, and its results those of the list.
        let link = format!(
            "/export?view=/projects?columns%3Dmonths%26of%3Drevenue&division={division}&period={period}&format=xlsx"
        );
        let workbook = Workbook::of(&fetch(&browser, &link).await);
        let sheet = &workbook.sheets[1];
        let last = sheet.rows.len() - 1;
        let total: i64 = all.rows.iter().map(|row| exact(&row[6])).sum();
        let cents = |place: usize| (sheet.rows[last][place].number() * 6_000.0).round() as i64;
        assert_eq!(cents(BEFORE + parts), total, "{period}");
        assert_eq!((BEFORE..BEFORE + parts).map(cents).sum::<i64>(), total, "{period}");
        assert!(sheet.formulas.contains_key(&(last, BEFORE)), "{:?}", sheet.formulas);
    }
    app
}

async fn while_another_division_owned_it_a_project_has_no_figure(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    browser.choose("rows", "100").await;
    let mut moved = 0;
    for division in ["web", "mobile", "design"] {
        for period in ["2025", "ytd"] {
            let page = html(&browser, "/projects?columns=months&of=revenue", division, period).await;
            let table = page.split("<tbody>").nth(1).unwrap().split("</tbody>").next().unwrap();
            for row in table.split("<tr>").filter(|row| row.contains("class=\"none\"")) {
                moved += 1;
                let found = links(row);
                assert!(!found.is_empty(), "{row}");
                for link in found {
                    open(&browser, &link, division, period, true).await;
                }
            }
            let all = html(&browser, "/projects?columns=months&of=revenue", "all", period).await;
            assert!(!all.contains("class=\"none\""), "All owns each project on each day");
        }
    }
    assert!(moved >= 2, "{moved}");
    app
}

async fn a_figure_by_month_opens(app: TestApp) -> TestApp {
    for (account, language, of, period) in [
        (CONTROLLER, "en", "margin", "2025-03-15..2026-03-14"),
        (WEB_LEAD, "de", "cost", "2024-12-10..2026-11-09"),
        (VIEWER, "de", "hours", "2026"),
    ] {
        let mut browser = app.logged_in(account).await;
        browser.language = language.to_owned();
        let address = format!("/projects?columns=months&of={of}&sort={of}");
        let page = html(&browser, &address, "all", period).await;
        let found = links(&page);
        assert!(found.len() > 50, "{}", found.len());
        let of_all = found.iter().filter(|link| !link.href.contains("project="));
        let of_projects = found.iter().filter(|link| link.href.contains("project="));
        for link in of_all.chain(of_projects.step_by(17)) {
            open(&browser, link, "all", period, true).await;
        }
    }
    app
}
