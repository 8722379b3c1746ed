//! Sheets as XLSX: typed cells, totals as formulas with their results, and a first sheet that says what it all is.
//!
//! Rows are written to a nameless file of the system's temporary folder as they come, so that memory doesn't grow with
//! their number.

mod about;
mod formats;
mod numbers;
mod places;
mod plan;

pub use about::{About, Described, Said};

use crate::{
    locale::Locale,
    message::Value,
    messages::export,
    money::Minutes,
    report::Calculation,
    sheets::{Head, Kind, Plain, PlainRow, Sheet, Stack, decimal},
};
use chrono::{DateTime, Utc};
use formats::Formats;
use numbers::{MANY_DECIMALS, MANY_PARTS, exact, number_text, shown_width};
use places::{column, float, letters};
use plan::{Plan, ROWS_ABOVE};
use rust_xlsxwriter::{DocProperties, Formula, Workbook, Worksheet, XlsxError};
use std::io::Write;

/// How many rows a sheet has room for, the head and the total among them.
const MOST_ROWS: u64 = 1_048_576;

/// How many rows of a table a sheet has room for.
pub const MOST_ROWS_OF_TABLE: u64 = MOST_ROWS - 2;

/// A file that is being written.
pub struct XlsxFile {
    workbook: Workbook,
    formats: Formats,
    locale: Locale,
    plan: Plan,
    /// How many sheets were begun after the first.
    begun: usize,
    current: Current,
}

/// The sheet that is being written.
#[derive(Default)]
struct Current {
    /// Whether it is a chapter's, with several tables one below the other.
    is_chapter: bool,
    /// The columns of the sheet, by those of the table.
    columns: Vec<ColumnPlace>,
    /// Where the notes stand.
    notes: Option<u16>,
    /// The first row of the table below its head.
    first: u32,
    /// The next row.
    row: u32,
    /// How wide each column is, in characters.
    widths: Vec<usize>,
}

/// A column of the table in the sheet.
struct ColumnPlace {
    at: u16,
    /// Whether hours and minutes stand beside the decimal hours.
    has_clock: bool,
    /// The sum of the amounts or minutes above.
    sum: i128,
}

impl XlsxFile {
    /// A file without rows, said to be made at `made_at`, for sheets with `stacks`. The first sheet is filled at the end.
    ///
    /// # Errors
    /// Never, but for a fault of ours.
    pub fn begin(made_at: DateTime<Utc>, stacks: &[Stack], locale: &Locale) -> Result<Self, XlsxError> {
        let mut workbook = Workbook::new();
        let properties = DocProperties::new()
            .set_author("ControlManiac")
            .set_creation_datetime(&made_at);
        workbook.set_properties(&properties);
        let plan = Plan::of(locale.say(&export::about()), stacks, locale);
        workbook.add_worksheet().set_name(plan.about())?;
        Ok(Self {
            workbook,
            formats: Formats::default(),
            locale: locale.clone(),
            plan,
            begun: 0,
            current: Current::default(),
        })
    }

    /// Begins the sheet of `stack`, the next of those that the file was begun for.
    ///
    /// # Errors
    /// The temporary file can't be written.
    pub fn begin_sheet(&mut self, stack: &Stack) -> Result<(), XlsxError> {
        let is_chapter = stack.chapter.is_some();
        let worksheet = self.workbook.add_worksheet_with_constant_memory()?;
        worksheet.set_name(self.plan.name(self.begun))?;
        worksheet.set_landscape().set_print_fit_to_pages(1, 0);
        if is_chapter {
            worksheet.set_freeze_panes(0, 1)?;
        } else {
            worksheet.set_freeze_panes(1, 1)?.set_repeat_rows(0, 0)?;
        }
        self.begun += 1;
        self.current = Current {
            is_chapter,
            ..Current::default()
        };
        Ok(())
    }

    /// Begins the table of `sheet`, whose head is `head`, on the current sheet.
    ///
    /// # Errors
    /// The temporary file can't be written.
    pub fn begin_table(&mut self, sheet: &Sheet, head: &Head) -> Result<(), XlsxError> {
        let current_sheet = &mut self.current;
        let (mut columns, mut headings) = (Vec::new(), Vec::new());
        for (heading, kind) in head.headings.iter().zip(&head.kinds) {
            // The tables of a chapter share their columns, so that there is no room beside the hours.
            let has_clock = *kind == Kind::Hours && !current_sheet.is_chapter;
            columns.push(ColumnPlace {
                at: column(headings.len()),
                has_clock,
                sum: 0,
            });
            headings.push((heading.clone(), *kind != Kind::Other));
            if has_clock {
                let clock = export::clock(Value::text(heading));
                headings.push((self.locale.say(&clock), true));
            }
        }
        current_sheet.columns = columns;
        current_sheet.notes = head.has_notes.then(|| column(headings.len()));
        if head.has_notes {
            headings.push((self.locale.say(&export::note()), false));
        }
        let worksheet = current(&mut self.workbook)?;
        if current_sheet.is_chapter {
            let title = self.locale.words(&sheet.title);
            worksheet.write_string_with_format(current_sheet.row, 0, title, &self.formats.label)?;
            current_sheet.row += ROWS_ABOVE - 1;
        }
        for (place, (heading, is_figure)) in headings.iter().enumerate() {
            let format = self.formats.heading(*is_figure);
            worksheet.write_string_with_format(current_sheet.row, column(place), heading, format)?;
            current_sheet.widen(place, heading.chars().count());
        }
        current_sheet.row += 1;
        current_sheet.first = current_sheet.row;
        Ok(())
    }

    /// Adds a row to the current sheet.
    ///
    /// # Errors
    /// The temporary file can't be written, or the sheet has no room left.
    pub fn row(&mut self, row: &PlainRow) -> Result<(), XlsxError> {
        self.write(row, false)
    }

    /// Ends the current table with `total`, if it has one.
    ///
    /// # Errors
    /// Those of [`XlsxFile::row`].
    pub fn end_table(&mut self, total: Option<&PlainRow>) -> Result<(), XlsxError> {
        if let Some(total) = total {
            self.write(total, true)?;
        }
        self.current.row += 1;
        Ok(())
    }

    /// Ends the current sheet, and gives its name.
    ///
    /// # Errors
    /// Never, but for a fault of ours.
    pub fn end_sheet(&mut self) -> Result<String, XlsxError> {
        let widths = std::mem::take(&mut self.current.widths);
        let worksheet = current(&mut self.workbook)?;
        for (place, width) in widths.into_iter().enumerate() {
            worksheet.set_column_width(column(place), formats::width(width))?;
        }
        Ok(self.plan.name(self.begun - 1).to_owned())
    }

    /// Fills the first sheet, and writes all of it to `to`.
    ///
    /// # Errors
    /// It can't be written.
    pub fn end(mut self, about: &About, to: impl Write + Send) -> Result<(), XlsxError> {
        let first = self.workbook.worksheet_from_index(0)?;
        about.write(first, &self.formats, &self.locale)?;
        self.workbook.save_to_writer(to)
    }

    fn write(&mut self, row: &PlainRow, is_total: bool) -> Result<(), XlsxError> {
        let (formats, at, first) = (&self.formats, self.current.row, self.current.first);
        let formulas = self.formulas(row);
        let worksheet = current(&mut self.workbook)?;
        for (cell, column) in row.cells.iter().zip(&mut self.current.columns) {
            let (place, format) = (column.at, formats.of(cell, is_total));
            if let Some(width) = self.current.widths.get_mut(usize::from(place)) {
                *width = shown_width(cell).max(*width);
            }
            match cell {
                // The line above a total has no gap.
                Plain::Empty if is_total => {
                    worksheet.write_blank(at, place, format)?;
                }
                Plain::Empty => {}
                Plain::Text(text) => {
                    worksheet.write_string_with_format(at, place, text, format)?;
                }
                Plain::Day(day) => {
                    worksheet.write_datetime_with_format(at, place, *day, format)?;
                }
                Plain::Month(month) => {
                    worksheet.write_datetime_with_format(at, place, month.first_day(), format)?;
                }
                number => {
                    let (text, exact) = (number_text(number), exact(number));
                    let formula = if is_total && at > first && exact == Some(column.sum) {
                        let letters = letters(place);
                        Some(format!("=SUM({letters}{}:{letters}{at})", first + 1))
                    } else {
                        let mut formulas = formulas.iter();
                        formulas.find(|(of, _)| *of == place).map(|(_, text)| text.clone())
                    };
                    if let Some(formula) = formula {
                        let formula = Formula::new(formula).set_result(text);
                        worksheet.write_formula_with_format(at, place, formula, format)?;
                    } else {
                        worksheet.write_number_with_format(at, place, float(&text), format)?;
                    }
                    column.sum += exact.unwrap_or_default();
                }
            }
            if column.has_clock {
                write_clock(worksheet, (at, place), cell, is_total, formats)?;
            }
        }
        if let Some(place) = self.current.notes
            && (is_total || !row.note.is_empty())
        {
            worksheet.write_string_with_format(at, place, &row.note, formats.words(is_total))?;
        }
        self.current.row += 1;
        Ok(())
    }

    /// The formulas of the cells of `row` that follow from others, by their columns. Only a chapter has them: beside it
    /// are the sheets that they name.
    fn formulas(&self, row: &PlainRow) -> Vec<(u16, String)> {
        let at = self.current.row + 1;
        let cell = |place: usize| format!("{}{at}", letters(column(place)));
        let calculated = row.calculated.iter().filter(|_| self.current.is_chapter);
        let formulas = calculated.filter_map(|(place, calculation)| {
            let formula = match calculation {
                Calculation::Fact { chapter, place } => format!("={}", self.plan.fact(chapter, *place)?),
                Calculation::Sum(columns) if columns.is_empty() => return None,
                Calculation::Sum(columns) => format!("=SUM({}:{})", cell(columns.start), cell(columns.end - 1)),
                // A spreadsheet's sums are off by a trace.
                Calculation::Difference(one, other) => format!("=ROUND({}-{},2)", cell(*one), cell(*other)),
            };
            Some((column(*place), formula))
        });
        formulas.collect()
    }
}

impl Current {
    /// Lets the column at `place` be at least as wide as `characters`.
    fn widen(&mut self, place: usize, characters: usize) {
        if self.widths.len() <= place {
            self.widths.resize(place + 1, 0);
        }
        self.widths[place] = self.widths[place].max(characters);
    }
}

/// Writes hours and minutes beside the decimal hours that stand at `(row, place)`.
fn write_clock(
    worksheet: &mut Worksheet,
    (row, place): (u32, u16),
    cell: &Plain,
    is_total: bool,
    formats: &Formats,
) -> Result<(), XlsxError> {
    let format = formats.clock(is_total);
    match cell {
        Plain::Hours(minutes) if minutes.0 >= 0 => {
            let days = decimal(minutes.in_parts(MANY_PARTS, Minutes::DAY), MANY_DECIMALS, '.');
            if is_total {
                let formula = Formula::new(format!("={}{}/24", letters(place), row + 1)).set_result(days);
                worksheet.write_formula_with_format(row, place + 1, formula, format)?;
            } else {
                worksheet.write_number_with_format(row, place + 1, float(&days), format)?;
            }
        }
        // A spreadsheet shows no time below zero.
        Plain::Hours(minutes) => {
            let minutes = minutes.0.unsigned_abs();
            let text = format!("-{}:{:02}", minutes / 60, minutes % 60);
            worksheet.write_string_with_format(row, place + 1, text, format)?;
        }
        _ if is_total => {
            worksheet.write_blank(row, place + 1, format)?;
        }
        _ => {}
    }
    Ok(())
}

/// The sheet that was added last.
fn current(workbook: &mut Workbook) -> Result<&mut Worksheet, XlsxError> {
    let last = workbook.worksheets().len().saturating_sub(1);
    workbook.worksheet_from_index(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_as_spreadsheets_do() {
        let named = [0, 25, 26, 51, 52, 701, 702, 16_383].map(letters);
        assert_eq!(named, ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA", "XFD"]);
    }
}
