//! Every figure opens: its page shows the same figure, and what it is made of adds up to it, down to the rows.

use crate::{
    app::{Browser, CONTROLLER, TestApp, VIEWER, WEB_LEAD},
    on_both_databases,
    shown::{Shown, Table},
};
use control_maniac::measure::Measure;
use std::collections::{BTreeMap, BTreeSet};

on_both_databases!(
    every_figure_of_every_view_opens_to_what_adds_up_to_it,
    a_figure_opens_down_to_its_rows,
    what_may_not_be_seen_is_refused_wherever_it_is_opened,
    a_figure_follows_the_division_and_says_where_it_is_if_it_is_elsewhere,
    no_figure_is_where_it_has_no_value,
);

/// The views whose figures are opened.
const VIEWS: [&str; 6] = [
    "/",
    "/projects",
    "/costs",
    "/projects/WEB-001",
    "/projects/MOB-002",
    "/projects/STU-001",
];

/// How many figures of each measure are opened on the way down.
const EACH: usize = 8;

/// How many figures are opened at once: fewer than one account may ask for.
const AT_ONCE: usize = 4;

/// A figure as a view shows it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link {
    pub href: String,
    pub text: String,
}

/// The figures of a page that open.
pub fn links(html: &str) -> BTreeSet<Link> {
    let parts = html.split("<a href=\"").skip(1);
    let opening = parts.filter_map(|part| {
        let (href, rest) = part.split_once('"')?;
        let inner = rest.strip_prefix(" class=\"opens\">")?.split_once("</a>")?.0;
        let cell = format!("<dl><dt>figure</dt><dd>{inner}</dd></dl>");
        Some(Link {
            href: href.replace("&amp;", "&"),
            text: Shown::of(&cell).figures[0].1.clone(),
        })
    });
    opening.collect()
}

/// The figures of a page for a division and a period.
pub async fn html(browser: &Browser, address: &str, division: &str, period: &str) -> String {
    let answer = browser.figures(address, division, period).await;
    assert_eq!(answer.status, 200, "{address} of {division}: {}", answer.body);
    answer.json()["html"].as_str().unwrap().to_owned()
}

/// A figure without the mark that something is missing, in cents or minutes of a hundredth of an hour; nothing for what
/// isn't an amount.
fn number(text: &str) -> Option<i128> {
    let text = text.split('*').next().unwrap().trim();
    if text.contains('%') || !text.contains(['€', 'h']) {
        return None;
    }
    let digits: String = text.chars().filter(|sign| sign.is_ascii_digit()).collect();
    let amount: i128 = digits.parse().ok()?;
    Some(if text.starts_with('-') { -amount } else { amount })
}

/// The rows of a table over all its pages, and its total, the last cell of each.
async fn whole(
    browser: &Browser,
    first: &str,
    address: &str,
    name: usize,
    division: &str,
    period: &str,
) -> (Vec<String>, String) {
    let last = |cells: &[String]| cells.last().unwrap().clone();
    let parts_of = |page: &str| {
        let Table { rows, .. } = Shown::of(page).tables.swap_remove(name);
        let (sum, parts) = rows.split_last().unwrap();
        (parts.to_vec(), last(sum))
    };
    let (start, total) = parts_of(first);
    let mut rows = start.clone();
    let mut page = first.to_owned();
    let mut seen = BTreeSet::from([address.to_owned()]);
    loop {
        let next = page
            .split("rel=\"next\"")
            .nth(1)
            .and_then(|rest| rest.split("href=\"").nth(1));
        let next = next.map(|rest| rest.split('"').next().unwrap().replace("&amp;", "&"));
        match next {
            Some(next) if seen.insert(next.clone()) => page = html(browser, &next, division, period).await,
            _ => break,
        }
        let (more, _) = parts_of(&page);
        // Only one of the tables is cut into pages; the others are there on each.
        if more == start {
            break;
        }
        rows.extend(more);
    }
    (rows.iter().map(|cells| last(cells)).collect(), total)
}

/// The names of the tables that hold parts of a figure, in both languages: all but the formula, the comparison and the same of All.
const ASIDE: [&str; 6] = [
    "How it is calculated",
    "So wird gerechnet",
    "Compared",
    "Vergleich",
    "Beside All",
    "Neben Alle",
];

/// Opens a figure: its page shows the same, and the rows of each of its tables add up to it. Of long lists the pages are
/// added up if `follows_pages`; their total is that of all rows in any case.
pub async fn open(browser: &Browser, link: &Link, division: &str, period: &str, follows_pages: bool) -> String {
    let Link { href, text } = link;
    let page = html(browser, href, division, period).await;
    let shown = Shown::of(&page);
    let (_, value) = shown
        .figures
        .first()
        .unwrap_or_else(|| panic!("{href} of {division} has no figure: {page}"));
    let bare = |text: &str| text.split(['*', '(']).next().unwrap().trim().to_owned();
    assert!(
        bare(text) == bare(value) || bare(text).starts_with(&bare(value)),
        "{href} of {division} in {period} is {value}, and was {text}"
    );
    for (place, table) in shown.tables.iter().enumerate() {
        if ASIDE.contains(&table.caption.as_str()) || table.rows.is_empty() {
            continue;
        }
        let is_long = page.contains("rel=\"next\"");
        let (rows, total) = if is_long && !follows_pages {
            let total = table.rows.last().unwrap();
            (None, total.last().unwrap().clone())
        } else {
            let (rows, total) = whole(browser, &page, href, place, division, period).await;
            (Some(rows), total)
        };
        assert_eq!(
            bare(&total),
            bare(value),
            "{href} of {division}: the total of {}",
            table.caption
        );
        if let (Some(total), Some(rows)) = (number(&total), rows) {
            let sum: i128 = rows.iter().filter_map(|row| number(row)).sum();
            // Hours are shown in hundredths, minutes are thirds of them.
            let slack = if value.contains('€') { 0 } else { rows.len() as i128 };
            assert!(
                (sum - total).abs() <= slack,
                "{href} of {division}: {} gives {sum}, not {total}",
                table.caption
            );
        }
    }
    page
}

async fn every_figure_of_every_view_opens_to_what_adds_up_to_it(app: TestApp) -> TestApp {
    let mut opened = 0;
    for account in [CONTROLLER, WEB_LEAD, VIEWER] {
        for (language, division, period) in [
            ("en", "web", "2026-q3"),
            ("en", "unassigned", "2026-q3"),
            ("de", "all", "2026-10"),
        ] {
            if account == WEB_LEAD && division == "unassigned" {
                continue;
            }
            let mut browser = app.logged_in(account).await;
            browser.language = language.to_owned();
            // The rows of a page are alike.
            browser.choose("rows", "25").await;
            {
                let mut known = BTreeSet::new();
                for view in VIEWS {
                    let answer = browser.figures(view, division, period).await;
                    if answer.status == 404 {
                        continue;
                    }
                    let found = links(answer.json()["html"].as_str().unwrap());
                    known.extend(found);
                }
                let least = if division == "unassigned" { 40 } else { 100 };
                assert!(known.len() > least, "{account} {division}: {}", known.len());
                opened += known.len();
                let mut measures = BTreeSet::new();
                let known = known.into_iter().map(|link| {
                    // The rows of one long list of each measure are enough.
                    let measure = link.href.split(['/', '?']).nth(2).unwrap().to_owned();
                    let is_first = measures.insert(measure);
                    (link, is_first)
                });
                let known: Vec<(Link, bool)> = known.collect();
                for some in known.chunks(AT_ONCE) {
                    let each = some.iter().cloned().map(|(link, is_first)| {
                        let browser = browser.clone();
                        tokio::spawn(async move { open(&browser, &link, division, period, is_first).await })
                    });
                    for opening in each.collect::<Vec<_>>() {
                        opening.await.unwrap();
                    }
                }
            }
        }
    }
    println!("{opened} figures opened");
    app
}

/// From the tiles of Home down to where nothing opens any further, by the first rows of each table.
async fn a_figure_opens_down_to_its_rows(app: TestApp) -> TestApp {
    for account in [CONTROLLER, WEB_LEAD, VIEWER] {
        let browser = app.logged_in(account).await;
        browser.choose("rows", "100").await;
        let home = html(&browser, "/", "all", "2026-q3").await;
        let mut wanted: Vec<Link> = links(&home).into_iter().collect();
        let mut known: BTreeSet<String> = BTreeSet::new();
        let mut measures: BTreeMap<String, usize> = BTreeMap::new();
        while let Some(link) = wanted.pop() {
            let measure = link.href.split(['/', '?']).nth(2).unwrap().to_owned();
            let count = measures.entry(measure).or_default();
            // Of each measure some are enough; other days are compared on every page, and lead ever further back.
            if *count >= EACH || link.href.contains("days=2") || !known.insert(link.href.clone()) {
                continue;
            }
            *count += 1;
            let page = open(&browser, &link, "all", "2026-q3", *count == 1).await;
            wanted.extend(links(&page).into_iter().filter(|link| !known.contains(&link.href)));
        }
        assert!(known.len() > 50, "{account}: {}", known.len());
        let is_seen = |measure: &Measure| account != VIEWER || !measure.contains_labour_cost();
        let of_home = [
            Measure::BilledTime,
            Measure::LabourCost,
            Measure::Overhead,
            Measure::UtilisedHours,
            Measure::Invoiced,
        ];
        for measure in of_home.iter().filter(|measure| is_seen(measure)) {
            assert!(
                measures.contains_key(measure.key()),
                "{account} never came to {}",
                measure.key()
            );
        }
    }
    app
}

async fn what_may_not_be_seen_is_refused_wherever_it_is_opened(app: TestApp) -> TestApp {
    let viewer = app.logged_in(VIEWER).await;
    for measure in Measure::ALL
        .into_iter()
        .filter(|measure| measure.contains_labour_cost())
    {
        for query in ["", "?project=WEB-001", "?project=WEB-001&person=1", "?of=web"] {
            let address = format!("/figures/{}{query}", measure.key());
            let answer = viewer.figures(&address, "all", "ytd").await;
            assert!(
                [403, 404].contains(&answer.status.as_u16()),
                "{address}: {}",
                answer.status
            );
        }
        let address = format!("/figures/{}", measure.key());
        let expected = if measure.reach() == control_maniac::measure::Reach::Project {
            404
        } else {
            403
        };
        assert_eq!(viewer.open(&address).await.status, expected, "{address}");
    }
    let lead = app.logged_in(WEB_LEAD).await;
    for (address, status) in [
        ("/figures/revenue?project=MOB-002", 404),
        ("/figures/hours?project=MOB-002&person=1", 404),
        ("/figures/revenue?of=mobile", 400),
        ("/figures/revenue?of=unassigned", 400),
        ("/figures/revenue?of=nowhere", 400),
        ("/figures/hours?person=999999", 404),
    ] {
        assert_eq!(lead.open(address).await.status, status, "{address}");
    }
    app
}

async fn a_figure_follows_the_division_and_says_where_it_is_if_it_is_elsewhere(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    let value = |html: &str| Shown::of(html).figures[0].1.clone();
    let web = html(&browser, "/figures/revenue", "web", "2026-q3").await;
    let of_web = html(&browser, "/figures/revenue?of=web", "all", "2026-q3").await;
    assert_eq!(value(&web), value(&of_web));
    assert_ne!(
        value(&web),
        value(&html(&browser, "/figures/revenue", "mobile", "2026-q3").await)
    );
    let elsewhere = html(&browser, "/figures/revenue?of=web", "mobile", "2026-q3").await;
    assert!(
        elsewhere.contains("This figure is of Web; you are looking at Mobile."),
        "{elsewhere}"
    );
    assert!(elsewhere.contains("href=\"/figures/revenue\""), "{elsewhere}");
    app
}

async fn no_figure_is_where_it_has_no_value(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    for (address, status) in [
        ("/figures/nonsense", 404),
        ("/figures/burn", 404),
        ("/figures/overhead?project=WEB-001", 404),
        ("/figures/revenue?person=1", 404),
        ("/figures/hours?category=Rent", 404),
        ("/figures/revenue?project=NO-999", 404),
        ("/figures/revenue?days=2026", 400),
        ("/figures/revenue?days=2026-03-31..2026-03-01", 400),
        ("/figures/revenue?nonsense=1", 400),
    ] {
        assert_eq!(browser.open(address).await.status, status, "{address}");
    }
    app
}
