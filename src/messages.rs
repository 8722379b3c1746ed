//! A function for each message of `locales/`: `build.rs` makes them, so a message that is missing doesn't compile.

include!(concat!(env!("OUT_DIR"), "/messages.rs"));
