//! By what the lists can be narrowed.

use super::{
    RowsQuery,
    field::Field,
    options_sql::{OfBooking, OfProject},
};
use crate::{
    books::ProjectKind,
    error::AppError,
    message::{Joint, Message, Value},
    messages::{self, error, figure, lists},
    pages::Page,
    projects,
    report::{Chip, FieldOption, SearchField},
    rows::{BookingKind, Narrowing, person_name},
    search::folded,
    view::RenderContext,
};
use sea_orm::ConnectionTrait;
use std::collections::{BTreeMap, BTreeSet};

/// What a list is narrowed to, and by what it can be.
pub(super) struct Narrowed {
    pub(super) narrowing: Narrowing,
    pub(super) fields: Vec<SearchField>,
    /// What it is narrowed to, each to be taken away.
    pub(super) chips: Vec<Chip>,
}

/// What the rows of a list are of, for its filters: a text in the address and a name, in the order of the names.
#[derive(Default)]
pub(super) struct Options {
    clients: BTreeSet<String>,
    people: BTreeSet<(String, i64)>,
    projects: BTreeMap<String, String>,
    categories: BTreeSet<String>,
    suppliers: BTreeSet<String>,
}

/// The kinds of projects, each with its text in an address.
const PROJECT_KINDS: [(&str, ProjectKind); 3] = [
    ("time-and-material", ProjectKind::TimeAndMaterial),
    ("fixed-price", ProjectKind::FixedPrice),
    ("internal", ProjectKind::Internal),
];

/// The kinds of bookings, each with its text in an address.
const BOOKING_KINDS: [(&str, BookingKind); 3] = [
    ("project", BookingKind::OfProject),
    ("division", BookingKind::OfDivision),
    ("shared", BookingKind::Shared),
];

const YES: &str = "yes";
const NO: &str = "no";

impl Options {
    /// What time entries or invoices are of.
    pub(super) fn of_projects(rows: Vec<OfProject>) -> Self {
        let mut options = Self::default();
        for row in rows {
            options.clients.extend(row.client);
            options.people.extend(row.person_name.zip(row.person));
            options.projects.insert(row.code, row.name);
        }
        options
    }

    /// What bookings are of.
    pub(super) fn of_bookings(rows: Vec<OfBooking>) -> Self {
        let mut options = Self::default();
        for row in rows {
            options.clients.extend(row.client);
            options.projects.extend(row.code.zip(row.name));
            options.categories.insert(row.category);
            options
                .suppliers
                .extend(Some(row.supplier).filter(|supplier| !supplier.is_empty()));
        }
        options
    }

    fn of(&self, field: Field, is_bookings: bool) -> Vec<FieldOption> {
        let named = |names: &BTreeSet<String>| {
            let mut names: Vec<&String> = names.iter().collect();
            names.sort_by_cached_key(|name| folded(name));
            names.into_iter().map(FieldOption::named).collect()
        };
        match field {
            Field::Client => named(&self.clients),
            Field::Category => named(&self.categories),
            Field::Supplier => named(&self.suppliers),
            Field::Person => {
                let mut people: Vec<&(String, i64)> = self.people.iter().collect();
                people.sort_by_cached_key(|(name, id)| (folded(name), *id));
                let people = people.into_iter();
                people
                    .map(|(name, id)| FieldOption::new(id.to_string(), Value::text(name)))
                    .collect()
            }
            Field::Project => {
                let title =
                    |code: &str, name: &str| Value::Joined(vec![Value::text(code), Value::text(name)], Joint::Space);
                let projects = self.projects.iter();
                projects
                    .map(|(code, name)| FieldOption::new(code, title(code, name)))
                    .collect()
            }
            Field::Kind if is_bookings => {
                let kinds = BOOKING_KINDS.iter();
                kinds
                    .map(|(text, kind)| FieldOption::new(*text, booking_kind_name(*kind)))
                    .collect()
            }
            Field::Kind => {
                let kinds = PROJECT_KINDS.iter();
                kinds
                    .map(|(text, kind)| FieldOption::new(*text, projects::kind_name(*kind)))
                    .collect()
            }
            Field::Billable => vec![FieldOption::new(YES, figure::yes()), FieldOption::new(NO, figure::no())],
            Field::Assigned => vec![
                FieldOption::new(YES, lists::to_a_division()),
                FieldOption::new(NO, messages::setting::unassigned()),
            ],
        }
    }
}

/// What `query` narrows the list of `page` to, by those of `fields` that this user may know of.
///
/// # Errors
/// There is no such person, or none that this user may see; a field has a value that means nothing.
pub(super) async fn narrowed(
    db: &impl ConnectionTrait,
    context: &RenderContext,
    query: &RowsQuery,
    page: &Page,
    fields: &[Field],
    options: Options,
) -> Result<Narrowed, AppError> {
    let is_bookings = fields.contains(&Field::Supplier);
    let narrowing = narrowing(query, is_bookings)?;
    let (mut shown, mut chips) = (Vec::new(), Vec::new());
    for field in fields.iter().copied() {
        let is_known = field != Field::Assigned || context.everything.includes_unassigned();
        if !is_known {
            if query.get(field).is_some() {
                return Err(AppError::invalid(
                    field.key(),
                    error::no_filter(Value::text(field.key())),
                ));
            }
            continue;
        }
        let options = options.of(field, is_bookings);
        let chosen = match query.get(field) {
            Some(text) => {
                let option = options.iter().find(|option| option.text == text).cloned();
                let option = match (option, field, narrowing.person) {
                    (Some(option), ..) => option,
                    (None, Field::Person, Some(id)) => {
                        // Somebody who did nothing in these days.
                        let name = person_name(db, &context.everything, id).await?;
                        let name = name.ok_or_else(|| AppError::not_found(error::no_person()))?;
                        FieldOption::new(text, Value::text(name))
                    }
                    (None, ..) => FieldOption::named(text),
                };
                chips.push(Chip {
                    words: lists::narrowed_to(option.label.clone(), field.name()).into(),
                    without: context.link(&query.without(page, field)),
                });
                Some(option)
            }
            None => None,
        };
        shown.push(SearchField {
            key: field.key(),
            name: field.name(),
            options,
            chosen,
        });
    }
    Ok(Narrowed {
        narrowing,
        fields: shown,
        chips,
    })
}

fn narrowing(query: &RowsQuery, is_bookings: bool) -> Result<Narrowing, AppError> {
    let text = |field| query.get(field).map(str::to_owned);
    let person = match query.get(Field::Person) {
        Some(id) => Some(id.parse().map_err(|_| AppError::not_found(error::no_person()))?),
        None => None,
    };
    let (mut project_kind, mut booking_kind) = (None, None);
    if is_bookings {
        booking_kind = one_of(query, Field::Kind, &BOOKING_KINDS)?;
    } else {
        project_kind = one_of(query, Field::Kind, &PROJECT_KINDS)?;
    }
    Ok(Narrowing {
        project: text(Field::Project),
        person,
        client: text(Field::Client),
        category: text(Field::Category),
        supplier: text(Field::Supplier),
        project_kind,
        booking_kind,
        billable: one_of(query, Field::Billable, &[(YES, true), (NO, false)])?,
        assigned: one_of(query, Field::Assigned, &[(YES, true), (NO, false)])?,
    })
}

/// Which of `known` the query has in `field`.
fn one_of<T: Copy>(query: &RowsQuery, field: Field, known: &[(&str, T)]) -> Result<Option<T>, AppError> {
    let Some(wanted) = query.get(field) else {
        return Ok(None);
    };
    let found = known.iter().find(|(text, _)| *text == wanted);
    let (_, value) = found.ok_or_else(|| {
        let texts = known.iter().map(|(text, _)| Value::text(*text)).collect();
        AppError::invalid(
            field.key(),
            error::not_one_of(Value::Joined(texts, Joint::Comma), field.name(), Value::text(wanted)),
        )
    })?;
    Ok(Some(*value))
}

/// What a person calls a kind of bookings.
fn booking_kind_name(kind: BookingKind) -> Message {
    match kind {
        BookingKind::OfProject => lists::on_projects(),
        BookingKind::OfDivision => lists::of_divisions(),
        BookingKind::Shared => lists::shared(),
    }
}
