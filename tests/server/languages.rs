//! Every page in German as in English: no text of the other language is left, and whose choice it is.

use crate::{
    app::{Answer, Browser, CONTROLLER, TestApp, VIEWER, WEB_LEAD},
    on_both_databases,
};
use reqwest::{Method, StatusCode};
use std::{collections::BTreeSet, fs, path::Path};

on_both_databases!(
    no_page_has_text_of_the_other_language,
    no_error_has_text_of_the_other_language,
    the_chosen_language_counts_before_the_browsers,
    numbers_are_those_of_the_browsers_region,
);

/// Pages that show about everything that can be said, and some that refuse.
const PAGES: &[&str] = &[
    "/",
    "/projects",
    "/projects?q=nothing+has+this+name",
    "/projects?movement=only&state=finished&columns=months&of=cost",
    "/projects?state=archived&q=nothing+has+this+name",
    "/projects/WEB-001",
    "/projects/MOB-001",
    "/projects/STU-001?division=web",
    "/projects/PRT-001?period=2026",
    "/costs",
    "/costs?q=nothing+has+this+name",
    "/?division=print",
    "/?division=web&period=2024-02-01..2024-02-29",
    "/?division=nonsense!&period=nonsense!&rows=7",
    "/pack",
    "/pack?period=2024-02-01..2024-02-29",
    "/nowhere",
    "/projects/NO-999",
    "/projects?sort=nonsense",
];

/// The texts of a language's messages between their arguments, as far as they are long enough to be told from data.
fn texts(language: &str) -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales").join(language);
    let mut texts = BTreeSet::new();
    for file in fs::read_dir(folder).unwrap() {
        let source = fs::read_to_string(file.unwrap().path()).unwrap();
        let lines = source.lines().filter(|line| !line.starts_with('#'));
        for line in lines {
            let text = line.split_once(" = ").map_or(line, |(_, text)| text);
            let parts = text.split(['{', '}']).map(str::trim);
            let parts = parts.filter(|part| part.chars().count() >= 10 && part.contains(char::is_alphabetic));
            texts.extend(parts.map(str::to_owned));
        }
    }
    texts
}

/// The texts of the messages of a language that the other one doesn't have as well.
pub fn only(language: &str) -> BTreeSet<String> {
    let other = texts(if language == "de" { "en" } else { "de" });
    let is_elsewhere = |text: &String| other.iter().any(|there| there.contains(text.as_str()));
    let own = texts(language).into_iter();
    own.filter(|text| !is_elsewhere(text)).collect()
}

/// What a person reads or hears on a page: its text, and what stands in the attributes that are shown or read out.
fn words(page: &Answer) -> String {
    let mut words = String::new();
    for part in page.said().split('<') {
        let (tag, text) = part.split_once('>').unwrap_or(("", part));
        for name in [" title=\"", " aria-label=\"", " label=\""] {
            let value = tag
                .split_once(name)
                .map_or("", |(_, rest)| rest.split('"').next().unwrap());
            words.push_str(value);
            words.push('\n');
        }
        words.push_str(text);
    }
    words
        .replace("&quot;", "\"")
        .replace("&#x27;", "'")
        .replace("&amp;", "&")
}

/// None of `texts` is on the page.
fn assert_without(page: &Answer, texts: &BTreeSet<String>, place: &str) {
    let said = words(page);
    let found: Vec<_> = texts.iter().filter(|text| said.contains(text.as_str())).collect();
    assert!(found.is_empty(), "{place} says {found:?}");
}

async fn no_page_has_text_of_the_other_language(app: TestApp) -> TestApp {
    let (only_english, only_german) = (only("en"), only("de"));
    for account in [CONTROLLER, WEB_LEAD, VIEWER] {
        let mut browser = app.logged_in(account).await;
        for path in PAGES {
            for (language, other) in [("de-AT,en;q=0.5", &only_english), ("en", &only_german)] {
                browser.language = language.to_owned();
                let page = browser.open(path).await;
                assert_without(&page, other, &format!("{path} in {language} for {account}"));
                let code = &language[..2];
                assert!(
                    page.body.contains(&format!("<html lang=\"{code}\">")),
                    "{path} in {language}"
                );
            }
        }
    }
    app
}

async fn no_error_has_text_of_the_other_language(app: TestApp) -> TestApp {
    let mut browser = app.logged_in(CONTROLLER).await;
    browser.language = "de".to_owned();
    let message = |answer: &Answer| answer.json()["message"].as_str().unwrap().to_owned();
    let refused = browser.choose("division", "nowhere").await;
    refused.assert_error(400, "invalid");
    assert!(
        message(&refused).starts_with("Unter den Bereichen"),
        "{}",
        message(&refused)
    );
    let unknown = browser.choose("nothing", "1").await;
    assert!(
        message(&unknown).starts_with("Es gibt keine Einstellung"),
        "{}",
        message(&unknown)
    );
    let request = browser
        .request(Method::POST, "/api/setting")
        .form(&[("key", "division")]);
    let missing = browser.send(request.header("origin", &browser.address)).await;
    assert!(
        message(&missing).starts_with("Die Anfrage ist nicht lesbar"),
        "{}",
        message(&missing)
    );
    let foreign = browser
        .request(Method::POST, "/logout")
        .header("origin", "https://evil.test");
    let foreign = browser.send(foreign).await;
    foreign.assert_error(403, "forbidden");
    assert!(
        message(&foreign).starts_with("Diese Anfrage kommt nicht"),
        "{}",
        message(&foreign)
    );
    let mut stranger = app.browser();
    stranger.language = "de-CH".to_owned();
    let wrong = stranger.log_in(CONTROLLER, "not the password", None).await;
    assert!(
        wrong.body.contains("Es gibt kein Konto mit dieser E-Mail-Adresse"),
        "{}",
        wrong.body
    );
    let nobody = stranger.choose("division", "web").await;
    assert!(
        message(&nobody).starts_with("Sie sind nicht angemeldet"),
        "{}",
        message(&nobody)
    );
    app
}

async fn the_chosen_language_counts_before_the_browsers(mut app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    let title = async |browser: &Browser| {
        let page = browser.open("/").await.body;
        page.split_once("<h1>").unwrap().1.split('<').next().unwrap().to_owned()
    };
    assert_eq!(title(&browser).await, "Home");
    browser.choose("language", "de").await;
    assert_eq!(title(&browser).await, "Übersicht");
    // What a program fetches, and errors, are in that language as well.
    let figures = browser.figures("/costs", "all", "2025").await.json();
    assert!(figures["html"].as_str().unwrap().contains("Kostenarten"));
    let refused = browser.choose("rows", "7").await.json();
    assert!(refused["message"].as_str().unwrap().contains("Zeilen"), "{refused}");
    app.restart().await;
    let mut elsewhere = app.logged_in(CONTROLLER).await;
    elsewhere.language = "fr".to_owned();
    assert_eq!(title(&elsewhere).await, "Übersicht");
    let form = [("value", "en"), ("return_to", "/costs")];
    assert_eq!(
        elsewhere.submit("/settings/language", &form).await.status,
        StatusCode::SEE_OTHER
    );
    elsewhere.language = "de".to_owned();
    assert_eq!(title(&elsewhere).await, "Home");
    assert_eq!(title(&app.logged_in(VIEWER).await).await, "Home");
    app
}

/// The first key figure of a page.
fn first_tile(page: &str) -> &str {
    let tile = page.split_once("class=\"value\">").unwrap().1;
    let figure = tile.split_once("class=\"opens\">").unwrap().1;
    figure.split('<').next().unwrap()
}

async fn numbers_are_those_of_the_browsers_region(app: TestApp) -> TestApp {
    let mut browser = app.logged_in(CONTROLLER).await;
    for (language, revenue) in [("en-US", "€3,"), ("de", "\u{a0}€"), ("fr", "€3,")] {
        browser.language = language.to_owned();
        let home = browser.open("/?period=2025").await.body;
        let shown = first_tile(&home);
        assert!(shown.contains(revenue), "{language}: {shown}");
    }
    browser.language = "de-CH, de;q=0.9".to_owned();
    let swiss = browser.open("/?period=2025").await.body;
    let tile = first_tile(&swiss);
    assert!(
        tile.contains('’') && tile.contains('.') && !tile.contains(','),
        "{tile}"
    );
    app
}
