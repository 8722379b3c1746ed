//! Days that can't be a period, sent by the form without JavaScript: the page comes back with the form open, what was
//! typed in it and what is wrong beside it; nothing is stored.

use crate::{
    app::{Answer, CONTROLLER, TestApp},
    on_both_databases,
};
use reqwest::{Method, StatusCode, header::ORIGIN};

on_both_databases!(
    the_form_comes_back_with_what_was_typed,
    in_a_pinned_window_too,
    a_wrong_choice_from_a_list_is_told,
    a_program_gets_a_typed_error,
);

/// The form for other days, if it is open.
fn form(page: &Answer) -> &str {
    let details = page.body.split_once("<details open class=\"custom\"");
    let details = details.or_else(|| page.body.split_once("<details class=\"custom\" open"));
    let details = details.unwrap_or_else(|| panic!("no open form in {}", page.said())).1;
    details.split("</details>").next().unwrap()
}

async fn the_form_comes_back_with_what_was_typed(app: TestApp) -> TestApp {
    for (language, from, to, why) in [
        (
            "en",
            "2026-05-01",
            "2026-03-15",
            "The period&#x27;s first day comes after its last. Swap them.",
        ),
        (
            "de",
            "2026-05-01",
            "2026-03-15",
            "Der erste Tag des Zeitraums liegt nach dem letzten. Tauschen Sie die beiden.",
        ),
        (
            "en",
            "2020-01-01",
            "2026-03-15",
            "A period covers three years at the most. Choose fewer days.",
        ),
        ("en", "", "2026-03-15", "A period is “ytd”"),
    ] {
        let browser = app.logged_in(CONTROLLER).await;
        browser.choose("language", language).await;
        let fields = [("from", from), ("to", to), ("return_to", "/projects?sort=burn&q=WEB")];
        let page = browser.submit("/settings/period", &fields).await;
        assert_eq!(page.status, StatusCode::BAD_REQUEST);
        let form = form(&page);
        for typed in [from, to] {
            assert!(form.contains(&format!("value=\"{typed}\"")), "{form}");
        }
        assert!(
            form.contains(&why.replace("&#x27;", "'")) || form.contains(why),
            "{form}"
        );
        assert!(page.body.contains("id=\"table-projects\"") && page.body.contains("value=\"WEB\""));
        assert!(
            form.contains("value=\"/projects?q=WEB&amp;sort=burn\"")
                || form.contains("value=\"/projects?sort=burn&amp;q=WEB\"")
        );
        assert_eq!(page.main("data-period"), "ytd");
        let stored = browser.open("/projects").await;
        assert_eq!(stored.main("data-period"), "ytd");
        assert!(!stored.body.contains("wrong-days"));
    }
    app
}

async fn in_a_pinned_window_too(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    let fields = [
        ("from", "2026-05-01"),
        ("to", "2026-03-15"),
        ("return_to", "/costs?period=2025&division=web"),
    ];
    let page = browser.submit("/pin/period", &fields).await;
    assert_eq!(
        (page.status, page.main("data-period")),
        (StatusCode::BAD_REQUEST, "2025")
    );
    assert!(form(&page).contains("Swap them") && page.said().contains("This window stays on"));
    app
}

async fn a_wrong_choice_from_a_list_is_told(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    let page = browser
        .submit("/settings/division", &[("value", "print"), ("return_to", "/costs")])
        .await;
    assert_eq!(
        (page.status, page.main("data-division")),
        (StatusCode::BAD_REQUEST, "all")
    );
    let notice = page.said();
    let notice = notice.split_once("class=\"notice warning\">").unwrap().1;
    assert!(notice.starts_with("The division “print” is archived"), "{notice}");
    app
}

async fn a_program_gets_a_typed_error(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    let request = browser
        .request(Method::POST, "/settings/period")
        .header(ORIGIN, &app.address);
    let answer = browser
        .send(request.form(&[("from", "2026-05-01"), ("to", "2026-03-15")]))
        .await;
    answer.assert_error(400, "invalid");
    assert_eq!(answer.json()["field"], "period");
    app
}
