//! The log of who came and went: accounts by their number, and nothing that a person typed. The address that a failed or
//! refused login came from is named only where whoever runs the server has asked for it, to shut it out elsewhere.

use std::net::IpAddr;

/// What the log is asked for by (`RUST_LOG=control_maniac::access=info`).
pub const TARGET: &str = "control_maniac::access";

/// Writes it.
#[derive(Clone, Copy, Debug)]
pub struct AccessLog {
    /// Whether it names the addresses from which logins fail.
    pub names_addresses: bool,
}

impl AccessLog {
    /// An account was logged in.
    pub fn logged_in(self, account: i64) {
        tracing::info!(target: TARGET, account, "logged in");
    }

    /// An account was logged out.
    pub fn logged_out(self, account: i64) {
        tracing::info!(target: TARGET, account, "logged out");
    }

    /// What was typed is no account's e-mail and password.
    pub fn failed(self, address: IpAddr) {
        tracing::info!(target: TARGET, address = self.shown(address), "a login failed");
    }

    /// A try was not looked at; the next one is in `retry_after` seconds.
    pub fn refused(self, address: IpAddr, retry_after: u64) {
        tracing::info!(target: TARGET, address = self.shown(address), retry_after, "a login was refused");
    }

    fn shown(self, address: IpAddr) -> Option<tracing::field::DisplayValue<IpAddr>> {
        self.names_addresses.then(|| tracing::field::display(address))
    }
}
