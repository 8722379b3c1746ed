//! The pages agree: the list of projects, their own pages, Home and Costs say the same about the same time, to the
//! cent.

use super::{entering::slug, properties::Studio};
use crate::{
    app::Browser,
    shown::{Shown, Table},
};

/// A year, a quarter, a month, one day, and days that cut months.
const PERIODS: [&str; 5] = [
    "2025",
    "2026-q1",
    "2026-02",
    "2026-02-28..2026-02-28",
    "2025-11-11..2026-03-09",
];

/// Checks that the pages that `browser` sees agree in every scope.
///
/// # Errors
/// They don't; where.
pub async fn agree(studio: &Studio, browser: &Browser) -> Result<(), String> {
    let divisions = studio.ids.divisions.keys().map(|number| slug(*number));
    let others = ["all", "unassigned"].map(str::to_owned);
    for division in others.into_iter().chain(divisions) {
        for period in PERIODS {
            let pages = Pages::open(studio, browser, &division, period).await;
            pages.agree().map_err(|fault| format!("{division} {period}: {fault}"))?;
        }
    }
    Ok(())
}

struct Pages {
    home: Shown,
    list: Shown,
    costs: Shown,
    /// Each with its code.
    projects: Vec<(String, Shown)>,
}

impl Pages {
    async fn open(studio: &Studio, browser: &Browser, division: &str, period: &str) -> Self {
        let open = async |path: &str| {
            let answer = browser.figures(path, division, period).await;
            assert_eq!(answer.status, 200, "{path} {division} {period}: {}", answer.body);
            Shown::of(answer.json()["html"].as_str().unwrap())
        };
        let mut projects = Vec::new();
        for number in studio.ids.projects.keys() {
            let code = super::entering::code(*number);
            let page = open(&format!("/projects/{code}")).await;
            projects.push((code, page));
        }
        Self {
            home: open("/").await,
            list: open("/projects").await,
            costs: open("/costs").await,
            projects,
        }
    }

    fn agree(&self) -> Result<(), String> {
        let divisions = table(&self.home, "Contribution margins by division");
        let [.., total] = &divisions.rows[..] else {
            return Err("Home has no total".to_owned());
        };
        for (place, heading) in divisions.headings.iter().enumerate().skip(1) {
            let Some(whole) = cents(&total[place]) else { continue };
            let rows = &divisions.rows[..divisions.rows.len() - 1];
            let sum = rows.iter().filter_map(|row| cents(&row[place])).sum();
            same(&format!("Home's {heading} and its rows"), whole, sum)?;
        }
        let of_home = |heading: &str| cents(cell(divisions, total, heading)).unwrap_or_default();
        same(
            "Home's figure and its table",
            of_home("Revenue"),
            fact(&self.home, "Revenue"),
        )?;
        let cost = of_home("External cost") + of_home("Labour cost") + of_home("Overhead");
        same("Home's cost and its table", cost, fact(&self.home, "Cost"))?;
        same(
            "Home's margin and its table",
            of_home("CM III"),
            fact(&self.home, "Contribution margin III"),
        )?;
        self.list_agrees(of_home("Revenue"), of_home("External cost") + of_home("Labour cost"))?;
        self.costs_agree(cost, of_home("Labour cost"))
    }

    /// The list's total is Home's, and each of its lines agrees with the project's own page.
    fn list_agrees(&self, revenue: i64, cost: i64) -> Result<(), String> {
        let Some(list) = find(&self.list, "Projects") else {
            return same("Home without projects", revenue, 0);
        };
        let [lines @ .., total] = &list.rows[..] else {
            return Err("the list has no total".to_owned());
        };
        let of = |line: &[String], heading: &str| cents(cell(list, line, heading)).unwrap_or_default();
        for (heading, home) in [("Revenue", revenue), ("Cost", cost), ("CM II", revenue - cost)] {
            same(&format!("the list's {heading} and Home's"), of(total, heading), home)?;
            let sum = lines.iter().map(|line| of(line, heading)).sum();
            same(&format!("the list's {heading} and its lines"), of(total, heading), sum)?;
        }
        for (code, page) in &self.projects {
            let line = lines.iter().find(|line| line[0] == *code);
            let is_shown = page.figures.iter().any(|(name, _)| name == "Revenue");
            match line {
                Some(line) if is_shown => {
                    same(&format!("{code}'s revenue"), of(line, "Revenue"), fact(page, "Revenue"))?;
                    let cost = fact(page, "External cost") + fact(page, "Labour cost");
                    same(&format!("{code}'s cost"), of(line, "Cost"), cost)?;
                }
                None if !is_shown => {}
                _ => return Err(format!("{code} is in the list or has a page, not both")),
            }
        }
        Ok(())
    }

    /// The total of Costs is Home's, and the booked sum is the listed one.
    fn costs_agree(&self, cost: i64, labour: i64) -> Result<(), String> {
        let categories = table(&self.costs, "Costs by category and month");
        let [lines @ .., total] = &categories.rows[..] else {
            return Err("Costs have no total".to_owned());
        };
        for place in 1..categories.headings.len() {
            let sum = lines.iter().filter_map(|line| cents(&line[place])).sum();
            same(
                "a column of Costs and its total",
                cents(&total[place]).unwrap_or_default(),
                sum,
            )?;
        }
        let last = |line: &[String]| cents(&line[line.len() - 1]).unwrap_or_default();
        same("the total of Costs and Home's", last(total), cost)?;
        let listed = find(&self.costs, "Bookings").map_or(0, |bookings| last(&bookings.rows[bookings.rows.len() - 1]));
        same("the bookings and Home's", listed, cost - labour)
    }
}

fn same(what: &str, one: i64, other: i64) -> Result<(), String> {
    if one == other {
        Ok(())
    } else {
        Err(format!("{what}: {one} and {other}"))
    }
}

fn find<'a>(page: &'a Shown, caption: &str) -> Option<&'a Table> {
    page.tables.iter().find(|table| table.caption.starts_with(caption))
}

fn table<'a>(page: &'a Shown, caption: &str) -> &'a Table {
    find(page, caption).unwrap_or_else(|| panic!("{caption} in {page}"))
}

fn cell<'a>(table: &Table, row: &'a [String], heading: &str) -> &'a str {
    let place = table.headings.iter().position(|known| known == heading);
    &row[place.unwrap_or_else(|| panic!("{heading} in {:?}", table.headings))]
}

/// The first fact of a page with this name, in cents.
fn fact(page: &Shown, name: &str) -> i64 {
    let fact = page.figures.iter().find(|(known, _)| known == name);
    let (_, text) = fact.unwrap_or_else(|| panic!("{name} in {page}"));
    cents(text).unwrap_or_default()
}

/// The amount that `text` begins with; the words about missing data come after it.
fn cents(text: &str) -> Option<i64> {
    let (sign, amount) = match text.strip_prefix('-') {
        Some(amount) => (-1, amount),
        None => (1, text),
    };
    let amount = amount.strip_prefix('€')?;
    let is_digit = |letter: char| letter.is_ascii_digit() || ",.".contains(letter);
    let end = amount.find(|letter| !is_digit(letter)).unwrap_or(amount.len());
    Some(sign * amount[..end].replace([',', '.'], "").parse::<i64>().unwrap())
}

#[test]
fn amounts_are_read_to_the_cent() {
    assert_eq!(
        cents("-€1,234.56* (incomplete: 2.00 h have no cost rate)"),
        Some(-123_456)
    );
    assert_eq!(cents("€0.01 (3.0 %)"), Some(1));
    assert_eq!(cents("12.3 %"), None);
}
