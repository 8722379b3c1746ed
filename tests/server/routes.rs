//! Every address of the two tables (`src/pages.rs`, `src/routes.rs`), and the rules for each of them.
//!
//! [`addresses`] and [`requests`] say how each is asked for. A new page or route doesn't compile here before they know it;
//! the tests of rights and of same origin then go over it as well.

use crate::{
    app::{Answer, Browser, CONTROLLER, TestApp},
    on_both_databases,
};
use control_maniac::{
    locale::Locale,
    measure::Measure,
    pages::{PAGES, Page, PageName},
    projects::SortKey,
    routes::{API, Access, HEALTH_ROUTES, LOGIN, ROUTES, Route, RouteName},
    settings::SETTINGS,
};
use reqwest::{Method, StatusCode, header::ORIGIN};

on_both_databases!(
    a_stranger_is_led_to_the_login_from_every_page,
    a_stranger_gets_no_answer_where_one_must_be_logged_in,
    every_address_answers_whoever_is_logged_in,
    nothing_else_answers,
);

/// Every order in which the projects can be listed, as a query.
pub fn orders() -> impl Iterator<Item = String> {
    let columns = SortKey::ALL.map(|key| serde_json::to_value(key).unwrap());
    columns.into_iter().flat_map(|column| {
        let column = column.as_str().unwrap().to_owned();
        ["asc", "desc"].map(|order| format!("sort={column}&order={order}"))
    })
}

/// Every route, whatever stands around it.
fn all_routes() -> impl Iterator<Item = Route> {
    ROUTES.into_iter().chain(HEALTH_ROUTES)
}

/// Every query that a page takes, each in an address; `code` is a project's.
pub fn addresses(page: Page, code: &str) -> Vec<String> {
    let variable = match page.name {
        PageName::Project => code,
        PageName::Figure => Measure::Revenue.key(),
        PageName::Home
        | PageName::Projects
        | PageName::Costs
        | PageName::Time
        | PageName::Bookings
        | PageName::Invoices
        | PageName::Pack => "",
    };
    let path = page.path_for(variable);
    let mut queries: Vec<String> = Vec::new();
    let searched = ["mob", "dsg", "prt", "stu", "%25", "_", "'", "mobile", code];
    match page.name {
        PageName::Home | PageName::Project | PageName::Figure | PageName::Pack => {}
        PageName::Time => {
            let fields = [
                "person=7",
                "billable=no",
                "kind=internal",
                "sort=cost&order=asc",
                "from_row=51",
            ];
            queries.extend(fields.map(str::to_owned));
            queries.extend([format!("project={code}"), format!("q={code}&client=Nobody")]);
        }
        PageName::Bookings => {
            let fields = [
                "category=Rent",
                "supplier=Nobody",
                "kind=shared",
                "billable=yes",
                "sort=amount&from_row=51",
            ];
            queries.extend(fields.map(str::to_owned));
            queries.extend([format!("project={code}"), format!("q={code}")]);
        }
        PageName::Invoices => {
            queries.extend(["kind=fixed-price", "sort=number", "from_row=51", "q=%25"].map(str::to_owned));
            queries.extend([format!("project={code}"), format!("q={code}")]);
        }
        PageName::Projects => {
            queries.extend(orders());
            queries.extend(["page=2", "from_row=51", "movement=only"].map(str::to_owned));
            queries.extend(["open", "finished", "archived"].map(|state| format!("state={state}")));
            queries.extend(["revenue", "hours", "cost", "margin"].map(|of| format!("columns=months&of={of}")));
            queries.extend(searched.map(|text| format!("q={text}")));
        }
        PageName::Costs => {
            queries.extend(["page=2", "page=9999", "from_row=51", "from_row=99999"].map(str::to_owned));
            queries.extend(searched.map(|text| format!("q={text}")));
        }
    }
    if page.name == PageName::Figure {
        let of_measures = Measure::ALL.into_iter().flat_map(|measure| {
            let path = page.path_for(measure.key());
            [format!("{path}?project={code}"), path]
        });
        // One rule finds the place of every measure.
        let places = [
            "revenue?of=web",
            "booked-cost?of=mobile",
            "overhead?of=unassigned",
            "hours?person=7",
            "booked-cost?category=Rent",
            "margin-1?days=2025-03-01..2025-03-31",
        ];
        let places = places.into_iter().map(|place| page.path_for(place));
        let of_person = format!("{}?project={code}&person=7", page.path_for(Measure::Hours.key()));
        return std::iter::once(path)
            .chain(of_measures)
            .chain(places)
            .chain([of_person])
            .collect();
    }
    let asked = queries.iter().map(|query| format!("{path}?{query}"));
    std::iter::once(path.clone()).chain(asked).collect()
}

/// A request that a page of the server sends.
pub struct Example {
    pub method: Method,
    pub path: String,
    pub fields: Vec<(&'static str, &'static str)>,
}

/// How a route is asked for: once for each setting if its path names one.
pub fn requests(route: Route) -> Vec<Example> {
    let (method, fields): (Method, &[(&str, &str)]) = match route.name {
        RouteName::Login => (Method::POST, &[("email", CONTROLLER), ("password", "wrong")]),
        RouteName::Logout => (Method::POST, &[]),
        RouteName::StoreForm | RouteName::PinForm => (Method::POST, &[]),
        RouteName::AdoptForm => (Method::POST, &[("return_to", "/costs?division=web")]),
        RouteName::Persist => (Method::POST, &[("key", "division"), ("value", "web")]),
        RouteName::Figures => (Method::GET, &[("address", "/")]),
        RouteName::Export => (Method::GET, &[("view", "/costs"), ("format", "xlsx")]),
        RouteName::Stream | RouteName::Snapshot | RouteName::Health | RouteName::Ready => (Method::GET, &[]),
    };
    let example = |path| Example {
        method: method.clone(),
        path,
        fields: fields.to_vec(),
    };
    if route.path.contains("{key}") {
        // There is no pin of a setting that can't be pinned.
        let taken = SETTINGS
            .iter()
            .filter(|known| known.can_be_pinned || route.name != RouteName::PinForm);
        taken.map(|known| example(route.path_for(known.key))).collect()
    } else {
        vec![example(route.path.to_owned())]
    }
}

/// Every address that changes something.
pub fn changing() -> Vec<String> {
    let routes = all_routes().filter(|route| route.changes);
    routes.flat_map(requests).map(|example| example.path).collect()
}

async fn ask(browser: &Browser, example: &Example) -> Answer {
    let request = browser.request(example.method.clone(), &example.path);
    browser
        .send(match example.method {
            Method::GET => request.query(&example.fields),
            _ => request.header(ORIGIN, &browser.address).form(&example.fields),
        })
        .await
}

async fn a_stranger_is_led_to_the_login_from_every_page(app: TestApp) -> TestApp {
    let stranger = app.browser();
    for page in PAGES {
        for address in addresses(page, "WEB-001") {
            let answer = stranger.open(&address).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{address}");
            assert!(answer.header("location").starts_with(LOGIN.path), "{address}");
            stranger
                .send(stranger.request(Method::GET, &address))
                .await
                .assert_error(401, "not_logged_in");
        }
    }
    app
}

async fn a_stranger_gets_no_answer_where_one_must_be_logged_in(app: TestApp) -> TestApp {
    let stranger = app.browser();
    for route in all_routes() {
        for example in requests(route) {
            let answer = ask(&stranger, &example).await;
            match route.access {
                Access::LoggedIn => answer.assert_error(401, "not_logged_in"),
                // A wrong password is one as well.
                Access::Anyone if route.name == RouteName::Login => answer.assert_error(401, "not_logged_in"),
                Access::Anyone => assert!(!answer.status.is_client_error(), "{}: {}", route.path, answer.status),
            }
        }
    }
    // Nor where there is nothing, and no page either.
    for path in ["nothing", "setting/x", "x/y"].map(|rest| format!("{API}{rest}")) {
        stranger.open(&path).await.assert_error(404, "not_found");
    }
    app
}

#[test]
fn whatever_is_not_only_read_changes_something() {
    for route in all_routes() {
        for example in requests(route) {
            assert_eq!(route.changes, example.method != Method::GET, "{}", route.path);
        }
    }
}

/// A route of the tables that the router doesn't lead to would be a 404, one with another method a 405.
async fn every_address_answers_whoever_is_logged_in(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    for page in PAGES {
        let address = &addresses(page, "WEB-001")[0];
        let answer = browser.open(address).await;
        assert_eq!(answer.status, StatusCode::OK, "{address}");
        let title = match page.name {
            PageName::Project | PageName::Figure => "<h1>".to_owned(),
            _ => format!("<h1>{}", Locale::default().say(&(page.title)())),
        };
        assert!(answer.body.contains(&title), "{address}: {title}");
    }
    // The stream has no end, and a logout would end the session of those after it.
    let ends = |route: &Route| !matches!(route.name, RouteName::Stream | RouteName::Logout);
    for route in all_routes().filter(ends) {
        for example in requests(route) {
            let answer = ask(&browser, &example).await;
            let is_there = ![StatusCode::NOT_FOUND, StatusCode::METHOD_NOT_ALLOWED].contains(&answer.status);
            assert!(is_there, "{} {}: {}", example.method, example.path, answer.status);
        }
    }
    app
}

async fn nothing_else_answers(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    for path in [
        "/nothing",
        "/settings",
        "/pin",
        "/api",
        "/api/nothing",
        "/adopt/x",
        "/costs/x",
    ] {
        for method in [Method::GET, Method::POST] {
            let request = browser.request(method, path).header(ORIGIN, &app.address);
            browser.send(request).await.assert_error(404, "not_found");
        }
    }
    app
}
