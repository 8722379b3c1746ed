//! A view as a file: what its page shows, with all rows of its lists, for the same person within the same rights.

mod bounds;
mod error;
mod file_name;
mod made;
mod writing;

pub use bounds::{Bounded, Bounds};
pub use error::ExportError;
pub use made::Made;

use crate::{
    csv::Dialect,
    error::AppError,
    figures::Selection,
    locale::Locale,
    message::{Joint, Value},
    messages,
    report::{Report, Sorted},
    server::accounts::Account,
    sheets::{Format, Sheet, Stack, sheets, stacks, words_without_sheet},
    user::User,
    views,
    xlsx::{About, Said},
};
use sea_orm::DatabaseTransaction;
use std::io::{BufWriter, Write};
use writing::Writing;

/// What a workbook is to a browser.
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// What several texts in one file are to it.
pub const ZIP: &str = "application/zip";

/// What one of them is.
const CSV: &str = "text/csv; charset=utf-8";

/// What is to be a file.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// The view and its settings, complete.
    pub selection: Selection,
    /// The name of one of its tables; otherwise all of the page.
    pub table: Option<String>,
    /// What the file is to be.
    pub format: Format,
}

/// Whom it is for.
pub struct Person<'a> {
    /// Their account.
    pub account: &'a Account,
    /// The same as the browser knows it.
    pub user: &'a User,
    /// Their language.
    pub locale: &'a Locale,
}

/// What was written.
#[derive(Debug)]
pub struct Exported {
    /// A name for the file: what it holds, whose figures they are, of which days, made when.
    pub name: String,
    /// What it is.
    pub content_type: &'static str,
}

/// Writes what is `wanted` to `to`, from what `db` has now. The same is written again, byte for byte, from the same data
/// for the same moment.
///
/// # Errors
/// There is no such view or table, or none that this person may see; the database failed; the file can't be written, or
/// isn't wanted any more.
pub async fn write(
    db: &DatabaseTransaction,
    wanted: &Wanted,
    person: &Person<'_>,
    made: &Made,
    bounds: &Bounds,
    to: impl Write + Send,
) -> Result<Exported, ExportError> {
    let asked = views::asked(person.account, person.user, &wanted.selection)?;
    let report = views::report(db, &asked.view, &asked.context).await?;
    let all = sheets(&report);
    let chosen: Vec<&Sheet> = match &wanted.table {
        None => all.iter().collect(),
        Some(name) => vec![one(&all, name)?],
    };
    let writing = Writing {
        db,
        locale: person.locale,
        bounds,
    };
    let mut to = BufWriter::new(Bounded::new(to, bounds.clone()));
    let end = match (wanted.format, chosen.as_slice()) {
        (Format::Xlsx, _) => {
            let about = about(&report, person, made);
            let stacks = match (&wanted.table, chosen.as_slice()) {
                (Some(_), [only]) => vec![Stack::alone(only)],
                _ => stacks(&all),
            };
            writing.workbook(about, &stacks, made, &mut to).await?;
            "xlsx"
        }
        (format, [only]) if wanted.table.is_some() => {
            writing.text(only, dialect(format), &mut to).await?;
            "csv"
        }
        (format, _) => {
            writing.texts(&chosen, dialect(format), made, &mut to).await?;
            "zip"
        }
    };
    // What is left in the buffer may not fit on the disk.
    to.flush()?;
    let table = wanted.table.as_ref().and(chosen.first()).map(|sheet| &sheet.title);
    let name = file_name::of(&report, table, &asked.context, person.locale, made);
    Ok(Exported {
        name: format!("{name}.{end}"),
        content_type: match end {
            "xlsx" => XLSX,
            "csv" => CSV,
            _ => ZIP,
        },
    })
}

/// There is no account with this e-mail.
pub fn no_account(email: &str) -> AppError {
    AppError::not_found(messages::export::no_account(Value::text(email)))
}

fn dialect(format: Format) -> Dialect {
    match format {
        Format::CsvComma => Dialect::Comma,
        Format::CsvSemicolon | Format::Xlsx => Dialect::Semicolon,
    }
}

/// The sheet called `name`.
fn one<'a, 'b>(all: &'a [Sheet<'b>], name: &str) -> Result<&'a Sheet<'b>, AppError> {
    all.iter().find(|sheet| sheet.name == name).ok_or_else(|| {
        let names = all.iter().map(|sheet| Value::text(sheet.name.clone())).collect();
        let message = messages::export::no_table(Value::text(name), Value::Joined(names, Joint::Comma));
        AppError::invalid("table", message)
    })
}

/// What the first sheet of a workbook says of all.
fn about(report: &Report, person: &Person<'_>, made: &Made) -> About {
    let locale = person.locale;
    let words = |value: &Value| Said::Words(locale.words(value));
    let line = |name, said| (locale.say(&name), said);
    let mut lines = vec![
        line(messages::export::scope(), words(&report.scope)),
        line(messages::export::days(), words(&report.days)),
    ];
    let search = report.search.as_ref().map(|search| search.text.trim());
    if let Some(search) = search.filter(|search| !search.is_empty()) {
        lines.push(line(messages::export::searched(), Said::Words(search.to_owned())));
    }
    let chips = report.filters.chips.iter().map(|chip| chip.words.clone());
    let chips: Vec<Value> = chips.collect();
    if !chips.is_empty() {
        let filtered = Value::Joined(chips, Joint::Comma);
        lines.push(line(messages::page::filtered(), words(&filtered)));
    }
    for sheet in sheets(report) {
        let Some((column, sorted)) = sheet.sorted() else {
            continue;
        };
        let order = match sorted {
            Sorted::Ascending => messages::export::ascending(column.clone(), sheet.title.clone()),
            Sorted::Descending => messages::export::descending(column.clone(), sheet.title.clone()),
        };
        lines.push(line(messages::export::sorted(), words(&order.into())));
    }
    let moment = Said::Moment(made.zone.clock(made.at), made.zone.to_string());
    lines.push(line(messages::export::made_at(), moment));
    lines.push(line(
        messages::export::made_by(),
        Said::Words(person.account.name.clone()),
    ));
    for said in words_without_sheet(report) {
        lines.push(line(messages::export::note(), words(&said)));
    }
    About {
        title: locale.words(&report.title),
        lines,
        sheets: Vec::new(),
    }
}
