//! The closed list of sticky settings: everything that goes over all of them goes by this list.
//!
//! A further setting is a line in the list and a type: its value implements [`crate::sticky::Setting`], and how it looks
//! [`SettingControl`].

pub use crate::sticky::known::KnownSetting;
use crate::{
    address::Address,
    error::AppError,
    figures::{Selection, Texts},
    message::{Joint, Message, Value},
    messages::setting,
    sticky::{Settings, signal::Sticky},
    ui::setting_control::{Place, SettingControl},
    user::User,
};
use leptos::prelude::*;

/// Lists the settings: `use` names one of a module beside this one, `mod` also declares the module below it.
macro_rules! settings {
    ($($kind:ident $module:ident::$setting:ident;)*) => {
        $(settings!(@module $kind $module);)*

        /// Every setting there is.
        pub const SETTINGS: [KnownSetting; [$(stringify!($setting)),*].len()] =
            [$(KnownSetting::of::<$module::$setting>()),*];

        /// The control of each, in the same order.
        pub const CONTROLS: [Control; SETTINGS.len()] = [$(Control::of::<$module::$setting>()),*];
    };
    (@module use $module:ident) => { use crate::$module; };
    (@module mod $module:ident) => { pub mod $module; };
}

settings! {
    use division::Division;
    mod comparison::Comparison;
    use period::Period;
    mod page_size::PageSize;
    mod language::Language;
    mod keys::Keys;
}

/// How a setting looks.
pub struct Control {
    /// [`SettingControl::PLACE`].
    pub place: Place,
    /// [`SettingControl::control`].
    pub of: fn(Sticky) -> AnyView,
}

impl Control {
    const fn of<S: SettingControl>() -> Self {
        Self {
            place: S::PLACE,
            of: S::control,
        }
    }
}

impl KnownSetting {
    /// The setting with this key.
    ///
    /// # Errors
    /// [`crate::error::ErrorKind::NotFound`] with the keys there are.
    pub fn with_key(key: &str) -> Result<&'static Self, AppError> {
        SETTINGS.iter().find(|setting| setting.key == key).ok_or_else(|| {
            let keys = SETTINGS
                .iter()
                .map(|known| setting::quoted(Value::text(known.key)).into());
            let keys = Value::Joined(keys.collect(), Joint::Comma);
            AppError::not_found(setting::unknown(Value::text(key), keys))
        })
    }
}

/// The keys of the settings that an address may pin.
pub fn pinnable() -> impl Iterator<Item = &'static str> {
    SETTINGS
        .iter()
        .filter(|known| known.can_be_pinned)
        .map(|known| known.key)
}

/// An address as `user` may have it: each pin in the one spelling of its value, or the default, visibly, if it pins a
/// value that this person may not have. Each such case comes with words for the person.
pub fn settle_pins(asked: Address, user: &User) -> (Address, Vec<Message>) {
    let mut told = Vec::new();
    let mut settled = asked;
    for known in &SETTINGS {
        let Some(text) = settled.pin(known.key) else {
            continue;
        };
        let text = (known.check)(text, user).unwrap_or_else(|error| {
            let default = (known.default_text)();
            told.push(setting::pin_refused(
                (known.name)(),
                (known.label)(&default, user),
                Value::text(text),
                error.message,
            ));
            default
        });
        settled = settled.with_pin(known.key, text);
    }
    (settled, told)
}

/// What `asked` selects: every setting that figures depend on, and no other. One that it doesn't name has the value
/// that the address pins, else the person's `own` value.
pub fn completed(mut asked: Selection, own: &Settings) -> Selection {
    let address = Address::read(&asked.address).pinning(pinnable());
    let known = SETTINGS.iter().filter(|known| known.changes_figures);
    let texts = known.map(|known| {
        let own = || own.0.get(known.key).map(|stamped| stamped.value.clone());
        let pinned = || address.pin(known.key).map(str::to_owned);
        let text = asked.settings.0.remove(known.key).or_else(pinned).or_else(own);
        (known.key.to_owned(), text.unwrap_or_else(known.default_text))
    });
    let texts = texts.collect();
    Selection {
        settings: Texts(texts),
        address: asked.address,
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use crate::locale::Locale;

    #[test]
    fn a_key_that_is_none_is_told_which_there_are() {
        let error = KnownSetting::with_key("nothing").err().unwrap();
        let said = error.said(|message| Locale::default().say(message)).message.to_string();
        assert_eq!(
            said,
            "There is no setting “nothing”. These are the settings: “division”, “comparison”, “period”, “rows”, “language”, “keys”."
        );
    }
}
