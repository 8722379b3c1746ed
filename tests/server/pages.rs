//! The pages: the content of their first HTML.

use crate::{
    app::{CONTROLLER, TestApp},
    on_both_databases,
};

on_both_databases!(
    the_first_html_is_whole,
    the_list_of_projects_is_searched_sorted_and_paged,
    bookings_are_searched_without_regard_to_case_or_signs,
    an_archived_divisions_projects_stay_in_all,
    a_project_outside_the_chosen_division_shows_no_figures,
    what_a_person_typed_is_never_markup,
    many_divisions_become_a_list,
    a_fault_of_the_server_and_a_refusal_offer_a_way_on,
);

async fn the_first_html_is_whole(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    for (path, title) in [
        ("/", "Home"),
        ("/projects", "Projects"),
        ("/costs", "Costs"),
        ("/projects/WEB-001", "WEB-001"),
    ] {
        let page = browser.open(path).await;
        assert_eq!(page.status, 200, "{path}");
        assert!(page.body.starts_with("<!DOCTYPE html><html lang=\"en\">"), "{path}");
        assert!(page.body.contains(&format!("<title>{title}")), "{path}");
        assert!(
            !page.body.contains("<template"),
            "{path}: nothing that a program must put in its place"
        );
        assert_eq!(
            (
                page.main("data-division"),
                page.main("data-period"),
                page.main("aria-busy")
            ),
            ("all", "ytd", "false")
        );
        assert!(page.body.matches("€").count() > 10, "{path}: figures stand in it");
    }
    for (path, name) in [
        ("/", "Home"),
        ("/projects", "Projects"),
        ("/projects/WEB-001", "Projects"),
        ("/costs", "Costs"),
    ] {
        let page = browser.open(path).await.body;
        let current: Vec<&str> = page
            .split("<a")
            .filter(|link| link.split('>').next().unwrap().contains("aria-current=\"page\""))
            .collect();
        assert!(current[0].contains(&format!(">{name}<")), "{path}: {}", current[0]);
    }
    app
}

/// The codes of the projects on a page, in order.
fn codes(html: &str) -> Vec<String> {
    let table = html.split("id=\"table-projects\"").nth(1).unwrap_or_default();
    table
        .split("href=\"/projects/")
        .skip(1)
        .map(|link| link.split('"').next().unwrap().to_owned())
        .collect()
}

async fn the_list_of_projects_is_searched_sorted_and_paged(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    let first = browser.open("/projects").await;
    let second = browser.open("/projects?page=2").await;
    let (one, two) = (codes(&first.body), codes(&second.body));
    assert_eq!(one.len(), 50);
    assert!(!two.is_empty() && two.len() < 50);
    let mut sorted = [one.clone(), two.clone()].concat();
    sorted.sort();
    sorted.dedup();
    assert_eq!(sorted, [one, two.clone()].concat());
    let total = |page: &str| {
        page.split("<tfoot>")
            .nth(1)
            .unwrap()
            .split("</tfoot>")
            .next()
            .unwrap()
            .to_owned()
    };
    assert_eq!(
        total(&first.body),
        total(&second.body),
        "the total is that of all pages"
    );
    assert_eq!(
        codes(&browser.open("/projects?page=4000000000").await.body),
        two,
        "beyond the last page is the last"
    );
    let up = codes(&browser.open("/projects?sort=revenue&order=asc&page=2").await.body);
    let down = codes(&browser.open("/projects?sort=revenue").await.body);
    assert_eq!(
        up.iter().rev().collect::<Vec<_>>(),
        down[..up.len()].iter().collect::<Vec<_>>()
    );
    let found = browser.open("/projects?q=wEb-00").await;
    assert!(codes(&found.body).iter().all(|code| code.starts_with("WEB-00")));
    assert_eq!(codes(&found.body).len(), 9);
    assert!(found.body.contains("value=\"wEb-00\""));
    assert!(browser.open("/projects?q=%25").await.body.contains("Clear the search"));
    app
}

async fn bookings_are_searched_without_regard_to_case_or_signs(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    let all = browser.open("/costs").await.body;
    let rows = |html: &str| {
        let table = html
            .split("id=\"table-bookings\"")
            .nth(1)
            .map(|table| table.split("</tbody>").next().unwrap());
        table.map_or(0, |table| table.matches("<tr").count().saturating_sub(1))
    };
    assert_eq!(rows(&all), 50);
    let travel = browser.open("/costs?q=TRAVEL").await.body;
    assert!(rows(&travel) > 5);
    for signs in ["%25", "_", "!", "%5c", "'", "%22%3E%3Cscript%3E"] {
        let answer = browser.open(&format!("/costs?q={signs}")).await;
        assert_eq!(answer.status, 200, "{signs}");
        assert!(rows(&answer.body) < 50, "{signs} is looked for as it is");
    }
    app
}

async fn an_archived_divisions_projects_stay_in_all(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    for period in ["ytd", "2025", "2024-11-01..2026-11-24"] {
        browser.choose("period", period).await;
        for path in ["/projects?q=prt", "/costs?q=prt-"] {
            assert!(browser.open(path).await.body.contains(">PRT-"), "{path} {period}");
        }
    }
    assert_eq!(browser.open("/projects/PRT-001").await.status, 200);
    app
}

async fn a_project_outside_the_chosen_division_shows_no_figures(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    browser.choose("division", "mobile").await;
    let page = browser.open("/projects/WEB-001").await;
    assert_eq!(page.status, 200);
    assert!(page.body.contains("This project belongs to Web") && !page.body.contains('€'));
    browser.choose("division", "web").await;
    assert!(browser.open("/projects/WEB-001").await.body.contains('€'));
    app
}

#[expect(
    clippy::disallowed_methods,
    reason = "rows are written behind the back of the program"
)]
async fn what_a_person_typed_is_never_markup(app: TestApp) -> TestApp {
    use sea_orm::ConnectionTrait;
    let markup = "<img src=x onerror=alert(1)>\"''&amp;</script>";
    let db = app.state.db.writer();
    for sql in [
        "UPDATE projects SET name = $1",
        "UPDATE clients SET name = $1 WHERE id = 1",
        "UPDATE divisions SET name = $1",
        "UPDATE users SET name = $1",
        "UPDATE bookings SET text = $1, supplier = $1, category = $1",
        "UPDATE people SET name = $1",
    ] {
        let values = [markup.into()];
        db.execute_raw(sea_orm::Statement::from_sql_and_values(
            db.get_database_backend(),
            sql,
            values,
        ))
        .await
        .unwrap();
    }
    let browser = app.logged_in(CONTROLLER).await;
    for path in [
        "/",
        "/projects",
        "/costs",
        "/projects/WEB-001",
        "/projects?q=%3Cimg",
        "/costs?q=%3Cimg%20src",
        "/projects/%3Cimg%3E",
    ] {
        let page = browser.open(path).await;
        assert!(!page.body.contains("<img"), "{path}");
        assert!(
            page.body.matches("</script>").count() == page.body.matches("<script").count(),
            "{path}"
        );
    }
    app
}

async fn many_divisions_become_a_list(app: TestApp) -> TestApp {
    use sea_orm::ConnectionTrait;
    for number in 10..14 {
        let sql = format!(
            "INSERT INTO divisions (id, slug, name, position, accent) VALUES ({number}, 'd{number}', 'D{number}', {number}, 'rose')"
        );
        app.state.db.writer().execute_unprepared(&sql).await.unwrap();
    }
    let browser = app.logged_in(CONTROLLER).await;
    browser.choose("division", "d12").await;
    let page = browser.open("/").await;
    let form = page
        .body
        .split("data-setting=\"division\"")
        .nth(1)
        .unwrap()
        .split("</form>")
        .next()
        .unwrap()
        .to_owned();
    assert!(
        !form.contains("radio") && form.matches("<option").count() == 9,
        "{form}"
    );
    let chosen = form
        .split("<option")
        .find(|option| option.contains(" selected"))
        .unwrap()
        .to_owned();
    assert!(chosen.contains("value=\"d12\""), "{chosen}");
    app
}

async fn a_fault_of_the_server_and_a_refusal_offer_a_way_on(app: TestApp) -> TestApp {
    use sea_orm::ConnectionTrait;
    let browser = app.logged_in(CONTROLLER).await;
    let request = browser
        .request(reqwest::Method::POST, "/logout")
        .header("accept", "text/html");
    let refused = browser.send(request.header("sec-fetch-site", "cross-site")).await;
    assert_eq!(refused.status, 403);
    assert!(refused.body.contains("Not allowed") && refused.body.contains(r#"href="/""#));
    app.state
        .db
        .writer()
        .execute_unprepared("DROP TABLE booking_parts")
        .await
        .unwrap();
    let page = browser.open("/").await;
    assert_eq!(page.status, 500);
    assert!(page.body.contains("Something went wrong") && page.body.contains(r#"href="/""#));
    assert!(
        !page.body.contains("booking_parts") && !page.body.contains("sql"),
        "nothing of the server's inside"
    );
    browser.figures("/", "all", "ytd").await.assert_error(500, "internal");
    app
}
