//! Rules that hold for every setting of the closed list. [`EXAMPLES`] has values of each; a setting that isn't there
//! fails every test here.

use crate::{
    app::{Answer, CONTROLLER, TestApp, VIEWER},
    on_both_databases,
};
use control_maniac::{locale::Locale, settings::KnownSetting};
use reqwest::StatusCode;
use serde_json::Value;

on_both_databases!(
    it_is_stored_and_stands_in_the_first_html,
    it_is_one_persons_alone,
    it_is_told_and_survives_a_restart,
    what_is_no_value_changes_nothing,
    a_form_stores_it_without_a_program,
    an_address_pins_it_and_stores_nothing,
    a_form_pins_it_and_adopts_it,
    figures_are_asked_for_by_it,
    a_table_has_as_many_rows_as_were_chosen,
);

/// A setting with two values of it.
struct Example {
    known: &'static KnownSetting,
    one: &'static str,
    other: &'static str,
}

fn examples() -> impl Iterator<Item = Example> {
    crate::examples::examples().map(|example| Example {
        known: example.known,
        one: example.values[0],
        other: example.values[1],
    })
}

/// A page on which every setting has its control, and whose figures depend on each.
const PAGE: &str = "/projects";

impl Example {
    fn pinned(&self, value: &str) -> String {
        format!("{PAGE}?{}={value}", self.known.key)
    }

    /// An attribute of the setting's form on a page.
    fn form<'a>(&self, page: &'a Answer, attribute: &str) -> &'a str {
        let marked = format!("data-setting=\"{}\"", self.known.key);
        let form = page.body.split("<form").find(|form| form.contains(&marked));
        let form = form.unwrap_or_else(|| panic!("{} has no form", self.known.key));
        let value = form.split_once(&format!(" {attribute}=\"")).expect(attribute).1;
        value.split('"').next().unwrap()
    }

    /// The page shows the setting as `value`.
    fn assert_shown(&self, page: &Answer, value: &str) {
        let key = self.known.key;
        if self.known.changes_figures {
            assert_eq!(page.main(&format!("data-{key}")), value, "{key}");
        }
        let marked = format!("data-setting=\"{key}\"");
        let form = page.body.split("<form").find(|form| form.contains(&marked)).unwrap();
        let form = form.split("</form>").next().unwrap();
        let option = form
            .split("value=\"")
            .find(|option| option.starts_with(&format!("{value}\"")));
        let option = option
            .unwrap_or_else(|| panic!("{key} offers no {value}"))
            .split('>')
            .next()
            .unwrap();
        assert!(
            option.contains("selected") || option.contains("checked"),
            "{key}: {option}"
        );
    }
}

async fn it_is_stored_and_stands_in_the_first_html(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    for example in examples() {
        let key = example.known.key;
        let default = (example.known.default_text)();
        example.assert_shown(&browser.open(PAGE).await, &default);
        for (value, revision) in [(example.one, 1), (example.other, 2)] {
            let answer = browser.choose(key, value).await.json();
            assert_eq!(
                (&answer["value"], &answer["revision"]),
                (&Value::from(value), &Value::from(revision))
            );
            assert_eq!(app.row(key).await, (value.to_owned(), revision));
            let page = browser.open(PAGE).await;
            example.assert_shown(&page, value);
            assert_eq!(example.form(&page, "data-revision"), revision.to_string(), "{key}");
            assert_eq!(example.form(&page, "data-source"), "choice", "{key}");
        }
    }
    app
}

async fn it_is_one_persons_alone(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    let other = app.logged_in(VIEWER).await;
    for example in examples() {
        browser.choose(example.known.key, example.one).await;
        example.assert_shown(&other.open(PAGE).await, &(example.known.default_text)());
        let stranger = app.browser().choose(example.known.key, example.other).await;
        stranger.assert_error(401, "not_logged_in");
        example.assert_shown(&browser.open(PAGE).await, example.one);
    }
    app
}

async fn it_is_told_and_survives_a_restart(mut app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    for example in examples() {
        browser.choose(example.known.key, example.one).await;
        let request = browser.request(reqwest::Method::GET, "/api/newest");
        let told = browser.send(request).await.json();
        assert_eq!(told["settings"][example.known.key]["value"], example.one);
    }
    app.restart().await;
    let elsewhere = app.logged_in(CONTROLLER).await;
    for example in examples() {
        example.assert_shown(&elsewhere.open(PAGE).await, example.one);
    }
    app
}

async fn what_is_no_value_changes_nothing(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    for example in examples() {
        let key = example.known.key;
        browser.choose(key, example.one).await;
        for value in ["", "no such value", "\0", "<b>", "0", "-1", "99999999999999999999"] {
            let answer = browser.choose(key, value).await;
            answer.assert_error(400, "invalid");
            assert_eq!(answer.json()["field"], key, "{value:?}");
            let form = browser.submit(&format!("/settings/{key}"), &[("value", value)]).await;
            assert_eq!(form.status, StatusCode::BAD_REQUEST, "{key} {value:?}");
        }
        assert_eq!(app.row(key).await, (example.one.to_owned(), 1));
    }
    app
}

async fn a_form_stores_it_without_a_program(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    for example in examples() {
        let page = browser.open(PAGE).await;
        let action = example.form(&page, "action").to_owned();
        assert_eq!(action, format!("/settings/{}", example.known.key));
        let fields = [("value", example.one), ("return_to", "/projects?sort=margin")];
        let answer = browser.submit(&action, &fields).await;
        assert_eq!(
            (answer.status, answer.header("location")),
            (StatusCode::SEE_OTHER, "/projects?sort=margin")
        );
        example.assert_shown(&browser.open(PAGE).await, example.one);
        let nothing = browser.submit(&action, &[]).await;
        assert_eq!(nothing.status, StatusCode::BAD_REQUEST);
    }
    app
}

async fn an_address_pins_it_and_stores_nothing(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    for example in examples().filter(|example| example.known.can_be_pinned) {
        browser.choose(example.known.key, example.one).await;
        let page = browser.open(&example.pinned(example.other)).await;
        example.assert_shown(&page, example.other);
        assert_eq!(example.form(&page, "data-source"), "address");
        assert!(page.said().contains("This window stays on "));
        let links: Vec<_> = page.body.split("href=\"/projects/").skip(1).collect();
        let pin = format!("{}={}", example.known.key, example.other);
        assert!(links.len() > 3 && links.iter().all(|link| link.split('"').next().unwrap().contains(&pin)));
        example.assert_shown(&browser.open(PAGE).await, example.one);
        let refused = browser.open(&example.pinned("nonsense!")).await;
        assert_eq!(refused.status, StatusCode::OK);
        let asks = format!(
            "asks for “nonsense!” ({})",
            Locale::default().say(&(example.known.name)())
        );
        assert!(refused.body.contains(&asks), "{asks}");
        example.assert_shown(&refused, &(example.known.default_text)());
        assert_eq!(app.row(example.known.key).await, (example.one.to_owned(), 1));
    }
    app
}

async fn a_form_pins_it_and_adopts_it(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    for example in examples().filter(|example| example.known.can_be_pinned) {
        let pinned = example.pinned(example.one);
        let action = example.form(&browser.open(&pinned).await, "action").to_owned();
        let fields = [("value", example.other), ("return_to", &pinned)];
        let answer = browser.submit(&action, &fields).await;
        let led = answer.header("location").to_owned();
        assert_eq!(led, example.pinned(example.other));
        example.assert_shown(&browser.open(PAGE).await, &(example.known.default_text)());
        let answer = browser.submit("/adopt", &[("return_to", &led)]).await;
        assert_eq!(answer.header("location"), PAGE);
        example.assert_shown(&browser.open(PAGE).await, example.other);
        let wrong = [("return_to", &*example.pinned("nonsense!"))];
        assert_eq!(browser.submit("/adopt", &wrong).await.status, StatusCode::BAD_REQUEST);
    }
    app
}

/// Named, pinned by the address, or as the person has it: in this order.
async fn figures_are_asked_for_by_it(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    let figures = async |query: &[(&str, &str)]| {
        let request = browser.request(reqwest::Method::GET, "/api/figures").query(query);
        browser.send(request).await
    };
    for example in examples().filter(|example| example.known.changes_figures) {
        let key = example.known.key;
        let scope = async |query: &[(&str, &str)]| figures(query).await.json()["scope"][key].clone();
        let pinned = example.pinned(example.other);
        assert_eq!(scope(&[("address", PAGE)]).await, (example.known.default_text)());
        browser.choose(key, example.one).await;
        assert_eq!(scope(&[("address", PAGE)]).await, example.one);
        assert_eq!(scope(&[("address", &pinned)]).await, example.other);
        assert_eq!(scope(&[("address", &pinned), (key, example.one)]).await, example.one);
        let refused = figures(&[("address", PAGE), (key, "nonsense!")]).await;
        refused.assert_error(400, "invalid");
        assert_eq!(refused.json()["field"], key);
        let page = browser.open(&pinned).await.body;
        let asked = figures(&[("address", PAGE), (key, example.other)]).await.json();
        assert!(
            page.contains("table-projects")
                && asked["html"]
                    .as_str()
                    .is_some_and(|html| html.contains("table-projects"))
        );
    }
    app
}

async fn a_table_has_as_many_rows_as_were_chosen(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    let rows = |html: &str| {
        let table = html.split_once("<tbody>").unwrap().1;
        table.split("</tbody>").next().unwrap().matches("<tr").count()
    };
    for address in ["/projects", "/projects?from_row=26"] {
        for (chosen, first) in [("25", address), ("50", address), ("25", "/projects")] {
            browser.choose("rows", chosen).await;
            let page = browser.open(first).await.body;
            assert_eq!(rows(&page).to_string(), chosen, "{first}");
        }
    }
    // A page is named by its first row: with another number of rows it is the page that holds that one.
    browser.choose("rows", "25").await;
    let range = async |address: &str| {
        let page = browser.open(address).await.body;
        let range = page.split_once("class=\"range\">").unwrap().1;
        range.split(" of ").next().unwrap().to_owned()
    };
    assert_eq!(range("/projects?from_row=26").await, "26–50");
    let second = range("/projects?page=2").await;
    assert!(
        second.starts_with("51–"),
        "pages of earlier addresses had 50 rows: {second}"
    );
    browser.choose("rows", "50").await;
    assert_eq!(range("/projects?from_row=26").await, "1–50");
    assert!(
        !browser.open("/").await.body.contains("data-setting=\"rows\""),
        "Home has no list"
    );
    app
}
