//! A sheet as CSV: a byte-order mark, the headings, the rows. No total, which would be added up along with them.

mod guard;

use crate::{
    locale::Locale,
    messages::export,
    money::Minutes,
    sheets::{Head, Plain, PlainRow, decimal},
};
use ::csv::{Terminator, Writer, WriterBuilder};
use guard::guarded;
use std::io::{self, Write};

/// Says that the text is UTF-8; without it, Excel takes it for the code page of the machine.
const MARK: &[u8] = "\u{feff}".as_bytes();

/// What stands between two fields, and between the digits of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// `;` and `1234,50`, as German spreadsheets read it.
    Semicolon,
    /// `,` and `1234.50`.
    Comma,
}

impl Dialect {
    fn separator(self) -> u8 {
        match self {
            Self::Semicolon => b';',
            Self::Comma => b',',
        }
    }

    fn decimal_mark(self) -> char {
        match self {
            Self::Semicolon => ',',
            Self::Comma => '.',
        }
    }
}

/// A file that is being written.
pub struct CsvFile<W: Write> {
    writer: Writer<W>,
    dialect: Dialect,
    has_notes: bool,
}

impl<W: Write> CsvFile<W> {
    /// A file that begins with the headings of `head`.
    ///
    /// # Errors
    /// It can't be written.
    pub fn begin(mut to: W, dialect: Dialect, head: &Head, locale: &Locale) -> io::Result<Self> {
        to.write_all(MARK)?;
        let writer = WriterBuilder::new()
            .delimiter(dialect.separator())
            .terminator(Terminator::CRLF)
            .from_writer(to);
        let mut file = Self {
            writer,
            dialect,
            has_notes: head.has_notes,
        };
        let note = head.has_notes.then(|| locale.say(&export::note()));
        let headings = head.headings.iter().cloned().chain(note);
        file.write(headings.map(guarded).collect())?;
        Ok(file)
    }

    /// Adds a row.
    ///
    /// # Errors
    /// It can't be written.
    pub fn row(&mut self, row: PlainRow) -> io::Result<()> {
        let note = self.has_notes.then(|| guarded(row.note));
        let mark = self.dialect.decimal_mark();
        let fields = row.cells.into_iter().map(|cell| field(cell, mark));
        self.write(fields.chain(note).collect())
    }

    /// Ends the file.
    ///
    /// # Errors
    /// It can't be written.
    pub fn end(mut self) -> io::Result<()> {
        self.writer.flush()
    }

    fn write(&mut self, fields: Vec<String>) -> io::Result<()> {
        Ok(self.writer.write_record(fields)?)
    }
}

fn field(cell: Plain, mark: char) -> String {
    match cell {
        Plain::Empty => String::new(),
        Plain::Text(text) => guarded(text),
        Plain::Money(amount) => decimal(amount.0.into(), 2, mark),
        Plain::Rate(rate) => decimal(rate.0.into(), 2, mark),
        Plain::Hours(minutes) => hours(minutes, mark),
        Plain::Share(tenths) | Plain::Points(tenths) => decimal(tenths, 1, mark),
        Plain::Count(count) => count.to_string(),
        Plain::Day(day) => day.to_string(),
        Plain::Month(month) => month.text(),
    }
}

/// Hours with two decimals if these are exact, otherwise with six, so that a sum of many comes out right.
fn hours(minutes: Minutes, mark: char) -> String {
    let hundredths = minutes.hundredths_of_hours();
    if hundredths * 3 == i128::from(minutes.0) * 5 {
        decimal(hundredths, 2, mark)
    } else {
        decimal(minutes.in_parts(1_000_000, Minutes::HOUR), 6, mark)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        days::Month,
        money::{Money, Rate},
        sheets::Kind,
    };
    use chrono::NaiveDate;

    fn text(dialect: Dialect, rows: Vec<(Vec<Plain>, &str)>) -> String {
        let head = Head {
            headings: ["Text", "Amount, net", "=1+1"].map(str::to_owned).into(),
            kinds: vec![Kind::Other, Kind::Money, Kind::Other],
            has_notes: true,
        };
        let mut bytes = Vec::new();
        let mut file = CsvFile::begin(&mut bytes, dialect, &head, &Locale::default()).unwrap();
        for (cells, note) in rows {
            let note = note.to_owned();
            let calculated = Vec::new();
            file.row(PlainRow {
                cells,
                note,
                calculated,
            })
            .unwrap();
        }
        file.end().unwrap();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn every_byte_is_as_spreadsheets_want_it() {
        let words = |text: &str| Plain::Text(text.to_owned());
        let amount = |cents| Plain::Money(Money(cents));
        let rows = || {
            vec![
                (vec![words("=HYPERLINK(\"x\")"), amount(-23_648), words("a;b,c")], ""),
                (vec![words("-5 %"), Plain::Empty, words("two\nlines")], "-none"),
                (vec![words("Grün"), amount(123_456_789), Plain::Empty], "@x"),
            ]
        };
        assert_eq!(
            text(Dialect::Semicolon, rows()),
            "\u{feff}Text;Amount, net;'=1+1;Note\r\n\
             \"'=HYPERLINK(\"\"x\"\")\";-236,48;\"a;b,c\";\r\n\
             '-5 %;;\"two\nlines\";'-none\r\n\
             Grün;1234567,89;;'@x\r\n"
        );
        assert_eq!(
            text(Dialect::Comma, rows()),
            "\u{feff}Text,\"Amount, net\",'=1+1,Note\r\n\
             \"'=HYPERLINK(\"\"x\"\")\",-236.48,\"a;b,c\",\r\n\
             '-5 %,,\"two\nlines\",'-none\r\n\
             Grün,1234567.89,,'@x\r\n"
        );
    }

    #[test]
    fn each_kind_of_value_is_a_plain_field() {
        let day = NaiveDate::from_ymd_opt(2026, 3, 1).unwrap();
        for (cell, expected) in [
            (Plain::Rate(Rate(-9_500)), "-95,00"),
            (Plain::Hours(Minutes(-75_015)), "-1250,25"),
            (Plain::Hours(Minutes(20)), "0,333333"),
            (Plain::Hours(Minutes(-40)), "-0,666667"),
            (Plain::Share(1_272), "127,2"),
            (Plain::Points(-15), "-1,5"),
            (Plain::Count(12_345), "12345"),
            (Plain::Day(day), "2026-03-01"),
            (Plain::Month(Month::of(day)), "2026-03"),
            (Plain::Empty, ""),
        ] {
            assert_eq!(field(cell, ','), expected);
        }
    }

    #[test]
    fn a_sum_of_many_hours_is_right_to_the_minute() {
        // 100,000 times 20 minutes: two decimals would lose 333 hours.
        let millionths: i64 = hours(Minutes(20), '.').replace('.', "").parse().unwrap();
        let minutes = millionths * 100_000 * 60 / 1_000_000;
        assert!((minutes - 2_000_000).abs() <= 3, "{minutes}");
    }
}
