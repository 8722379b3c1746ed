//! A page as a file: every table with all its rows, as it is shown, for the same person. XLSX is read by a library that
//! is not ours.

#![expect(clippy::float_arithmetic, reason = "a spreadsheet calculates with floating point")]

use crate::{
    app::{CONTROLLER, TestApp, VIEWER, WEB_LEAD},
    exported::{Csv, Workbook, fetch, links, same},
    on_both_databases,
    shown::{Shown, Table},
};
use control_maniac::locale::Locale;
use reqwest::StatusCode;
use sea_orm::ConnectionTrait;

on_both_databases!(
    every_table_is_the_one_that_is_shown,
    a_list_has_all_that_match_and_adds_up_to_the_cent,
    a_workbook_says_what_it_is,
    what_may_not_be_seen_is_in_no_file,
    texts_are_never_formulas_and_numbers_always_numbers,
    what_is_asked_for_wrongly_is_said,
    an_archive_has_a_file_for_each_table,
);

/// A view of each kind.
const VIEWS: [&str; 9] = [
    "/?period=2026",
    "/projects?period=2025",
    "/projects?period=2025&sort=revenue&order=desc&q=mob",
    "/projects?period=2025&columns=months&of=margin&movement=only",
    "/projects?period=2024-11-10..2026-03-09&columns=months&of=hours&state=open",
    "/projects/WEB-001?period=2025",
    "/costs?period=2026",
    "/costs?period=2025&q=a",
    "/costs?period=2026-03-05..2026-04-10",
];

/// The table of the page whose menu has a link with this name.
fn table_of<'a>(page: &str, shown: &'a Shown, name: &str) -> &'a Table {
    let names = page
        .split("id=\"table-")
        .skip(1)
        .map(|part| part.split('"').next().unwrap());
    // The heading of a sorted column has an id as well.
    let names = names.filter(|id| !id.rsplit('-').next().unwrap().bytes().all(|byte| byte.is_ascii_digit()));
    let place = names
        .into_iter()
        .position(|id| id == name)
        .unwrap_or_else(|| panic!("{name}"));
    &shown.tables[place]
}

async fn every_table_is_the_one_that_is_shown(app: TestApp) -> TestApp {
    let mut compared = 0;
    for account in [CONTROLLER, WEB_LEAD, VIEWER] {
        let mut browser = app.logged_in(account).await;
        for (language, key) in [("en", "csv-comma"), ("de", "csv-semicolon")] {
            browser.language = language.to_owned();
            let locale = Locale::of_accept_language(Some(language));
            for view in VIEWS {
                let page = browser.open(view).await;
                if page.status != StatusCode::OK {
                    continue;
                }
                let shown = Shown::of(&page.body);
                for link in links(&page.body).filter(|link| link.contains("table=") && link.ends_with(key)) {
                    let name = link.split_once("&table=").unwrap().1.split('&').next().unwrap();
                    let table = table_of(&page.body, &shown, name);
                    let place = format!("{name} of {view} for {account} in {language}");
                    let csv = Csv::of(&fetch(&browser, &link).await, &locale);
                    assert_eq!(csv.headings[..table.headings.len()], table.headings, "{place}");
                    assert!(csv.headings.len() <= table.headings.len() + 1, "{place}");
                    let is_list = ["bookings", "projects"].contains(&name) && !view.starts_with("/projects/");
                    let has_total =
                        page.body.contains("<tfoot>") && !["at-risk", "cost", "revenue-and-cost"].contains(&name);
                    let rows = table.rows.len() - usize::from(has_total);
                    assert!(
                        if is_list {
                            csv.rows.len() >= rows
                        } else {
                            csv.rows.len() == rows
                        },
                        "{place}"
                    );
                    for (row, fields) in table.rows[..rows].iter().zip(&csv.rows) {
                        for (cell, field) in row.iter().zip(fields) {
                            assert!(same(cell, field, &locale), "{place}: “{cell}” is “{field}”");
                            compared += 1;
                        }
                    }
                    let workbook = Workbook::of(&fetch(&browser, &link.replace(key, "xlsx")).await);
                    workbook.assert_has(&csv, &place);
                }
            }
        }
    }
    assert!(compared > 10_000, "{compared}");
    app
}

async fn a_list_has_all_that_match_and_adds_up_to_the_cent(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    for view in [
        "/costs?period=2025",
        "/costs?period=2025&q=e",
        "/costs?period=2025&division=web",
    ] {
        let page = browser.open(view).await.body;
        let shown = Shown::of(&page);
        let table = table_of(&page, &shown, "bookings");
        let total = table.rows.last().unwrap().last().unwrap();
        let count: usize = page
            .split("class=\"range\">")
            .nth(1)
            .unwrap()
            .split('<')
            .next()
            .unwrap()
            .rsplit(' ')
            .next()
            .unwrap()
            .replace(',', "")
            .parse()
            .unwrap();
        assert!(count > 100, "{view}: {count}");
        let link = links(&page)
            .find(|link| link.contains("table=bookings") && link.ends_with("csv-comma"))
            .unwrap();
        let csv = Csv::of(&fetch(&browser, &link).await, &Locale::default());
        assert_eq!(csv.rows.len(), count, "{view}");
        let cents = |text: &str| -> i64 { text.replace(['€', ',', '.'], "").parse().unwrap() };
        let sum: i64 = csv.rows.iter().map(|row| cents(row.last().unwrap())).sum();
        assert_eq!(sum, cents(total), "{view}");
        let workbook = Workbook::of(&fetch(&browser, &link.replace("csv-comma", "xlsx")).await);
        let sheet = &workbook.sheets[1];
        let last = sheet.rows.last().unwrap();
        let formula = &sheet.formulas[&(sheet.rows.len() - 1, last.len() - 1)];
        assert_eq!(*formula, format!("SUM(G2:G{})", count + 1));
        assert_eq!(
            (last.last().unwrap().number() * 100.0).round() as i64,
            sum,
            "the result is stored"
        );
        let added: f64 = sheet.rows[1..=count]
            .iter()
            .map(|row| row[last.len() - 1].number())
            .sum();
        assert_eq!((added * 100.0).round() as i64, sum, "and right");
    }
    app
}

async fn a_workbook_says_what_it_is(app: TestApp) -> TestApp {
    let mut browser = app.logged_in(CONTROLLER).await;
    browser.language = "de".to_owned();
    let page = browser
        .open("/projects?period=2026-03&division=web&q=web&sort=burn")
        .await
        .body;
    let whole = links(&page)
        .find(|link| !link.contains("table=") && link.ends_with("xlsx"))
        .unwrap();
    // Whatever is chosen meanwhile: the file is of what was shown.
    browser.choose("division", "mobile").await;
    browser.choose("period", "2025").await;
    let file = fetch(&browser, &whole).await;
    assert_eq!(file.name, "projekte-web-2026-03-erstellt-2026-11-24.xlsx");
    let workbook = Workbook::of(&file);
    let about = workbook.sheets[0].text();
    for said in [
        "Projekte",
        "Bereich\tWeb",
        "Zeitraum\t03/2026",
        "Gesucht\tweb",
        "Budgetverbrauch, absteigend",
        "Europe/Berlin",
        "Erstellt von\tHelena Kraus",
    ] {
        assert!(about.contains(said), "{said} in {about}");
    }
    assert!(
        workbook
            .xml("xl/worksheets/sheet2.xml")
            .contains("<pane xSplit=\"1\" ySplit=\"1\"")
    );
    let hours = workbook.sheets[1].rows[0]
        .iter()
        .position(|cell| cell.text() == "Stunden")
        .unwrap();
    assert_eq!(workbook.sheets[1].rows[0][hours + 1].text(), "Stunden (h:mm)");
    for row in &workbook.sheets[1].rows[1..] {
        let (decimal, clock) = (row[hours].number(), row[hours + 1].number());
        assert!((decimal / 24.0 - clock).abs() < 1e-9, "{decimal} {clock}");
    }
    let table = links(&page)
        .find(|link| link.contains("table=projects") && link.ends_with("csv-semicolon"))
        .unwrap();
    let name = fetch(&browser, &table).await.name;
    assert_eq!(name, "projekte-projekte-web-2026-03-erstellt-2026-11-24.csv");
    app
}

async fn what_may_not_be_seen_is_in_no_file(app: TestApp) -> TestApp {
    let lead = app.logged_in(WEB_LEAD).await;
    let controller = app.logged_in(CONTROLLER).await;
    let mut asked = 0;
    for view in VIEWS {
        let page = lead.open(view).await;
        let tables = links(&page.body).filter(|link| link.contains("table=") && link.ends_with("csv-comma"));
        for link in tables {
            let csv = Csv::of(&fetch(&lead, &link).await, &Locale::default());
            for field in csv.rows.iter().flatten() {
                let is_foreign = ["Mobile", "Design", "Print", "Unassigned"].contains(&field.as_str())
                    || ["MOB-", "DSG-", "PRT-", "STU-"]
                        .iter()
                        .any(|code| field.starts_with(code));
                assert!(!is_foreign, "{field} in {link}");
            }
            asked += 1;
        }
        // The same link as the controller has is refused, as the page is.
        let page = controller.open(&format!("{view}&division=mobile")).await;
        for link in links(&page.body).filter(|link| link.contains("division=mobile")) {
            let answer = lead.send(lead.request(reqwest::Method::GET, &link)).await;
            answer.assert_error(400, "invalid");
            assert_eq!(answer.json()["field"], "division");
        }
    }
    assert!(asked > 12, "{asked}");
    for code in ["MOB-001", "NO-999"] {
        let link = format!("/export?format=xlsx&view=/projects/{code}&division=all&period=2026");
        let answer = lead.send(lead.request(reqwest::Method::GET, &link)).await;
        answer.assert_error(404, "not_found");
    }
    // The viewer may not see what labour costs, in no form.
    let viewer = app.logged_in(VIEWER).await;
    let link = "/export?format=csv-comma&table=contribution-margin-by-division&view=/&division=all&period=2025";
    let seen = Csv::of(&fetch(&controller, link).await, &Locale::default());
    let hidden = Csv::of(&fetch(&viewer, link).await, &Locale::default());
    let labour = seen
        .headings
        .iter()
        .position(|heading| heading == "Labour cost")
        .unwrap();
    for (row, without) in seen.rows.iter().zip(&hidden.rows) {
        assert!(
            !row[labour].is_empty() && without[labour].is_empty(),
            "{row:?} {without:?}"
        );
        assert!(
            without
                .last()
                .unwrap()
                .contains("only for those who may see cost rates"),
            "{without:?}"
        );
    }
    let people = "/export?format=csv-comma&table=people&view=/projects/WEB-001&division=all&period=2025";
    assert!(fetch(&controller, people).await.text().contains("Labour cost"));
    assert!(!fetch(&viewer, people).await.text().contains("Labour cost"));
    app
}

async fn texts_are_never_formulas_and_numbers_always_numbers(app: TestApp) -> TestApp {
    let insert = "INSERT INTO bookings (booked_on, category, text, supplier, amount, billable, shared, search)
                  VALUES ('2024-02-03', '@home', '=1+1; \"x\"', '-236.48', -23648, false, false, '')";
    app.state.db.writer().execute_unprepared(insert).await.unwrap();
    let browser = app.logged_in(CONTROLLER).await;
    let link = |format: &str| {
        format!("/export?view=/costs?q%3Dhome&division=all&period=2024-02&table=bookings&format={format}")
    };
    let file = fetch(&browser, &link("csv-semicolon")).await;
    assert_eq!(
        file.text(),
        "\u{feff}Day;Category;Text;Supplier;Project;Division;Amount\r\n\
         2024-02-03;'@home;\"'=1+1; \"\"x\"\"\";'-236.48;;Unassigned;-236,48\r\n"
    );
    assert_eq!(file.content_type, "text/csv; charset=utf-8");
    let file = fetch(&browser, &link("csv-comma")).await;
    assert_eq!(
        file.text(),
        "\u{feff}Day,Category,Text,Supplier,Project,Division,Amount\r\n\
         2024-02-03,'@home,\"'=1+1; \"\"x\"\"\",'-236.48,,Unassigned,-236.48\r\n"
    );
    let workbook = Workbook::of(&fetch(&browser, &link("xlsx")).await);
    let sheet = &workbook.sheets[1];
    let row = &sheet.rows[1];
    assert_eq!(row[2].text(), "=1+1; \"x\"");
    assert_eq!(row[3].text(), "-236.48");
    assert_eq!(row[0].day(), "2024-02-03");
    assert_eq!(row[6].number(), -236.48);
    assert_eq!(sheet.formulas.len(), 1, "the total alone: {:?}", sheet.formulas);
    app
}

async fn what_is_asked_for_wrongly_is_said(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    let ask = async |query: &str| {
        let request = browser.request(reqwest::Method::GET, &format!("/export{query}"));
        browser.send(request).await
    };
    for (query, status, kind, said) in [
        ("", 400, "invalid", "csv-semicolon"),
        ("?format=pdf&view=/", 400, "invalid", "xlsx, csv-semicolon, csv-comma"),
        (
            "?format=xlsx&view=/&table=nothing",
            400,
            "invalid",
            "contribution-margin-by-division",
        ),
        ("?format=xlsx&view=/nowhere", 404, "not_found", ""),
        ("?format=xlsx&view=//evil.test", 404, "not_found", ""),
        ("?format=xlsx&view=/&division=nowhere", 400, "invalid", "nowhere"),
        ("?format=xlsx&view=/&period=never", 400, "invalid", ""),
        ("?format=xlsx&view=/costs?nothing%3D1", 400, "invalid", ""),
    ] {
        let answer = ask(query).await;
        answer.assert_error(status, kind);
        let message = answer.json()["message"].as_str().unwrap().to_owned();
        assert!(message.contains(said), "{query}: {message}");
    }
    // For a person it is a page.
    let page = browser.open("/export?format=pdf").await;
    assert_eq!(page.status, StatusCode::BAD_REQUEST);
    assert!(page.body.contains("<html") && page.body.contains("csv-comma"));
    app
}

async fn an_archive_has_a_file_for_each_table(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    let file = fetch(&browser, "/export?format=csv-comma&view=/&division=web&period=2026-q1").await;
    assert_eq!(file.name, "home-web-2026-q1-made-2026-11-24.zip");
    assert_eq!(file.content_type, "application/zip");
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&file.bytes)).unwrap();
    let names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    assert_eq!(
        names,
        [
            "key-figures.csv",
            "revenue-and-cost.csv",
            "contribution-margin-by-division.csv",
            "at-risk.csv"
        ]
    );
    let mut text = String::new();
    std::io::Read::read_to_string(&mut archive.by_name("key-figures.csv").unwrap(), &mut text).unwrap();
    assert!(text.starts_with("\u{feff}Key figure,Value,Unit,Change,"), "{text}");
    assert!(
        text.lines()
            .any(|line| line.starts_with("Revenue,") && line.contains(",€,")),
        "{text}"
    );
    app
}
