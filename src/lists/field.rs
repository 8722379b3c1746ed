//! The fields by which a list can be narrowed.

use crate::{
    message::Message,
    messages::{figure, lists},
};

/// By what a list can be narrowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Client,
    Person,
    Project,
    Category,
    Supplier,
    Kind,
    Billable,
    Assigned,
}

impl Field {
    pub(super) const ALL: [Self; 8] = [
        Self::Client,
        Self::Person,
        Self::Project,
        Self::Category,
        Self::Supplier,
        Self::Kind,
        Self::Billable,
        Self::Assigned,
    ];

    /// Its name in an address.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Client => "client",
            Self::Person => "person",
            Self::Project => "project",
            Self::Category => "category",
            Self::Supplier => "supplier",
            Self::Kind => "kind",
            Self::Billable => "billable",
            Self::Assigned => "assigned",
        }
    }

    /// What a person calls it.
    pub(super) fn name(self) -> Message {
        match self {
            Self::Client => figure::client(),
            Self::Person => figure::person(),
            Self::Project => figure::project(),
            Self::Category => figure::category(),
            Self::Supplier => figure::supplier(),
            Self::Kind => figure::kind(),
            Self::Billable => figure::billable(),
            Self::Assigned => lists::assigned(),
        }
    }
}
