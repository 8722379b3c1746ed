//! The division pack: its sheets add up to All and say what Home says, as far as each person may see it.

#![expect(clippy::float_arithmetic, reason = "a spreadsheet calculates with floating point")]

use crate::{
    accounts::{run, said},
    app::{Browser, CONTROLLER, TestApp, VIEWER, WEB_LEAD},
    exported::{Cell, Sheet, Workbook, fetch},
    on_both_databases,
    opened::{Link, html, links, open},
    shown::Shown,
};
use control_maniac::{locale::Locale, measure::Measure, money::Money};
use sea_orm::{ConnectionTrait, Statement};
use std::collections::{BTreeMap, BTreeSet};

on_both_databases!(
    each_sheet_says_what_home_says_of_its_division,
    the_sheets_add_up_to_all_by_formulas_that_can_be_followed,
    each_table_of_a_sheet_is_its_views,
    nobody_gets_a_sheet_of_what_they_may_not_see,
    the_pack_is_of_all_whatever_is_chosen,
    the_page_has_a_chapter_for_each_sheet_and_its_figures_open,
    a_division_may_be_called_anything,
    the_same_moment_gives_the_same_bytes,
);

const PERIODS: [&str; 3] = ["ytd", "2025", "2025-03-15..2026-03-14"];

/// The columns of Home's table of divisions that add up, by their measures.
const OF_HOME: [(usize, Measure); 9] = [
    (1, Measure::Revenue),
    (2, Measure::ExternalCost),
    (3, Measure::MarginOne),
    (4, Measure::LabourCost),
    (5, Measure::MarginTwo),
    (6, Measure::Overhead),
    (7, Measure::MarginThree),
    (10, Measure::Unbilled),
    (11, Measure::Advances),
];

/// How many rows of a chapter's sheet stand above the first figure.
const ABOVE: usize = 2;

async fn workbook(browser: &Browser, view: &str, division: &str, period: &str) -> Workbook {
    let link = format!("/export?view={view}&division={division}&period={period}&format=xlsx");
    Workbook::of(&fetch(browser, &link).await)
}

/// A number in units that cents and minutes are whole numbers of.
fn exact(cell: &Cell) -> i64 {
    (cell.number() * 6_000.0).round() as i64
}

/// The key figures with which the sheet of a division begins, by their names.
fn key_figures(sheet: &Sheet) -> BTreeMap<String, Cell> {
    let rows = sheet.rows[ABOVE..].iter().take_while(|row| !row[0].text().is_empty());
    rows.map(|row| (row[0].text(), row[1].clone())).collect()
}

async fn each_sheet_says_what_home_says_of_its_division(app: TestApp) -> TestApp {
    let mut compared = 0;
    for account in [CONTROLLER, WEB_LEAD, VIEWER] {
        let mut browser = app.logged_in(account).await;
        for (language, period) in [("en", PERIODS[0]), ("de", PERIODS[1]), ("en", PERIODS[2])] {
            browser.language = language.to_owned();
            let locale = Locale::of_accept_language(Some(language));
            let pack = workbook(&browser, "/pack", "all", period).await;
            let home = workbook(&browser, "/&table=contribution-margin-by-division", "all", period).await;
            let table = &home.sheets.iter().find(|sheet| sheet.rows[0].len() > 11).unwrap().rows;
            let proof = &pack.sheets[1];
            let divisions = pack.sheets.len() - 2;
            let same = |said: &Cell, home: &Cell, place: &str| assert_eq!(exact(said), exact(home), "{place}");
            for (column, measure) in OF_HOME {
                if account == VIEWER && measure.contains_labour_cost() {
                    continue;
                }
                let name = locale.say(&measure.name());
                let place = |of: &str| format!("{name} of {of} in {period} for {account}");
                for (sheet, row) in pack.sheets[2..].iter().zip(&table[1..]) {
                    assert_eq!(sheet.name, row[0].text(), "{account} {period}");
                    same(&key_figures(sheet)[&name], &row[column], &place(&sheet.name));
                    compared += 1;
                }
                let row = proof.rows.iter().find(|row| row[0].text() == name).unwrap();
                same(&row[divisions + 2], &table.last().unwrap()[column], &place("All"));
            }
            // Alone it is the same as beside the others.
            for (slug, name) in [("web", "Web"), ("mobile", "Mobile"), ("print", "Print")] {
                let Some(sheet) = pack.sheets.iter().find(|sheet| sheet.name == name) else {
                    continue;
                };
                let home = workbook(&browser, "/", slug, period).await;
                let table = &home.sheets.iter().find(|sheet| sheet.rows[0].len() > 11).unwrap().rows;
                for (column, measure) in OF_HOME {
                    if account != VIEWER || !measure.contains_labour_cost() {
                        let said = &key_figures(sheet)[&locale.say(&measure.name())];
                        same(said, &table.last().unwrap()[column], name);
                    }
                }
            }
        }
    }
    assert!(compared > 200, "{compared}");
    app
}

async fn the_sheets_add_up_to_all_by_formulas_that_can_be_followed(app: TestApp) -> TestApp {
    for account in [CONTROLLER, WEB_LEAD, VIEWER] {
        let mut browser = app.logged_in(account).await;
        for (language, period) in [("en", PERIODS[0]), ("de", PERIODS[2])] {
            browser.language = language.to_owned();
            let pack = workbook(&browser, "/pack", "all", period).await;
            let (proof, sheets) = (&pack.sheets[1], &pack.sheets[2..]);
            let (sum, all, difference) = (sheets.len() + 1, sheets.len() + 2, sheets.len() + 3);
            let headings: Vec<String> = proof.rows[1][1..sum].iter().map(Cell::text).collect();
            let names: Vec<String> = sheets.iter().map(|sheet| sheet.name.clone()).collect();
            assert_eq!(headings, names);
            let rows = proof.rows.len() - ABOVE;
            assert!(rows >= 12, "{rows}");
            for (place, row) in proof.rows.iter().enumerate().skip(ABOVE) {
                let formula = |column: usize| proof.formulas[&(place, column)].clone();
                let name = format!("{} for {account} in {period}", row[0].text());
                for (number, sheet) in sheets.iter().enumerate() {
                    let column = number + 1;
                    assert_eq!(formula(column), format!("'{}'!B{}", sheet.name, place + 1), "{name}");
                    assert_eq!(sheet.rows[place][0].text(), row[0].text(), "{name}");
                    assert_eq!(exact(&sheet.rows[place][1]), exact(&row[column]), "{name}");
                }
                let last = char::from(b'A' + sheets.len() as u8);
                let (sum_letter, all_letter) = (char::from(b'A' + sum as u8), char::from(b'A' + all as u8));
                assert_eq!(formula(sum), format!("SUM(B{0}:{last}{0})", place + 1), "{name}");
                assert_eq!(
                    formula(difference),
                    format!("ROUND({sum_letter}{0}-{all_letter}{0},2)", place + 1),
                    "{name}"
                );
                assert!(
                    !proof.formulas.contains_key(&(place, all)),
                    "{name}: All is read, not calculated"
                );
                let added: i64 = row[1..sum].iter().map(exact).sum();
                assert_eq!(
                    (added, exact(&row[sum])),
                    (exact(&row[all]), exact(&row[all])),
                    "{name}"
                );
                assert_eq!(exact(&row[difference]), 0, "{name}");
            }
        }
    }
    app
}

/// The row of `sheet` after a table that begins with `title`: its total.
fn total_of<'a>(sheet: &'a Sheet, title: &str) -> &'a [Cell] {
    let begin = sheet.rows.iter().position(|row| row[0].text() == title).unwrap();
    let rows = sheet.rows[begin..].iter().take_while(|row| !row[0].text().is_empty());
    rows.last().unwrap()
}

async fn each_table_of_a_sheet_is_its_views(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    for period in PERIODS {
        let pack = workbook(&browser, "/pack", "all", period).await;
        for (slug, name) in [("web", "Web"), ("mobile", "Mobile"), ("design", "Design")] {
            let sheet = pack.sheets.iter().find(|sheet| sheet.name == name).unwrap();
            let figures = key_figures(sheet);
            let list = workbook(&browser, "/projects", slug, period).await;
            let of_list = list.sheets[1].rows.last().unwrap();
            let of_costs = workbook(&browser, "/costs", slug, period).await;
            let categories = of_costs
                .sheets
                .iter()
                .find(|sheet| sheet.rows[0][0].text() == "Category");
            let categories = &categories.unwrap().rows;
            // A note may stand behind the total.
            let total = categories[0].iter().position(|cell| cell.text() == "Total").unwrap();
            let cost = categories.last().unwrap()[total].clone();
            let projects = total_of(sheet, "Projects");
            // Hours have a second column in the list.
            let same = [
                (&projects[4], &of_list[5]),
                (&projects[6], &of_list[7]),
                (&projects[10], &of_list[9]),
                (&figures["Hours"], &of_list[5]),
                (&figures["Revenue"], &of_list[7]),
                (&total_of(sheet, "Costs by category")[1], &cost),
                (&figures["Cost"], &cost),
                (&projects[11], &figures["Invoiced in the period"]),
                (&projects[12], &figures["Unbilled"]),
                (&projects[13], &figures["Advances"]),
            ];
            for (place, (one, other)) in same.into_iter().enumerate() {
                assert_eq!(exact(one), exact(other), "{place} of {name} in {period}");
            }
            assert!(sheet.formulas.len() >= 8, "totals are formulas: {:?}", sheet.formulas);
        }
    }
    let sum =
        "SELECT CAST(SUM(amount) AS BIGINT) FROM invoices WHERE invoiced_on BETWEEN '2025-01-01' AND '2025-12-31'";
    let statement = Statement::from_string(app.state.db.backend(), sum);
    let row = app.state.db.writer().query_one_raw(statement).await.unwrap().unwrap();
    let invoiced: i64 = row.try_get_by_index(0).unwrap();
    let pack = workbook(&browser, "/pack", "all", "2025").await;
    let proof = &pack.sheets[1].rows;
    let row = proof
        .iter()
        .find(|row| row[0].text() == "Invoiced in the period")
        .unwrap();
    assert_eq!(exact(&row[row.len() - 2]), invoiced * 60);
    app
}

async fn nobody_gets_a_sheet_of_what_they_may_not_see(app: TestApp) -> TestApp {
    let names = |pack: &Workbook| pack.sheets.iter().map(|sheet| sheet.name.clone()).collect::<Vec<_>>();
    let controller = app.logged_in(CONTROLLER).await;
    let seen = workbook(&controller, "/pack", "all", "2025").await;
    let about = "About this file";
    assert_eq!(
        names(&seen),
        [about, "Proof", "Web", "Mobile", "Design", "Print", "Unassigned"]
    );
    let lead = app.logged_in(WEB_LEAD).await;
    let own = workbook(&lead, "/pack", "all", "2025").await;
    assert_eq!(names(&own), [about, "Proof", "Web"]);
    assert!(
        own.sheets[0].text().contains("All of yours: Web"),
        "{}",
        own.sheets[0].text()
    );
    for sheet in &own.sheets {
        for foreign in ["Unassigned", "Mobile", "MOB-", "DSG-", "PRT-", "STU-"] {
            assert!(!sheet.text().contains(foreign), "{foreign} in {}", sheet.name);
        }
    }
    let viewer = app.logged_in(VIEWER).await;
    let without = workbook(&viewer, "/pack", "all", "2025").await;
    assert_eq!(names(&without), names(&seen));
    let locale = Locale::default();
    let hidden: Vec<String> = Measure::ALL
        .iter()
        .filter(|measure| measure.contains_labour_cost())
        .map(|measure| locale.say(&measure.name()))
        .collect();
    for (place, (sheet, whole)) in without.sheets.iter().zip(&seen.sheets).enumerate().skip(1) {
        let cells: BTreeSet<String> = sheet.rows.iter().flatten().map(Cell::text).collect();
        let found: Vec<_> = hidden.iter().filter(|name| cells.contains(*name)).collect();
        assert!(
            found.is_empty() && !cells.contains("Labour") && !cells.contains("CM II"),
            "{found:?}"
        );
        let all: BTreeSet<String> = whole.rows.iter().flatten().map(Cell::text).collect();
        assert!(
            all.contains("Labour cost") && all.contains("Contribution margin III"),
            "{place}"
        );
    }
    // The same in German.
    let mut german = app.logged_in(CONTROLLER).await;
    german.language = "de".to_owned();
    let pack = workbook(&german, "/pack", "all", "2025").await;
    assert_eq!(names(&pack)[..3], ["Über diese Datei", "Nachweis", "Web"]);
    assert_eq!(names(&pack).last().unwrap(), "Nicht zugeordnet");
    app
}

async fn the_pack_is_of_all_whatever_is_chosen(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    let file = async |division: &str| {
        let link = format!("/export?view=/pack&division={division}&period=2025&format=xlsx");
        fetch(&browser, &link).await
    };
    let (of_all, of_web) = (file("all").await, file("web").await);
    assert_eq!(of_web.name, "division-pack-all-2025-made-2026-11-24.xlsx");
    assert!(of_all.bytes == of_web.bytes);
    let of_all = html(&browser, "/pack", "all", "2025").await;
    let of_web = html(&browser, "/pack", "web", "2025").await;
    assert_eq!(Shown::of(&of_all), Shown::of(&of_web));
    for page in [&of_all, &of_web] {
        assert!(page.contains("always of All, whatever division is chosen"), "{page}");
    }
    // Its figures open where they are.
    let elsewhere = links(&of_web)
        .into_iter()
        .find(|link| link.href.contains("of=mobile"))
        .unwrap();
    assert!(elsewhere.href.contains("division=all"), "{elsewhere:?}");
    assert!(!links(&of_all).iter().any(|link| link.href.contains("division=")));
    browser.choose("division", "web").await;
    let page = browser.open(&elsewhere.href).await;
    assert_eq!(Shown::of(&page.body).figures[0].1, elsewhere.text);
    assert!(
        browser.open("/").await.body.contains("href=\"/pack\""),
        "Home leads to it"
    );
    app
}

async fn the_page_has_a_chapter_for_each_sheet_and_its_figures_open(app: TestApp) -> TestApp {
    for (account, language) in [(CONTROLLER, "en"), (WEB_LEAD, "de"), (VIEWER, "de")] {
        let mut browser = app.logged_in(account).await;
        browser.language = language.to_owned();
        let locale = Locale::of_accept_language(Some(language));
        let pack = workbook(&browser, "/pack", "all", "2026-q3").await;
        let page = html(&browser, "/pack", "all", "2026-q3").await;
        assert_eq!(page.matches("class=\"chapter stack\"").count(), pack.sheets.len() - 1);
        let shown = Shown::of(&page);
        let proof = &shown.tables[0];
        assert_eq!(proof.rows.len(), pack.sheets[1].rows.len() - ABOVE);
        let zero = ["€0.00", "0.00 h", "0,00 €", "0,00 h"];
        for row in &proof.rows {
            assert!(zero.contains(&row.last().unwrap().as_str()), "{row:?}");
        }
        // What is shown is what the sheets have.
        let mut facts = shown.figures.iter();
        for sheet in &pack.sheets[2..] {
            for (name, value) in sheet.rows[ABOVE..]
                .iter()
                .take_while(|row| !row[0].text().is_empty())
                .map(|row| (row[0].text(), &row[1]))
            {
                let (said, words) = facts.next().unwrap();
                assert_eq!(*said, name, "{}", sheet.name);
                if name == locale.say(&Measure::Revenue.name()) {
                    let money = Money(exact(value) / 60);
                    assert_eq!(
                        *words,
                        crate::shown::plain(&locale.words(&money.into())),
                        "{}",
                        sheet.name
                    );
                }
            }
        }
        assert!(facts.next().is_none());
        let all = links(&page);
        let of_divisions = all.iter().filter(|link| !link.href.contains("project="));
        let of_projects = all.iter().filter(|link| link.href.contains("project="));
        let some: Vec<Link> = of_divisions.chain(of_projects.step_by(23)).cloned().collect();
        assert!(some.len() > 20, "{}", some.len());
        for link in some {
            open(&browser, &link, "all", "2026-q3", true).await;
        }
    }
    app
}

async fn a_division_may_be_called_anything(app: TestApp) -> TestApp {
    let long = "Individualsoftware und Beratung Süd";
    for (slug, name) in [
        ("web", "History"),
        ("mobile", "a/b:c?[d]*\\e''s"),
        ("design", long),
        ("print", long),
    ] {
        let rename = format!("UPDATE divisions SET name = '{name}' WHERE slug = '{slug}'");
        app.state.db.writer().execute_unprepared(&rename).await.unwrap();
    }
    let browser = app.logged_in(CONTROLLER).await;
    let pack = workbook(&browser, "/pack", "all", "2025").await;
    let names: Vec<&str> = pack.sheets[2..].iter().map(|sheet| sheet.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "History 2",
            "a b c  d   e s",
            "Individualsoftware und Beratung",
            "Individualsoftware und Beratu 2",
            "Unassigned"
        ]
    );
    let proof = &pack.sheets[1];
    for (number, name) in names.iter().enumerate() {
        assert_eq!(proof.formulas[&(ABOVE, number + 1)], format!("'{name}'!B3"));
    }
    app
}

async fn the_same_moment_gives_the_same_bytes(app: TestApp) -> TestApp {
    for format in ["xlsx", "csv-semicolon"] {
        let written = |time: &str| {
            let options = [
                "export",
                "--as",
                CONTROLLER,
                "--view",
                "/pack",
                "--format",
                format,
                "--period",
                "2025",
                "--division",
                "web",
                "--language",
                "de",
                "--made-at",
                time,
                "--output",
                "-",
            ];
            let output = run(&app.database, &options, "");
            assert!(output.status.success(), "{}", said(&output));
            output.stdout
        };
        let first = written("2026-11-24T18:00");
        assert!(first.len() > 5_000, "{format}: {}", first.len());
        assert!(first == written("2026-11-24T18:00"), "{format}");
        assert!(first != written("2026-11-24T18:02"), "{format}");
    }
    // A table of a chapter has a name of its own.
    let browser = app.logged_in(CONTROLLER).await;
    let link = "/export?view=/pack&division=all&period=2025&format=csv-comma&table=web-projects";
    let file = fetch(&browser, link).await;
    assert!(
        file.text().starts_with("\u{feff}Code,Name,Client,Kind,Hours,Billable,"),
        "{}",
        file.text()
    );
    app
}
