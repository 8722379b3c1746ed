//! The archive at the end of the program: a ZIP file, whose comment ends the program and says where the archive begins. Its
//! files are stored as they are, the compressed ones beside the plain ones, and have check sums.

use super::error::SiteError;
use axum::body::Bytes;
use chrono::{DateTime, NaiveDateTime, Utc};
use std::{
    collections::HashMap,
    fmt,
    fs::File,
    io::{self, Cursor, Read, Seek, SeekFrom, Write},
    path::Path,
    time::SystemTime,
};
use zip::{
    CompressionMethod, ZipArchive, ZipWriter,
    read::{ArchiveOffset, Config},
    result::ZipError,
    write::SimpleFileOptions,
};

/// The packed file that names the hashes. No route leads to it.
pub const HASHES: &str = "hash.txt";

/// Begins the archive's comment; then comes its place in the program. A program that doesn't end like that has none, or
/// is cut off. An archive can't be searched for: a program that reads archives contains all the marks of one.
const MARK: &str = "ControlManiac: what was built for the browser begins at byte ";

/// The number of digits of the place.
const DIGITS: usize = 20;

/// A file in memory.
#[derive(Clone)]
pub struct PackedFile {
    /// All of it.
    pub content: Bytes,
    /// When it was built, to two seconds.
    pub modified: SystemTime,
}

impl fmt::Debug for PackedFile {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} bytes", self.content.len())
    }
}

/// All files of the archive at the end of `program`, by their paths.
///
/// # Errors
/// There is no archive, or a file in it is not as it was written.
pub fn read(program: &Path) -> Result<HashMap<String, PackedFile>, SiteError> {
    let mut archive = open(program)?.ok_or(SiteError::NotPacked)?;
    let damaged = |error: &dyn fmt::Display| SiteError::Damaged(error.to_string());
    (0..archive.len())
        .map(|index| {
            let mut file = archive.by_index(index).map_err(|error| damaged(&error))?;
            let mut content = Vec::new();
            file.read_to_end(&mut content).map_err(|error| damaged(&error))?;
            let name = file.name().map_err(|error| damaged(&error))?.into_owned();
            let modified = file.last_modified().and_then(|time| NaiveDateTime::try_from(time).ok());
            let modified = modified.map_or(SystemTime::UNIX_EPOCH, |time| time.and_utc().into());
            let content = content.into();
            Ok((name, PackedFile { content, modified }))
        })
        .collect()
}

/// How many bytes of `program` come before the archive: all if it has none.
///
/// # Errors
/// It can't be read.
pub fn start(program: &Path) -> Result<u64, SiteError> {
    let unreadable = |cause| unreadable(program, cause);
    let mut file = File::open(program).map_err(unreadable)?;
    match place(&mut file).map_err(unreadable)? {
        Some(start) => Ok(start),
        None => Ok(file.metadata().map_err(unreadable)?.len()),
    }
}

/// An archive of `files`, each with its path, when it was built, and its content; to be put at byte `start` of a
/// program.
///
/// # Errors
/// A file is too large for an archive.
pub fn write<'a>(
    start: u64,
    files: impl Iterator<Item = (&'a str, SystemTime, &'a [u8])>,
) -> Result<Vec<u8>, ZipError> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, modified, content) in files {
        // A ZIP file knows no time zones; here its times are UTC.
        let modified = DateTime::<Utc>::from(modified).naive_utc();
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Stored)
            .last_modified_time(modified.try_into().unwrap_or_default());
        archive.start_file(path, options)?;
        archive.write_all(content)?;
    }
    archive.set_comment(format!("{MARK}{start:0DIGITS$}"))?;
    Ok(archive.finish()?.into_inner())
}

/// The archive that `program` ends with, if it ends with one.
fn open(program: &Path) -> Result<Option<ZipArchive<Cursor<Vec<u8>>>>, SiteError> {
    let unreadable = |cause| unreadable(program, cause);
    let mut file = File::open(program).map_err(unreadable)?;
    let Some(start) = place(&mut file).map_err(unreadable)? else {
        return Ok(None);
    };
    let mut bytes = Vec::new();
    file.seek(SeekFrom::Start(start)).map_err(unreadable)?;
    file.read_to_end(&mut bytes).map_err(unreadable)?;
    let whole = Config {
        archive_offset: ArchiveOffset::Known(0),
    };
    match ZipArchive::with_config(whole, Cursor::new(bytes)) {
        Ok(archive) => Ok(Some(archive)),
        Err(error) => Err(SiteError::Damaged(error.to_string())),
    }
}

/// Where the archive begins, by the last words of the file.
fn place(file: &mut File) -> io::Result<Option<u64>> {
    let length = (MARK.len() + DIGITS) as u64;
    let Some(words) = file.metadata()?.len().checked_sub(length) else {
        return Ok(None);
    };
    file.seek(SeekFrom::Start(words))?;
    let mut bytes = Vec::new();
    file.take(length).read_to_end(&mut bytes)?;
    let digits = bytes.strip_prefix(MARK.as_bytes()).map(String::from_utf8_lossy);
    Ok(digits
        .and_then(|digits| digits.parse().ok())
        .filter(|start| *start <= words))
}

pub fn unreadable(path: &Path, cause: io::Error) -> SiteError {
    SiteError::Unreadable {
        path: path.to_owned(),
        cause,
    }
}
