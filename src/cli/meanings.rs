//! What each command, argument and option is for, and what its value is called.

use crate::{message::Message, messages::cli};

/// Gives a message.
pub type Words = fn() -> Message;

/// What each command is for, by its name; the program itself has none.
pub const COMMANDS: &[(&str, Words)] = &[
    ("", cli::about),
    ("serve", cli::serve),
    ("user", cli::user),
    ("user add", cli::user_add),
    ("user list", cli::user_list),
    ("user password", cli::user_password),
    ("user remove", cli::user_remove),
    ("migrate", cli::migrate),
    ("check", cli::check),
    ("backup", cli::backup),
    ("restore", cli::restore),
    ("export", cli::export),
    ("pack", cli::pack),
    ("help", cli::help),
];

/// What each option is for: the same wherever it can be given, unless a command has a row of its own; and each argument, by
/// its command.
pub const ARGUMENTS: &[(&str, Words)] = &[
    ("--help", cli::option_help),
    ("--version", cli::option_version),
    ("--log-format", cli::option_log_format),
    ("--database-url", cli::option_database_url),
    ("--addr", cli::option_addr),
    ("--demo", cli::option_demo),
    ("--scale", cli::option_scale),
    ("--https", cli::option_https),
    ("--public-url", cli::option_public_url),
    ("--trusted-proxy", cli::option_trusted_proxy),
    ("--log-addresses", cli::option_log_addresses),
    ("--stop-notice", cli::option_stop_notice),
    ("--time-zone", cli::option_time_zone),
    ("--heartbeat", cli::option_heartbeat),
    ("--site", cli::option_site),
    ("--name", cli::option_name),
    ("--division", cli::option_division),
    ("--all-divisions", cli::option_all_divisions),
    ("--cost-rates", cli::option_cost_rates),
    ("--as", cli::option_as),
    ("--view", cli::option_view),
    ("--table", cli::option_table),
    ("--format", cli::option_format),
    ("export --division", cli::option_export_division),
    ("--period", cli::option_period),
    ("--language", cli::option_language),
    ("--made-at", cli::option_made_at),
    ("--output", cli::option_output),
    ("user add email", cli::argument_new_email),
    ("user password email", cli::argument_email),
    ("user remove email", cli::argument_email),
    ("backup file", cli::argument_backup),
    ("restore file", cli::argument_restore),
    ("pack folder", cli::argument_pack_folder),
    ("pack hashes", cli::argument_pack_hashes),
    ("pack to", cli::argument_pack_to),
];

/// What the value of an option or an argument is called, by its id.
pub const VALUES: &[(&str, Words)] = &[
    ("log_format", cli::value_format),
    ("account", cli::value_email),
    ("view", cli::value_address),
    ("table", cli::value_name),
    ("format", cli::value_format),
    ("division", cli::value_slug),
    ("period", cli::value_period),
    ("language", cli::value_language),
    ("made_at", cli::value_time),
    ("output", cli::value_file),
    ("database_url", cli::value_url),
    ("addr", cli::value_address),
    ("scale", cli::value_number),
    ("public_url", cli::value_url),
    ("trusted_proxies", cli::value_address),
    ("stop_notice", cli::value_seconds),
    ("time_zone", cli::value_name),
    ("heartbeat", cli::value_seconds),
    ("site", cli::value_folder),
    ("name", cli::value_name),
    ("divisions", cli::value_slug),
    ("email", cli::value_email),
    ("file", cli::value_file),
    ("folder", cli::value_folder),
    ("hashes", cli::value_file),
    ("to", cli::value_file),
];

/// What the option `name`, such as `--division`, is for in the command with this path, such as `user add`.
pub fn option<'a>(path: &str, name: &str) -> Option<(&'a str, Words)> {
    let own = format!("{path} {name}");
    let row = |key: &str| ARGUMENTS.iter().find(|(known, _)| *known == key).copied();
    row(&own).or_else(|| row(name))
}

/// The row of `table` for `key`.
pub fn find(table: &[(&str, Words)], key: &str) -> Option<Message> {
    table.iter().find(|(known, _)| *known == key).map(|(_, words)| words())
}
