//! The first sheet: what the others are, of which division and days, filtered and sorted how, made when and for whom.

use super::{
    formats::Formats,
    places::{column, float},
};
use crate::{locale::Locale, messages::export, sheets::Plain};
use chrono::NaiveDateTime;
use rust_xlsxwriter::{Worksheet, XlsxError};

/// What the first sheet says.
pub struct About {
    /// What the report is about.
    pub title: String,
    /// Named facts, in their order.
    pub lines: Vec<(String, Said)>,
    /// The other sheets.
    pub sheets: Vec<Described>,
}

/// What is said of a fact.
pub enum Said {
    /// Words.
    Words(String),
    /// A time of a clock, and where that clock is.
    Moment(NaiveDateTime, String),
}

/// A sheet as the first one describes it.
#[derive(Default)]
pub struct Described {
    /// Its name.
    pub name: String,
    /// How many rows it has, without the head and the total.
    pub rows: u64,
    /// What explains its figures, and what they lack.
    pub notes: Vec<String>,
}

/// The widths of the columns, in characters.
const WIDTHS: [u8; 3] = [30, 30, 100];

impl About {
    pub(super) fn write(&self, to: &mut Worksheet, formats: &Formats, locale: &Locale) -> Result<(), XlsxError> {
        for (place, width) in WIDTHS.into_iter().enumerate() {
            to.set_column_width(column(place), width)?;
        }
        to.set_landscape().set_print_fit_to_pages(1, 0);
        to.write_string_with_format(0, 0, &self.title, &formats.title)?;
        let mut row = 2;
        for (name, said) in &self.lines {
            to.write_string_with_format(row, 0, name, &formats.label)?;
            match said {
                Said::Words(words) => {
                    to.write_string(row, 1, words)?;
                }
                Said::Moment(moment, place) => {
                    to.write_datetime_with_format(row, 1, *moment, &formats.moment)?;
                    to.write_string(row, 2, place)?;
                }
            }
            row += 1;
        }
        row += 1;
        for (place, heading) in [export::sheet(), export::rows(), export::notes()].iter().enumerate() {
            to.write_string_with_format(row, column(place), locale.say(heading), formats.heading(false))?;
        }
        row += 1;
        for sheet in &self.sheets {
            to.write_string_with_format(row, 0, &sheet.name, &formats.label)?;
            let rows = Plain::Count(sheet.rows);
            to.write_number_with_format(row, 1, float(&sheet.rows.to_string()), formats.of(&rows, false))?;
            for note in &sheet.notes {
                to.write_string_with_format(row, 2, note, &formats.wrapped)?;
                row += 1;
            }
            row += u32::from(sheet.notes.is_empty());
        }
        Ok(())
    }
}
