//! Hands the files out one by one, from memory or from the folder, to the service that answers requests for them.

use super::{Files, Site};
use axum::body::Bytes;
use std::{
    future::{self, Future},
    io::{self, Cursor, ErrorKind, SeekFrom},
    path::{Path, PathBuf},
    pin::Pin,
    task::{Context, Poll},
    time::SystemTime,
};
use tokio::io::{AsyncRead, AsyncSeek, ReadBuf};
use tower_http::services::fs::{Backend, File, Metadata};

type Later<T> = Pin<Box<dyn Future<Output = io::Result<T>> + Send>>;

impl Backend for Site {
    type File = OpenFile;
    type Metadata = About;
    type OpenFuture = Later<OpenFile>;
    type MetadataFuture = Later<About>;

    fn open(&self, path: PathBuf) -> Later<OpenFile> {
        match &self.files {
            Files::Packed(files) => Box::pin(future::ready(
                match packed_name(&path).and_then(|name| files.get(name)) {
                    Some(file) => Ok(OpenFile::new(file.content.clone(), file.modified)),
                    None => Err(ErrorKind::NotFound.into()),
                },
            )),
            Files::Folder(folder) => {
                let path = folder.join(path);
                Box::pin(async move {
                    let modified = tokio::fs::metadata(&path).await?.modified()?;
                    Ok(OpenFile::new(tokio::fs::read(&path).await?.into(), modified))
                })
            }
        }
    }

    fn metadata(&self, path: PathBuf) -> Later<About> {
        match &self.files {
            Files::Packed(_) => {
                let file = self.open(path);
                Box::pin(async move { Ok(file.await?.about) })
            }
            Files::Folder(folder) => {
                let path = folder.join(path);
                Box::pin(async move {
                    let metadata = tokio::fs::metadata(&path).await?;
                    Ok(About {
                        is_folder: metadata.is_dir(),
                        modified: metadata.modified()?,
                        length: metadata.len(),
                    })
                })
            }
        }
    }
}

/// The service asks for `./NAME`.
fn packed_name(path: &Path) -> Option<&str> {
    path.strip_prefix(".").unwrap_or(path).to_str()
}

/// What is known about a file without reading it.
#[derive(Clone, Copy)]
pub struct About {
    is_folder: bool,
    modified: SystemTime,
    length: u64,
}

impl Metadata for About {
    fn is_dir(&self) -> bool {
        self.is_folder
    }

    fn modified(&self) -> io::Result<SystemTime> {
        Ok(self.modified)
    }

    fn len(&self) -> u64 {
        self.length
    }
}

/// A file that is being sent.
pub struct OpenFile {
    content: Cursor<Bytes>,
    about: About,
}

impl OpenFile {
    fn new(content: Bytes, modified: SystemTime) -> Self {
        let about = About {
            is_folder: false,
            modified,
            length: content.len() as u64,
        };
        let content = Cursor::new(content);
        Self { content, about }
    }
}

impl File for OpenFile {
    type Metadata = About;
    type MetadataFuture<'a> = future::Ready<io::Result<About>>;

    fn metadata(&self) -> Self::MetadataFuture<'_> {
        future::ready(Ok(self.about))
    }
}

impl AsyncRead for OpenFile {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.content).poll_read(context, buffer)
    }
}

impl AsyncSeek for OpenFile {
    fn start_seek(mut self: Pin<&mut Self>, position: SeekFrom) -> io::Result<()> {
        Pin::new(&mut self.content).start_seek(position)
    }

    fn poll_complete(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<u64>> {
        Pin::new(&mut self.content).poll_complete(context)
    }
}
