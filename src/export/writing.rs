//! The way of rows into a file: one after the other, so that memory doesn't grow with their number.

use super::{Bounds, ExportError, Made};
use crate::{
    csv::{CsvFile, Dialect},
    error::AppError,
    locale::Locale,
    messages::{export, lacks},
    sheets::{Head, PlainRow, Sheet, Stack},
    xlsx::{About, Described, MOST_ROWS_OF_TABLE, XlsxFile},
};
use futures_util::StreamExt;
use sea_orm::DatabaseTransaction;
use std::io::Write;
use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

/// What rows are read from and said in.
pub(super) struct Writing<'a> {
    pub(super) db: &'a DatabaseTransaction,
    pub(super) locale: &'a Locale,
    pub(super) bounds: &'a Bounds,
}

impl Writing<'_> {
    /// Writes a workbook with a sheet for each of these stacks.
    pub(super) async fn workbook(
        &self,
        mut about: About,
        stacks: &[Stack<'_, '_>],
        made: &Made,
        to: impl Write + Send,
    ) -> Result<(), ExportError> {
        let mut sheets = stacks.iter().flat_map(|stack| &stack.sheets);
        sheets.try_for_each(|sheet| fits(sheet))?;
        let mut file = XlsxFile::begin(made.at, stacks, self.locale)?;
        for stack in stacks {
            file.begin_sheet(stack)?;
            let mut described = Described::default();
            for sheet in &stack.sheets {
                let head = Head::of(sheet, self.locale);
                file.begin_table(sheet, &head)?;
                let rows = self.rows(sheet, &head, |row| Ok(file.row(&row)?)).await?;
                let total = sheet.table.total.as_ref().filter(|_| rows > 0);
                let total = total.map(|total| head.row(total, self.locale));
                file.end_table(total.as_ref())?;
                described.rows += rows;
                for note in self.notes(sheet, rows) {
                    if !described.notes.contains(&note) {
                        described.notes.push(note);
                    }
                }
            }
            described.name = file.end_sheet()?;
            about.sheets.push(described);
        }
        Ok(file.end(&about, to)?)
    }

    /// What is to be said of `sheet`, which has so many rows.
    fn notes(&self, sheet: &Sheet<'_>, rows: u64) -> Vec<String> {
        let lacks = sheet.table.lacks().map(|lacks| lacks::incomplete(lacks).into());
        let empty = (rows == 0).then(|| sheet.table.empty.clone().into());
        let notes = empty.into_iter().chain(sheet.notes.iter().cloned()).chain(lacks);
        notes.map(|note| self.locale.words(&note)).collect()
    }

    /// Writes one sheet as CSV.
    pub(super) async fn text(
        &self,
        sheet: &Sheet<'_>,
        dialect: Dialect,
        to: impl Write + Send,
    ) -> Result<(), ExportError> {
        let head = Head::of(sheet, self.locale);
        let mut file = CsvFile::begin(to, dialect, &head, self.locale)?;
        self.rows(sheet, &head, |row| Ok(file.row(row)?)).await?;
        Ok(file.end()?)
    }

    /// Writes an archive with a CSV for each of these sheets.
    pub(super) async fn texts(
        &self,
        sheets: &[&Sheet<'_>],
        dialect: Dialect,
        made: &Made,
        to: impl Write + Send,
    ) -> Result<(), ExportError> {
        let mut archive = ZipWriter::new_stream(to);
        let time = DateTime::try_from(made.zone.clock(made.at)).unwrap_or_default();
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(time);
        for sheet in sheets {
            archive.start_file(format!("{}.csv", sheet.name), options)?;
            self.text(sheet, dialect, &mut archive).await?;
        }
        archive.finish()?;
        Ok(())
    }

    /// Hands all rows of `sheet` to `take`, and says how many there were.
    async fn rows(
        &self,
        sheet: &Sheet<'_>,
        head: &Head,
        mut take: impl FnMut(PlainRow) -> Result<(), ExportError> + Send,
    ) -> Result<u64, ExportError> {
        let mut count = 0;
        match sheet.all {
            Some((all, _)) => {
                let mut rows = all.read(self.db);
                while let Some(row) = rows.next().await {
                    self.bounds.check()?;
                    take(head.row(&row?, self.locale))?;
                    count += 1;
                }
            }
            None => {
                for row in &sheet.table.rows {
                    take(head.row(row, self.locale))?;
                    count += 1;
                }
            }
        }
        Ok(count)
    }
}

/// Whether a workbook has room for all rows of `sheet`.
fn fits(sheet: &Sheet) -> Result<(), AppError> {
    match sheet.all {
        Some((_, rows)) if rows > MOST_ROWS_OF_TABLE => Err(AppError::invalid(
            "format",
            export::too_many_rows(MOST_ROWS_OF_TABLE, rows, sheet.title.clone()),
        )),
        _ => Ok(()),
    }
}
