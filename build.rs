//! Reads the messages of every language (`locales/`) and makes a function of each, so that a message or an argument that
//! is missing somewhere doesn't compile.
//!
//! A file of messages is a module, and a message in it is a function with the message's arguments in the order of the
//! alphabet, which no other wording changes. All languages must have the same files, messages and arguments.

#![expect(
    clippy::disallowed_methods,
    reason = "cargo tells a build script by the environment where its folders are"
)]

use fluent_syntax::{
    ast::{Entry, Expression, InlineExpression, Pattern, PatternElement},
    parser,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    env,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

/// The language whose texts are the docs of the functions.
const FIRST: &str = "en";

/// The files whose messages the browser says as well. It has no plurals.
const BROWSER: [&str; 2] = ["setting", "window"];

/// The one function that a message may call: the plural category of a count.
const PLURAL: &str = "PLURAL";

/// What stands before code that only the server has.
const ON_SERVER: &str = "#[cfg(feature = \"ssr\")]";

/// A message of one language.
struct Message {
    /// Its arguments.
    arguments: BTreeSet<String>,
    /// Its text, as it stands in the file.
    source: String,
}

/// The messages of one language, by file and name.
type Language = BTreeMap<String, BTreeMap<String, Message>>;

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed=locales");
    match generate() {
        Ok(()) => ExitCode::SUCCESS,
        Err(faults) => {
            for fault in faults {
                println!("cargo::error={fault}");
            }
            ExitCode::FAILURE
        }
    }
}

/// Writes `messages.rs`, or says everything that is wrong with the files.
fn generate() -> Result<(), Vec<String>> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("locales");
    let mut faults = Vec::new();
    let mut languages = BTreeMap::new();
    for folder in entries(&root)? {
        let name = stem(&folder);
        languages.insert(name, read_language(&folder, &mut faults)?);
    }
    let Some(first) = languages.get(FIRST) else {
        return Err(vec![format!("there is no folder locales/{FIRST}")]);
    };
    for (name, language) in &languages {
        compare(name, language, first, &mut faults);
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join("messages.rs");
    fs::write(&out, code(&languages, first, &root)).map_err(|error| vec![format!("{}: {error}", out.display())])
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, Vec<String>> {
    let unreadable = |error| vec![format!("{}: {error}", folder.display())];
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        paths.push(entry.map_err(unreadable)?.path());
    }
    paths.sort();
    Ok(paths)
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

fn read_language(folder: &Path, faults: &mut Vec<String>) -> Result<Language, Vec<String>> {
    let mut language = Language::new();
    for file in entries(folder)? {
        let text = fs::read_to_string(&file).map_err(|error| vec![format!("{}: {error}", file.display())])?;
        let messages = read_messages(&file, &text, faults);
        language.insert(stem(&file), messages);
    }
    Ok(language)
}

fn read_messages(file: &Path, text: &str, faults: &mut Vec<String>) -> BTreeMap<String, Message> {
    let mut messages = BTreeMap::new();
    let mut fault = |text: String| faults.push(format!("{}: {text}", file.display()));
    let resource = match parser::parse(text) {
        Ok(resource) => resource,
        Err((resource, errors)) => {
            errors.iter().for_each(|error| fault(error.to_string()));
            resource
        }
    };
    for entry in resource.body {
        let Entry::Message(message) = entry else {
            if !matches!(
                entry,
                Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_)
            ) {
                fault("only messages and comments may stand here".to_owned());
            }
            continue;
        };
        let name = message.id.name.to_owned();
        if !name.starts_with(&format!("{}-", stem(file))) {
            fault(format!("“{name}” must begin with “{}-”", stem(file)));
        }
        let mut found = Message {
            arguments: BTreeSet::new(),
            source: String::new(),
        };
        match &message.value {
            Some(pattern) => read_pattern(pattern, &mut found, &mut |text| fault(format!("“{name}”: {text}"))),
            None => fault(format!("“{name}” has no text")),
        }
        if text.contains(PLURAL) && BROWSER.contains(&stem(file).as_str()) {
            fault(format!("“{name}”: the browser has no plurals"));
        }
        if !message.attributes.is_empty() {
            fault(format!("“{name}” has an attribute; make it a message"));
        }
        if messages.insert(name.clone(), found).is_some() {
            fault(format!("“{name}” stands there twice"));
        }
    }
    messages
}

fn read_pattern(pattern: &Pattern<&str>, found: &mut Message, fault: &mut dyn FnMut(String)) {
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => found.source.push_str(value),
            PatternElement::Placeable { expression } => match expression {
                Expression::Inline(inline) => read_inline(inline, found, fault),
                Expression::Select { selector, variants } => {
                    if !matches!(selector, InlineExpression::FunctionReference { .. }) {
                        fault(format!("a choice is made by {PLURAL}($argument)"));
                    }
                    read_inline(selector, found, fault);
                    for (place, variant) in variants.iter().enumerate() {
                        found.source.push_str(if place == 0 { " [" } else { " | " });
                        read_pattern(&variant.value, found, fault);
                    }
                    found.source.push(']');
                }
            },
        }
    }
}

fn read_inline(inline: &InlineExpression<&str>, found: &mut Message, fault: &mut dyn FnMut(String)) {
    match inline {
        InlineExpression::StringLiteral { value } => found.source.push_str(value),
        InlineExpression::VariableReference { id } => {
            found.arguments.insert(id.name.to_owned());
            found.source.push_str(&format!("{{{}}}", id.name));
        }
        InlineExpression::FunctionReference { id, arguments } if id.name == PLURAL => {
            let mut inner = Message {
                arguments: std::mem::take(&mut found.arguments),
                source: String::new(),
            };
            for argument in &arguments.positional {
                read_inline(argument, &mut inner, fault);
            }
            found.arguments = inner.arguments;
        }
        InlineExpression::Placeable { expression } => match &**expression {
            Expression::Inline(inline) => read_inline(inline, found, fault),
            Expression::Select { .. } => fault("a choice within braces within braces".to_owned()),
        },
        _ => fault(format!("only texts, arguments and {PLURAL} may stand in braces")),
    }
}

/// Holds `language` against the first one.
fn compare(name: &str, language: &Language, first: &Language, faults: &mut Vec<String>) {
    let lacks = |of: &str, file: &str, message: &str| format!("locales/{of}/{file}.ftl lacks “{message}”");
    let nothing = BTreeMap::new();
    for (file, messages) in first {
        let there = language.get(file).unwrap_or(&nothing);
        messages
            .keys()
            .filter(|key| !there.contains_key(*key))
            .for_each(|key| faults.push(lacks(name, file, key)));
    }
    for (file, messages) in language {
        let there = first.get(file).unwrap_or(&nothing);
        for (key, message) in messages {
            let Some(other) = there.get(key) else {
                faults.push(lacks(FIRST, file, key));
                continue;
            };
            if message.arguments != other.arguments {
                faults.push(format!(
                    "locales/{name}/{file}.ftl: “{key}” has the arguments {:?}, and in {FIRST} {:?}",
                    message.arguments, other.arguments
                ));
            }
        }
    }
}

fn code(languages: &BTreeMap<String, Language>, first: &Language, root: &Path) -> String {
    let mut code = String::new();
    let mut line = |text: String| {
        code.push_str(&text);
        code.push('\n');
    };
    line("/// The text of each file of messages, beside the name of its language.".to_owned());
    line(ON_SERVER.to_owned());
    line("pub(crate) const SOURCES: &[(&str, &str)] = &[".to_owned());
    for (name, language) in languages {
        for file in language.keys() {
            let path = root.join(name).join(format!("{file}.ftl"));
            line(format!(
                "    ({name:?}, include_str!({:?})),",
                path.display().to_string()
            ));
        }
    }
    line("];".to_owned());
    line("/// Each message that the browser says as well, with its arguments.".to_owned());
    line(ON_SERVER.to_owned());
    line("pub(crate) const OF_BROWSER: &[(&str, &[&str])] = &[".to_owned());
    for (key, message) in first
        .iter()
        .filter(|(file, _)| BROWSER.contains(&file.as_str()))
        .flat_map(|file| file.1)
    {
        let names: Vec<&String> = message.arguments.iter().collect();
        line(format!("    ({key:?}, &{names:?}),"));
    }
    line("];".to_owned());
    for (file, messages) in first {
        line(format!("/// The messages of `{file}.ftl`."));
        if !BROWSER.contains(&file.as_str()) {
            line(ON_SERVER.to_owned());
        }
        line(format!("pub(crate) mod {file} {{"));
        line("    use crate::message::{Message, Value};".to_owned());
        for (key, message) in messages {
            let name = key[file.len() + 1..].replace('-', "_");
            let (mut parameters, mut pairs) = (String::new(), String::new());
            for argument in &message.arguments {
                let parameter = argument.replace('-', "_");
                let _ = write!(parameters, "{parameter}: impl Into<Value>, ");
                let _ = write!(pairs, "({argument:?}, {parameter}.into()), ");
            }
            for text in message.source.lines() {
                // Neither a link nor an address, for rustdoc.
                let text = text.replace('[', "\\[").replace(']', "\\]").replace("://", "&#58;//");
                line(format!("    /// {text}"));
            }
            line(format!("    pub(crate) fn {name}({parameters}) -> Message {{"));
            line(format!("        Message::new({key:?}, vec![{pairs}])"));
            line("    }".to_owned());
        }
        line("}".to_owned());
    }
    code
}
