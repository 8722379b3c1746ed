//! How long a file may take, and whether anybody still waits for it.

use super::error::{ExportError, LONGEST};
use std::io::{self, Write};
use tokio::{
    sync::watch,
    time::{Instant, sleep_until},
};

/// The bounds of a file that is being made; by default there are none.
#[derive(Clone, Default)]
pub struct Bounds {
    until: Option<Instant>,
    /// Its sender lives as long as somebody waits.
    waited_for: Option<watch::Receiver<()>>,
}

impl Bounds {
    /// As long as the sender of `waited_for` lives, and not longer than [`LONGEST`].
    pub fn of(waited_for: watch::Receiver<()>) -> Self {
        Self {
            until: Some(Instant::now() + LONGEST),
            waited_for: Some(waited_for),
        }
    }

    /// What `making` makes, within these bounds.
    ///
    /// # Errors
    /// Its own, or that it isn't waited for any longer.
    pub async fn around<T>(&self, making: impl Future<Output = Result<T, ExportError>>) -> Result<T, ExportError> {
        let mut waited_for = self.waited_for.clone();
        let gone = async {
            match &mut waited_for {
                Some(waited_for) => while waited_for.changed().await.is_ok() {},
                None => std::future::pending().await,
            }
        };
        let too_long = async {
            match self.until {
                Some(until) => sleep_until(until).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            // A file that takes no more bytes fails for one of the other two reasons.
            made = making => made.map_err(|error| self.check().err().unwrap_or(error)),
            () = gone => Err(ExportError::Unwanted),
            () = too_long => Err(ExportError::TookTooLong),
        }
    }

    /// The same for work that doesn't wait for anything.
    ///
    /// # Errors
    /// It isn't waited for any longer.
    pub fn check(&self) -> Result<(), ExportError> {
        if self
            .waited_for
            .as_ref()
            .is_some_and(|waited_for| waited_for.has_changed().is_err())
        {
            return Err(ExportError::Unwanted);
        }
        if self.until.is_some_and(|until| Instant::now() >= until) {
            return Err(ExportError::TookTooLong);
        }
        Ok(())
    }
}

/// A file that takes no more bytes once its bounds are passed.
pub struct Bounded<W> {
    to: W,
    bounds: Bounds,
}

impl<W> Bounded<W> {
    /// `to` within `bounds`.
    pub fn new(to: W, bounds: Bounds) -> Self {
        Self { to, bounds }
    }
}

impl<W: Write> Write for Bounded<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bounds.check().map_err(io::Error::other)?;
        self.to.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn nothing_is_made_for_somebody_who_is_gone() {
        let (here, waited_for) = watch::channel(());
        let bounds = Bounds::of(waited_for);
        let mut file = Bounded::new(Vec::new(), bounds.clone());
        assert!(file.write_all(b"first").is_ok());
        assert_eq!(bounds.around(async { Ok(1) }).await.ok(), Some(1));
        drop(here);
        let endless = bounds.around(std::future::pending::<Result<(), ExportError>>());
        assert!(matches!(endless.await, Err(ExportError::Unwanted)));
        assert!(file.write_all(b"second").is_err() && file.to == b"first");
    }

    #[tokio::test]
    async fn nothing_takes_for_ever() {
        let (_here, waited_for) = watch::channel(());
        let bounds = Bounds::of(waited_for);
        assert!(bounds.check().is_ok() && Bounds::default().check().is_ok());
        let over = Bounds {
            until: Some(Instant::now()),
            ..bounds
        };
        let endless = over.around(std::future::pending::<Result<(), ExportError>>());
        assert!(matches!(endless.await, Err(ExportError::TookTooLong)));
        let failing = over.around(async { Err::<(), _>(io::Error::other("full").into()) });
        assert!(
            matches!(failing.await, Err(ExportError::TookTooLong)),
            "which is why it failed"
        );
        assert!(matches!(over.check(), Err(ExportError::TookTooLong)));
    }
}
