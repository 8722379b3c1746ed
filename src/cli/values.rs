//! The values of options: what each must look like, and what is said if it doesn't.

use crate::{
    locale::logged_in_english,
    message::{Message, Told, Value},
    messages::cli,
    server::{client_address, public_url::PublicUrl, time_zone::TimeZone},
};
use chrono::NaiveDateTime;
use ipnet::IpNet;
use std::{net::SocketAddr, str::FromStr};

/// Why a value can't be taken.
#[derive(Debug)]
pub struct BadValue(Message);

impl Told for BadValue {
    fn message(&self) -> Message {
        self.0.clone()
    }
}

logged_in_english!(BadValue);

impl std::error::Error for BadValue {}

/// Reads `text` as a type that says what is wrong with it.
fn read<T: FromStr<Err: Told>>(text: &str) -> Result<T, BadValue> {
    text.parse().map_err(|error: T::Err| BadValue(error.message()))
}

/// Where to listen: an address of this machine and a port.
pub fn address(text: &str) -> Result<SocketAddr, BadValue> {
    text.parse().map_err(|_| BadValue(cli::no_address()))
}

/// A database's address, of which only whether there is any is looked at: what is in it must not be shown.
pub fn database_url(text: &str) -> Result<String, BadValue> {
    match text.trim().is_empty() {
        true => Err(BadValue(cli::no_database_url())),
        false => Ok(text.to_owned()),
    }
}

/// Where people reach the server.
pub fn public_url(text: &str) -> Result<PublicUrl, BadValue> {
    read(text)
}

/// A moment by the studio's clock.
pub fn moment(text: &str) -> Result<NaiveDateTime, BadValue> {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").map_err(|_| BadValue(cli::no_moment()))
}

/// The name of a time zone.
pub fn time_zone(text: &str) -> Result<TimeZone, BadValue> {
    read(text)
}

/// The address or the network of a proxy.
pub fn trusted_proxy(text: &str) -> Result<IpNet, BadValue> {
    client_address::trusted_proxy(text).map_err(|error| BadValue(error.message()))
}

/// A whole number from `LEAST` to `MOST`.
pub fn number<T: TryFrom<u64>, const LEAST: u64, const MOST: u64>(text: &str) -> Result<T, BadValue> {
    let number = text.parse().ok().filter(|number| (LEAST..=MOST).contains(number));
    let number = number.and_then(|number| T::try_from(number).ok());
    let bound = |bound: u64| Value::text(bound.to_string());
    number.ok_or_else(|| BadValue(cli::no_number(bound(LEAST), bound(MOST))))
}
