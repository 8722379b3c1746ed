//! What the whole of a view leads to: itself as a file, for somebody else, and on paper.

use crate::{
    address::Address,
    html::Links,
    period::Period,
    routes::EXPORT,
    settings::{page_size::PageSize, pinnable},
    sticky::Setting,
    view::RenderContext,
};

/// The links of the view at `address`, which pins nothing, with the figures of `context`.
pub(super) fn of(address: &str, context: &RenderContext) -> Links {
    Links {
        file: file(address, context),
        copy: copy(address, context),
        print: print(address, context),
    }
}

/// Each setting that figures depend on and an address may pin, with the text of its value.
fn pins(context: &RenderContext) -> impl Iterator<Item = (&'static str, &str)> {
    let settings = context.chosen.texts();
    settings.filter(|(key, _)| pinnable().any(|pinnable| pinnable == *key))
}

/// Where there is a file of the view, whatever is chosen meanwhile; its format and the name of a table are still to be
/// added.
fn file(address: &str, context: &RenderContext) -> String {
    let path = format!("{}?", EXPORT.path);
    let end = path.len();
    let mut query = form_urlencoded::Serializer::for_suffix(path, end);
    query.extend_pairs(std::iter::once(("view", address)).chain(pins(context)));
    query.finish()
}

/// The view as it is, for another person or another day: how many rows a page has is left to whoever opens it.
fn copy(address: &str, context: &RenderContext) -> String {
    let fixed = pins(context).filter(|(key, _)| *key != PageSize::KEY);
    let fixed = fixed.map(|(key, text)| match key {
        Period::KEY => (key, context.period.fixed(context.today).text()),
        _ => (key, text.to_owned()),
    });
    let bare = Address::read(address);
    let copied = fixed.fold(bare, |address, (key, text)| address.with_pin(key, text));
    copied.to_string()
}

/// The view with all rows of its list.
fn print(address: &str, context: &RenderContext) -> String {
    let here = context.pins.keep_in(Address::read(address));
    here.with_pin(PageSize::KEY, PageSize::Print.text()).to_string()
}
