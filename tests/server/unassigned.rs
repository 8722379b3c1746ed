//! What belongs to no division can be chosen like a division, by those who may see every division.

use crate::{
    app::{Answer, Browser, CONTROLLER, TestApp, VIEWER, WEB_LEAD},
    database::TestDatabase,
    exported::fetch,
    on_both_databases,
    shown::{Shown, Table},
    window::Window,
};
use control_maniac::{
    books::{BooksError, Change, NewDivision},
    measure::{Measure, Reach},
};
use reqwest::StatusCode;
use sea_orm::ConnectionTrait;

on_both_databases!(
    its_figures_are_those_of_its_row_in_all,
    every_page_works_under_it_and_says_so,
    it_is_the_last_choice_of_those_who_see_everything,
    who_may_not_see_it_is_answered_as_if_there_were_none,
    who_loses_the_right_falls_back_visibly,
    a_file_of_it_says_so,
    no_division_takes_its_name,
    rows_of_the_division_table_lead_to_their_division,
);

async fn shown(browser: &Browser, address: &str, division: &str, period: &str) -> Shown {
    let answer = browser.figures(address, division, period).await;
    assert_eq!(answer.status, 200, "{address} {division} {period}: {}", answer.body);
    Shown::of(answer.json()["html"].as_str().unwrap())
}

fn by_division(home: &Shown) -> &Table {
    let is_wanted = |table: &&Table| table.caption.starts_with("Contribution margins by division");
    home.tables.iter().find(is_wanted).unwrap()
}

async fn its_figures_are_those_of_its_row_in_all(app: TestApp) -> TestApp {
    for email in [CONTROLLER, VIEWER] {
        let browser = app.logged_in(email).await;
        for period in ["ytd", "2026-q3", "2025", "2026-03-10..2026-05-09"] {
            let all = shown(&browser, "/", "all", period).await;
            let of_all = by_division(&all);
            let row = of_all.rows.iter().find(|row| row[0] == "Unassigned").unwrap();
            assert!(row[1].contains('€') && row[1] != "€0.00", "{row:?}");
            let home = shown(&browser, "/", "unassigned", period).await;
            let alone = by_division(&home);
            assert_eq!(alone.headings, of_all.headings);
            assert_eq!(alone.rows.len(), 2, "itself, and the total: {:?}", alone.rows);
            assert!(
                alone.rows.iter().all(|alone| alone == row),
                "{email} {period}: {:?}",
                alone.rows
            );
            let tile = |name: &str| home.figures.iter().find(|(known, _)| known == name).unwrap().1.clone();
            let cell = |heading: &str| {
                let place = of_all.headings.iter().position(|known| known == heading).unwrap();
                row[place].clone()
            };
            for name in ["Revenue", "Utilisation", "Unbilled", "Advances"] {
                assert_eq!(tile(name), cell(name), "{email} {period}");
            }
        }
    }
    app
}

async fn every_page_works_under_it_and_says_so(app: TestApp) -> TestApp {
    for email in [CONTROLLER, VIEWER] {
        let mut browser = app.logged_in(email).await;
        browser.choose("division", "unassigned").await;
        let measures = Measure::ALL.into_iter().filter(|measure| {
            let is_seen = email == CONTROLLER || !measure.contains_labour_cost();
            is_seen && measure.reach() != Reach::Project
        });
        let figures = measures.map(|measure| format!("/figures/{}", measure.key()));
        let pages = ["/", "/projects", "/costs", "/projects/STU-001"].map(str::to_owned);
        for (language, name) in [("en", "Unassigned"), ("de", "Nicht zugeordnet")] {
            browser.language = language.to_owned();
            for path in pages.iter().cloned().chain(figures.clone()) {
                let page = browser.open(&path).await;
                assert_eq!(
                    (page.status, page.main("data-division")),
                    (StatusCode::OK, "unassigned"),
                    "{path}"
                );
                assert!(
                    page.body.contains("ControlManiac</title>") && page.body.contains(&format!(" · {name} · ")),
                    "{path}"
                );
                assert!(page.main("class").contains("accent-stone"), "{path}");
                assert!(
                    page.said().contains(['€', '%']) || page.said().contains("\u{a0}h"),
                    "{path}"
                );
                for wrong in ["this division's part", "dieses Bereichs", ">unassigned<"] {
                    assert!(!page.said().contains(wrong), "{path}: {wrong}");
                }
            }
        }
        browser.language = "en".to_owned();
        let elsewhere = browser.open("/projects/WEB-001").await;
        assert!(
            elsewhere
                .said()
                .contains("You are looking at Unassigned, so its figures are not shown. Choose Web or All"),
            "{}",
            elsewhere.said()
        );
        assert!(elsewhere.said().contains(">go to the unassigned projects</a>"));
        let figure = browser.open("/figures/revenue?of=web").await;
        assert!(
            figure
                .said()
                .contains("This figure is of Web; you are looking at Unassigned.")
        );
    }
    let assign = "UPDATE project_divisions SET division_id = 1 WHERE division_id IS NULL";
    app.state.db.writer().execute_unprepared(assign).await.unwrap();
    let browser = app.logged_in(CONTROLLER).await;
    let none = browser.open("/projects").await.said();
    assert!(none.contains("Unassigned: no project in this period."), "{none}");
    app
}

/// The values of the toggle in their order.
fn values(page: &Answer) -> Vec<String> {
    let form = page.body.split_once("data-setting=\"division\"").unwrap().1;
    let form = form.split("</form>").next().unwrap();
    let radios = form.split("type=\"radio\"").skip(1);
    let value = |radio: &str| {
        radio
            .split_once("value=\"")
            .unwrap()
            .1
            .split('"')
            .next()
            .unwrap()
            .to_owned()
    };
    radios.map(value).collect()
}

async fn it_is_the_last_choice_of_those_who_see_everything(app: TestApp) -> TestApp {
    for email in [CONTROLLER, VIEWER] {
        let browser = app.logged_in(email).await;
        let offered = ["all", "web", "mobile", "design", "unassigned"];
        assert_eq!(values(&browser.open("/").await), offered);
        let stored = browser
            .submit(
                "/settings/division",
                &[("value", "unassigned"), ("return_to", "/costs")],
            )
            .await;
        assert_eq!(
            (stored.status, stored.header("location")),
            (StatusCode::SEE_OTHER, "/costs")
        );
        let page = browser.open("/costs").await;
        assert_eq!(page.main("data-division"), "unassigned");
        assert_eq!(values(&page), offered);
        let pinned = browser.open("/?division=unassigned").await;
        assert!(pinned.said().contains("stays on Unassigned"), "{}", pinned.said());
        browser.choose("division", "web").await;
        let adopted = browser
            .submit("/adopt", &[("return_to", "/?division=unassigned")])
            .await;
        assert_eq!(adopted.header("location"), "/");
        assert_eq!(browser.open("/").await.main("data-division"), "unassigned");
    }
    app
}

async fn who_may_not_see_it_is_answered_as_if_there_were_none(app: TestApp) -> TestApp {
    let lead = app.logged_in(WEB_LEAD).await;
    assert_eq!(values(&lead.open("/").await), ["all", "web"]);
    let answers = async |text: &str| {
        let figures = lead.figures("/projects", text, "ytd").await;
        let chosen = lead.choose("division", text).await;
        let back = ("return_to", "/");
        let form = lead.submit("/settings/division", &[("value", text), back]).await;
        let pinned = lead.submit("/pin/division", &[("value", text), back]).await;
        let export = lead
            .open(&format!("/export?format=xlsx&view=/&division={text}&period=ytd"))
            .await;
        let page = lead.open(&format!("/costs?division={text}")).await;
        assert_eq!((page.status, page.main("data-division")), (StatusCode::OK, "all"));
        let said = page.said();
        let refused = format!("There is no division “{text}” among those you may see. Choose “all” or one of “web”.");
        assert!(said.contains(&refused), "{said}");
        [figures, chosen, form, pinned, export].map(|answer| {
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{text}: {}", answer.body);
            let said = if answer.body.starts_with('{') {
                answer.json()["message"].to_string()
            } else {
                String::new()
            };
            said.replace(text, "")
        })
    };
    assert_eq!(answers("unassigned").await, answers("nowhere").await);
    assert_eq!(
        lead.open("/figures/revenue?of=unassigned").await.status,
        StatusCode::BAD_REQUEST
    );
    app
}

async fn who_loses_the_right_falls_back_visibly(app: TestApp) -> TestApp {
    let browser = app.logged_in(VIEWER).await;
    browser.choose("division", "unassigned").await;
    assert_eq!(browser.open("/").await.main("data-division"), "unassigned");
    let mut window = Window::open(&browser).await;
    window.newest().await;
    let withdraw = format!("UPDATE users SET sees_all_divisions = FALSE WHERE email = '{VIEWER}'");
    app.database
        .connect()
        .await
        .execute_unprepared(&withdraw)
        .await
        .unwrap();
    let newest = window.newest().await;
    assert_eq!(newest["settings"]["division"]["value"], "all", "{newest}");
    let page = browser.open("/").await;
    assert_eq!(page.main("data-division"), "all");
    assert_eq!(values(&page), ["all"]);
    app.row_becomes("division", "all", 2).await;
    app
}

async fn a_file_of_it_says_so(app: TestApp) -> TestApp {
    let mut browser = app.logged_in(CONTROLLER).await;
    for (language, name) in [
        ("en", "home-unassigned-2026-q1-made-2026-11-24.xlsx"),
        ("de", "uebersicht-nicht-zugeordnet-2026-q1-erstellt-2026-11-24.xlsx"),
    ] {
        browser.language = language.to_owned();
        let file = fetch(
            &browser,
            "/export?format=xlsx&view=/&division=unassigned&period=2026-q1",
        )
        .await;
        assert_eq!(file.name, name);
    }
    app
}

async fn no_division_takes_its_name(app: TestApp) -> TestApp {
    let database = TestDatabase::demo(app.kind).await;
    let db = database.connect().await;
    for (slug, is_taken) in [("unassigned", true), ("all", true), ("allotment", false)] {
        let mut change = Change::begin(&db).await.unwrap();
        let division = NewDivision {
            slug: slug.to_owned(),
            name: "Rest".to_owned(),
            position: 90,
            accent: "slate".to_owned(),
        };
        match change.add_divisions(vec![division]).await {
            Ok(_) => assert!(!is_taken, "{slug}"),
            Err(BooksError::Unfit(unfit)) => {
                let expected = format!(
                    "A division can't have the short name “{slug}”: it stands for a choice that is no division. Choose another."
                );
                assert!(is_taken && unfit.to_string() == expected, "{slug}: {unfit}");
            }
            Err(error) => panic!("{slug}: {error}"),
        }
    }
    db.close().await.unwrap();
    database.drop().await;
    app
}

/// The addresses of the cells that name the rows of the division table.
fn leads(page: &Answer) -> Vec<String> {
    let table = page
        .body
        .split_once("id=\"table-contribution-margin-by-division\"")
        .unwrap()
        .1;
    let table = table.split("</table>").next().unwrap();
    let names = table.split("<th scope=\"row\"").skip(1);
    let names = names.map(|name| name.split("</th>").next().unwrap());
    let leads = names.map(|name| match name.split_once("<a href=\"") {
        Some((_, rest)) => rest.split('"').next().unwrap().replace("&amp;", "&"),
        None => String::new(),
    });
    leads.collect()
}

async fn rows_of_the_division_table_lead_to_their_division(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    let page = browser.open("/").await;
    let divisions = ["web", "mobile", "design", "print", "unassigned"];
    let mut expected: Vec<String> = divisions.iter().map(|slug| format!("/?division={slug}")).collect();
    expected.push(String::new());
    assert_eq!(leads(&page), expected, "the total leads nowhere");
    for (slug, address) in divisions.iter().zip(&expected) {
        let there = browser.open(address).await;
        assert_eq!((there.status, there.main("data-division")), (StatusCode::OK, *slug));
        assert_eq!(leads(&there), ["", ""], "it is there already");
    }
    // What else the window is pinned to stays.
    let pinned = browser.open("/?division=all&period=2025").await;
    assert_eq!(leads(&pinned)[0], "/?division=web&period=2025");
    browser.choose("division", "web").await;
    assert_eq!(leads(&browser.open("/").await), ["", ""]);
    app
}
