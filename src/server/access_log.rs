//! The log of logins and logouts: accounts by their number, and nothing that a person typed. The address of a failed or
//! refused login is named only if the operator has asked for it, so that another program can shut it out.

use std::net::IpAddr;

/// The target that asks for this log (`RUST_LOG=control_maniac::access=info`).
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

    /// The e-mail and password that were typed are no account's.
    pub fn failed(self, address: IpAddr) {
        tracing::info!(target: TARGET, address = self.shown(address), "a login failed");
    }

    /// A try was refused unseen; the next one may come in `retry_after` seconds.
    pub fn refused(self, address: IpAddr, retry_after: u64) {
        tracing::info!(target: TARGET, address = self.shown(address), retry_after, "a login was refused");
    }

    fn shown(self, address: IpAddr) -> Option<tracing::field::DisplayValue<IpAddr>> {
        self.names_addresses.then(|| tracing::field::display(address))
    }
}
