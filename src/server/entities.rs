//! The tables as SeaORM sees them: one file per table, its columns with their units.

pub mod booking;
pub mod booking_part;
pub mod capacity;
pub mod client;
pub mod cost_rate;
pub mod data_revision;
pub mod device;
pub mod division;
pub mod invoice;
pub mod overhead_key;
pub mod person;
pub mod person_division;
pub mod project;
pub mod project_division;
pub mod project_terms;
pub mod session;
pub mod setting;
pub mod time_entry;
pub mod user;
pub mod user_division;
