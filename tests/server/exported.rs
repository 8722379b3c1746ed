//! Reads exported files: CSV, and XLSX with calamine.

#![expect(clippy::float_arithmetic, reason = "a spreadsheet calculates with floating point")]

use crate::{app::Browser, shown};
use calamine::{Data, DataType as _, Reader, Xlsx};
use chrono::NaiveDate;
use control_maniac::{days::Month, locale::Locale, message::Value};
use reqwest::{Method, StatusCode};
use std::{
    collections::HashMap,
    io::{Cursor, Read},
};

/// A file as a browser gets it.
pub struct File {
    pub name: String,
    pub content_type: String,
    pub bytes: Vec<u8>,
}

impl File {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }
}

/// The links of a page to its files.
pub fn links(page: &str) -> impl Iterator<Item = String> {
    let links = page.split("href=\"/export?").skip(1);
    links.map(|rest| format!("/export?{}", rest.split('"').next().unwrap().replace("&amp;", "&")))
}

/// Downloads the file at `link`.
pub async fn fetch(browser: &Browser, link: &str) -> File {
    let answer = browser.request(Method::GET, link).send().await.unwrap();
    let (status, headers) = (answer.status(), answer.headers().clone());
    let bytes = answer.bytes().await.unwrap().to_vec();
    assert_eq!(status, StatusCode::OK, "{link}: {}", String::from_utf8_lossy(&bytes));
    let header = |name: &str| headers[name].to_str().unwrap().to_owned();
    assert_eq!(header("cache-control"), "no-store");
    let disposition = header("content-disposition");
    let (plain, extended) = disposition
        .strip_prefix("attachment; filename=\"")
        .unwrap()
        .split_once("\"; filename*=UTF-8''")
        .unwrap();
    assert_eq!(plain, extended);
    File {
        name: plain.to_owned(),
        content_type: header("content-type"),
        bytes,
    }
}

/// A file with its numbers in the spelling of the comma dialect.
pub struct Csv {
    pub headings: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

impl Csv {
    /// Reads the dialect of the locale's language.
    pub fn of(file: &File, locale: &Locale) -> Self {
        let is_german = locale.language_code() == "de";
        let text = file.text();
        let text = text.strip_prefix('\u{feff}').expect("a byte-order mark");
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(if is_german { b';' } else { b',' })
            .has_headers(false)
            .from_reader(text.as_bytes());
        let number = |field: &str| {
            let is_number = !field.is_empty()
                && field
                    .trim_start_matches('-')
                    .chars()
                    .all(|sign| sign.is_ascii_digit() || sign == ',');
            if is_german && is_number {
                field.replace(',', ".")
            } else {
                field.to_owned()
            }
        };
        let mut rows = reader
            .records()
            .map(|row| row.unwrap().iter().map(number).collect::<Vec<_>>());
        Self {
            headings: rows.next().unwrap(),
            rows: rows.collect(),
        }
    }
}

/// Whether a cell of a page says what a field of a CSV has.
pub fn same(cell: &str, field: &str, locale: &Locale) -> bool {
    let cell = cell.split("* (").next().unwrap().trim();
    let words = |value: Value| shown::plain(&locale.words(&value));
    if let Ok(day) = field.parse::<NaiveDate>() {
        return cell == words(Value::Day(day));
    }
    if let Some((year, month)) = field.split_once('-').filter(|_| field.len() == 7)
        && let (Ok(year), Ok(month)) = (year.parse(), month.parse())
    {
        return cell == words(Value::Month(Month { year, month }));
    }
    let is_german = locale.language_code() == "de";
    let (group, mark) = if is_german { ('.', ',') } else { (',', '.') };
    let digits: String = cell
        .chars()
        .filter(|sign| sign.is_ascii_digit() || [mark, '-'].contains(sign))
        .collect();
    if let (Ok(shown), Ok(exact)) = (digits.replace(mark, ".").parse::<f64>(), field.parse::<f64>()) {
        let rest = cell.replace([group, mark, '-'], "");
        let rest = rest.trim_matches(|sign: char| sign.is_ascii_digit() || " €h%/".contains(sign));
        return rest.is_empty() && (shown - exact).abs() < 0.0051;
    }
    let text = field.strip_prefix('\'').unwrap_or(field);
    match text {
        "" => cell.is_empty() || cell == "–",
        // A division may have words beside it.
        text => cell == shown::plain(text) || cell.strip_prefix(text).is_some_and(|rest| rest.starts_with(' ')),
    }
}

/// A workbook.
pub struct Workbook {
    pub sheets: Vec<Sheet>,
    bytes: Vec<u8>,
}

/// A sheet of it.
pub struct Sheet {
    pub name: String,
    pub rows: Vec<Vec<Cell>>,
    /// By row and column.
    pub formulas: HashMap<(usize, usize), String>,
}

/// A cell with its stored value.
#[derive(Clone, Debug)]
pub struct Cell(Data);

impl Cell {
    pub fn text(&self) -> String {
        self.0.to_string()
    }

    pub fn number(&self) -> f64 {
        match &self.0 {
            Data::Float(number) => *number,
            Data::Int(number) => *number as f64,
            Data::DateTime(time) => time.as_f64(),
            other => panic!("no number: {other:?}"),
        }
    }

    pub fn day(&self) -> String {
        assert!(matches!(self.0, Data::DateTime(_)), "{:?}", self.0);
        self.0.as_date().unwrap().to_string()
    }
}

impl Workbook {
    pub fn of(file: &File) -> Self {
        let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(file.bytes.clone())).unwrap();
        let sheets = book.sheet_names().into_iter().map(|name| {
            let range = book.worksheet_range(&name).unwrap();
            let rows = range.rows().map(|row| row.iter().cloned().map(Cell).collect());
            let rows = rows.collect();
            let found = book.worksheet_formula(&name).unwrap();
            let (top, left) = found.start().unwrap_or_default();
            let used = found
                .used_cells()
                .map(|(row, column, text)| ((row + top as usize, column + left as usize), text.clone()));
            let formulas = used.filter(|(_, text)| !text.is_empty()).collect();
            Sheet { name, rows, formulas }
        });
        Self {
            sheets: sheets.collect(),
            bytes: file.bytes.clone(),
        }
    }

    /// A part of it as it is written.
    pub fn xml(&self, part: &str) -> String {
        let mut archive = zip::ZipArchive::new(Cursor::new(&self.bytes)).unwrap();
        let mut text = String::new();
        archive.by_name(part).unwrap().read_to_string(&mut text).unwrap();
        text
    }

    /// Its only table has the rows of `csv`, typed.
    pub fn assert_has(&self, csv: &Csv, place: &str) {
        assert_eq!(self.sheets.len(), 2, "{place}");
        let sheet = &self.sheets[1];
        let headings: Vec<String> = sheet.rows[0].iter().map(Cell::text).collect();
        let columns: Vec<usize> = (0..headings.len())
            .filter(|place| !headings[*place].ends_with("(h:mm)"))
            .collect();
        let of_columns = |row: &[Cell]| columns.iter().map(|place| row[*place].clone()).collect::<Vec<_>>();
        let headings: Vec<String> = columns.iter().map(|place| headings[*place].clone()).collect();
        assert_eq!(headings, csv.headings, "{place}");
        assert!(sheet.rows.len() > csv.rows.len(), "{place}");
        for (row, fields) in sheet.rows[1..].iter().zip(&csv.rows) {
            for (cell, field) in of_columns(row).iter().zip(fields) {
                let is_same = match &cell.0 {
                    Data::Empty => field.is_empty(),
                    Data::String(text) => text == field || field.strip_prefix('\'') == Some(text),
                    Data::DateTime(_) => cell.day().starts_with(field.as_str()),
                    Data::Float(_) | Data::Int(_) => {
                        let number: f64 = field.parse().unwrap_or_else(|_| panic!("{place}: {field}"));
                        let is_share = (cell.number() * 100.0 - number).abs() < 1e-6;
                        is_share || (cell.number() - number).abs() < 1e-6
                    }
                    _ => false,
                };
                assert!(is_same, "{place}: {cell:?} is “{field}”");
            }
        }
    }
}

impl Sheet {
    /// All its texts.
    pub fn text(&self) -> String {
        let row = |row: &Vec<Cell>| row.iter().map(Cell::text).collect::<Vec<_>>().join("\t");
        self.rows.iter().map(row).collect::<Vec<_>>().join("\n")
    }
}
