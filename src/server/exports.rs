//! A view as a file for whoever asks for it: made whole before a byte of it is sent, so that a failure is an answer of
//! its own, and a slow reader keeps no data of the database waiting.
//!
//! It is made in a nameless file of the system's temporary folder, which is gone with the request, however that ends.

use super::{app_state::AppState, current_user::CurrentUser, db, studio_clock};
use crate::{
    error::AppError,
    export::{self, Bounds, ExportError, Exported, Made, Person, Wanted},
    figures::{Selection, Texts},
    pages::HOME,
    settings::completed,
    sheets::Format,
};
use async_stream::try_stream;
use axum::{
    Extension,
    body::{Body, Bytes},
    extract::RawQuery,
    http::{HeaderValue, header},
    response::Response,
};
use futures_util::Stream;
use std::{
    fs::File,
    io::{self, Seek, SeekFrom},
    pin::Pin,
    sync::Arc,
};
use tokio::{io::AsyncReadExt, runtime::Handle, sync::watch, task::spawn_blocking};
use tracing::Span;

/// How much of a file is read at once, in bytes.
const PART: usize = 64 * 1024;

/// Answers with the file that the query asks for: `view`, the address of a page; the settings that its figures are for;
/// `format`; and `table`, if it isn't to be the whole page.
///
/// # Errors
/// There is no such view, table or format, or none that this person may see; the file can't be made.
pub async fn export(
    Extension(current_user): Extension<Arc<CurrentUser>>,
    RawQuery(query): RawQuery,
) -> Result<Response, AppError> {
    let wanted = wanted(&query.unwrap_or_default(), &current_user)?;
    // It lives as long as the request: a browser that goes away drops both.
    let (_here, waited_for) = watch::channel(());
    let (runtime, span) = (Handle::current(), Span::current());
    // Writing and compressing take a processor for a while; the threads that answer others aren't kept from it.
    let making = spawn_blocking(move || {
        let _entered = span.entered();
        runtime.block_on(make(&current_user, &wanted, Bounds::of(waited_for)))
    });
    let (exported, file) = making.await.map_err(|_| AppError::internal())??;
    answer(&exported, file).map_err(|error| ExportError::from(error).into())
}

fn wanted(query: &str, current_user: &CurrentUser) -> Result<Wanted, AppError> {
    let (mut view, mut table, mut format) = (HOME.path.to_owned(), None, String::new());
    let mut settings = Texts::default();
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        match &*name {
            "view" => view = value.into_owned(),
            "table" => table = Some(value.into_owned()),
            "format" => format = value.into_owned(),
            name => settings = settings.with(name, value.into_owned()),
        }
    }
    let asked = Selection {
        address: view,
        settings,
    };
    Ok(Wanted {
        selection: completed(asked, &current_user.settings),
        table: table.filter(|name| !name.is_empty()),
        format: Format::with_key(&format)?,
    })
}

async fn make(current_user: &CurrentUser, wanted: &Wanted, bounds: Bounds) -> Result<(Exported, File), ExportError> {
    let AppState {
        db, clock, fairness, ..
    } = &current_user.state;
    let making = async {
        let _turn = fairness.rendering(current_user.account.id).await;
        let mut file = tempfile::tempfile()?;
        let db = db::reading(db.reader()).await?;
        let made = Made {
            at: clock.wall(),
            zone: studio_clock::time_zone(&db).await?,
        };
        let person = Person {
            account: &current_user.account,
            user: &current_user.user,
            locale: &current_user.locale,
        };
        let exported = export::write(&db, wanted, &person, &made, &bounds, &mut file).await?;
        Ok((exported, file))
    };
    bounds.around(making).await
}

/// The bytes of a file, part by part.
type Parts = Pin<Box<dyn Stream<Item = io::Result<Bytes>> + Send>>;

fn answer(exported: &Exported, mut file: File) -> io::Result<Response> {
    let length = file.seek(SeekFrom::End(0))?;
    file.rewind()?;
    let parts: Parts = Box::pin(try_stream! {
        let mut file = tokio::fs::File::from_std(file);
        let mut part = vec![0; PART];
        loop {
            let read = file.read(&mut part).await?;
            if read == 0 {
                break;
            }
            yield Bytes::copy_from_slice(&part[..read]);
        }
    });
    let mut response = Response::new(Body::from_stream(parts));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(exported.content_type));
    headers.insert(header::CONTENT_LENGTH, length.into());
    let name = &exported.name;
    let disposition = format!("attachment; filename=\"{name}\"; filename*=UTF-8''{name}");
    headers.insert(
        header::CONTENT_DISPOSITION,
        HeaderValue::try_from(disposition).map_err(io::Error::other)?,
    );
    Ok(response)
}
