//! What a project costs its client, and what it may cost the studio.

use crate::money::{Minutes, Money};

/// A project's fee and budgets.
pub struct Price {
    pub fee: Option<Money>,
    pub budget: Option<Money>,
    pub budget_minutes: Option<Minutes>,
}
