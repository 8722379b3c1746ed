//! The rows behind the figures: time entries, bookings and invoices on some days in a scope, narrowed, sorted and searched.

mod bookings;
mod conditions;
mod counted;
mod entries;
mod found;
mod invoices;
mod narrowing;

pub use bookings::{BookingSum, Bookings, PartRow};
pub use counted::Counted;
pub use entries::{Entries, EntryRow, EntrySum, person_name};
pub use found::{Found, Sought, too_large};
pub use invoices::{InvoiceRow, InvoiceSum, Invoices};
pub use narrowing::{BookingKind, Narrowing};
