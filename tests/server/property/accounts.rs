//! Who looks at a generated studio: who sees everything, a lead of each division, and some without labour cost.

use super::entering::{Ids, slug};
use crate::app::TestApp;
use axum_login::AuthnBackend;
use control_maniac::{
    division::Division,
    server::{accounts::Account, permission::PermittedScope},
};
use sea_orm::ConnectionTrait;

/// The id of the account that sees everything.
const CONTROLLER: i64 = 1;
/// The id of the one that sees everything but labour cost.
const VIEWER: i64 = 2;
/// From here on each division has a lead, who doesn't see labour cost if the division's number is odd.
const FIRST_LEAD: i64 = 10;

/// Makes the accounts.
pub async fn add(app: &TestApp, ids: &Ids, password_hash: &str) {
    let mut rows = vec![
        row(CONTROLLER, "controller", password_hash, true, true),
        row(VIEWER, "viewer", "", true, false),
    ];
    let mut seen = Vec::new();
    for (number, division) in &ids.divisions {
        let lead = FIRST_LEAD + i64::from(*number);
        rows.push(row(lead, &slug(*number), "", false, number.is_multiple_of(2)));
        seen.push(format!("({lead}, {division})"));
    }
    let columns = "id, email, name, password_hash, is_admin, sees_all_divisions, sees_cost_rates";
    let mut sql = format!("INSERT INTO users ({columns}) VALUES {}", rows.join(", "));
    if !seen.is_empty() {
        sql += &format!(
            "; INSERT INTO user_divisions (user_id, division_id) VALUES {}",
            seen.join(", ")
        );
    }
    app.state.db.writer().execute_unprepared(&sql).await.unwrap();
}

fn row(id: i64, name: &str, password_hash: &str, sees_all: bool, sees_cost_rates: bool) -> String {
    format!("({id}, '{name}@studio.test', '{name}', '{password_hash}', FALSE, {sees_all}, {sees_cost_rates})")
}

async fn account(app: &TestApp, id: i64) -> Account {
    app.state.accounts.get_user(&id).await.unwrap().unwrap()
}

/// The controller's scope of everything.
pub async fn everything(app: &TestApp) -> PermittedScope {
    PermittedScope::check(&account(app, CONTROLLER).await, &Division::All).unwrap()
}

/// Everything without labour cost.
pub async fn everything_without_labour_cost(app: &TestApp) -> PermittedScope {
    PermittedScope::check(&account(app, VIEWER).await, &Division::All).unwrap()
}

/// The controller's scope of one division.
pub async fn one(app: &TestApp, division: u8) -> PermittedScope {
    let division = Division::One(slug(division));
    PermittedScope::check(&account(app, CONTROLLER).await, &division).unwrap()
}

/// The controller's scope of what belongs to no division.
pub async fn unassigned(app: &TestApp) -> PermittedScope {
    PermittedScope::check(&account(app, CONTROLLER).await, &Division::Unassigned).unwrap()
}

/// The scope of a division's lead, and whether labour cost is part of it.
pub async fn of_lead(app: &TestApp, division: u8) -> (PermittedScope, bool) {
    let lead = account(app, FIRST_LEAD + i64::from(division)).await;
    (
        PermittedScope::check(&lead, &Division::All).unwrap(),
        division.is_multiple_of(2),
    )
}
