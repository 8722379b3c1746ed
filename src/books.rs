//! The books: the only writer of the studio's data.
//!
//! A [`Change`] takes commands. It values what they touch at the day's rate, price, owner and key, and commits
//! once: the rows, and one rise of the data's revision. Triggers stand aside meanwhile (`data_revision.by_books`).
//! Triggers catch SQL that bypasses the books, see `migrations/m0007_dated/bare_updates.rs`.

mod book_costs;
mod book_time;
mod books_sql;
mod change;
mod commands;
mod dated;
mod error;
mod fit;
mod held;
mod invoices;
mod keys;
mod known;
pub mod limits;
mod master;
mod ownership;
mod prices;
mod project_kind;
pub mod split;

pub use change::Change;
pub use commands::{
    Bearer, Key, NewBooking, NewCapacity, NewDivision, NewInvoice, NewPerson, NewProject, NewTime, Terms,
};
pub use dated::{BEGINNING, Dated};
pub use error::BooksError;
pub use fit::Unfit;
pub use project_kind::ProjectKind;
