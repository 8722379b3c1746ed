//! The meaning of a change by SQL that bypasses the books: it counts from today on, and history stays.
//!
//! A new division, price, fee or day of a project, a new division of a person, a new cost rate and a new weight in a
//! key begin today; entries that were planned for later, for a project or a person, are replaced. Time that is dated
//! today or later is valued again. The books set `data_revision.by_books` while they write, and are left alone.

use sea_orm_migration::sea_orm::DbBackend;

/// What happens on a change of a row. `{today}` is the studio's day, `{differs}` compares values of which one may be
/// missing.
struct Reaction {
    name: &'static str,
    /// On which change, of which table.
    event: &'static str,
    /// For which rows.
    condition: &'static str,
    statements: &'static [&'static str],
}

const REACTIONS: [Reaction; 13] = [
    Reaction {
        name: "project_begins",
        event: "INSERT ON projects",
        condition: "NOT EXISTS (SELECT 1 FROM project_divisions WHERE project_id = NEW.id)",
        statements: &[
            "INSERT INTO project_divisions (project_id, valid_from, division_id)
             VALUES (NEW.id, '0001-01-01', NEW.division_id)",
            "INSERT INTO project_terms (project_id, valid_from, billing_rate, fee, starts_on, ends_on)
             VALUES (NEW.id, '0001-01-01', NEW.billing_rate, NEW.fee, NEW.starts_on, NEW.ends_on)",
        ],
    },
    Reaction {
        name: "project_moves_today",
        event: "UPDATE OF division_id ON projects",
        condition: "(NEW.division_id {differs} (SELECT division_id FROM project_divisions
                         WHERE project_id = NEW.id AND valid_from <= {today} ORDER BY valid_from DESC LIMIT 1)
                     OR EXISTS (SELECT 1 FROM project_divisions WHERE project_id = NEW.id AND valid_from > {today}))",
        statements: &[
            "DELETE FROM project_divisions WHERE project_id = NEW.id AND valid_from >= {today}",
            "INSERT INTO project_divisions (project_id, valid_from, division_id)
             VALUES (NEW.id, {today}, NEW.division_id)",
        ],
    },
    Reaction {
        name: "project_terms_change_today",
        event: "UPDATE OF billing_rate, fee, starts_on, ends_on ON projects",
        condition: "NOT EXISTS (SELECT 1 FROM project_terms t
                        WHERE t.project_id = NEW.id AND t.valid_from <= {today}
                          AND t.valid_from = (SELECT MAX(valid_from) FROM project_terms WHERE project_id = NEW.id)
                          AND NOT (t.billing_rate {differs} NEW.billing_rate) AND NOT (t.fee {differs} NEW.fee)
                          AND t.starts_on = NEW.starts_on AND NOT (t.ends_on {differs} NEW.ends_on))",
        statements: &[
            "DELETE FROM project_terms WHERE project_id = NEW.id AND valid_from >= {today}",
            "INSERT INTO project_terms (project_id, valid_from, billing_rate, fee, starts_on, ends_on)
             VALUES (NEW.id, {today}, NEW.billing_rate, NEW.fee, NEW.starts_on, NEW.ends_on)",
            "UPDATE time_entries
             SET revenue = CASE WHEN billable AND NEW.kind = 'time_and_material'
                                THEN (minutes * COALESCE(NEW.billing_rate, 0) * 2 + 60) / 120 ELSE 0 END
             WHERE project_id = NEW.id AND worked_on >= {today}",
        ],
    },
    Reaction {
        name: "project_division_is_told",
        event: "INSERT ON project_divisions",
        condition: "TRUE",
        statements: &[STAND_ASIDE, PROJECT_MIRRORS, STAND_UP],
    },
    Reaction {
        name: "person_begins",
        event: "INSERT ON people",
        condition: "NOT EXISTS (SELECT 1 FROM person_divisions WHERE person_id = NEW.id)",
        statements: &["INSERT INTO person_divisions (person_id, valid_from, division_id)
             VALUES (NEW.id, '0001-01-01', NEW.division_id)"],
    },
    Reaction {
        name: "person_moves_today",
        event: "UPDATE OF division_id ON people",
        condition: "(NEW.division_id {differs} (SELECT division_id FROM person_divisions
                         WHERE person_id = NEW.id AND valid_from <= {today} ORDER BY valid_from DESC LIMIT 1)
                     OR EXISTS (SELECT 1 FROM person_divisions WHERE person_id = NEW.id AND valid_from > {today}))",
        statements: &[
            "DELETE FROM person_divisions WHERE person_id = NEW.id AND valid_from >= {today}",
            "INSERT INTO person_divisions (person_id, valid_from, division_id)
             VALUES (NEW.id, {today}, NEW.division_id)",
        ],
    },
    Reaction {
        name: "person_division_is_told",
        event: "INSERT ON person_divisions",
        condition: "TRUE",
        statements: &[STAND_ASIDE, PERSON_MIRRORS, STAND_UP],
    },
    // The old rate stays; the new one begins today, if this is the rate that holds today.
    Reaction {
        name: "cost_rate_changes_today",
        event: "UPDATE OF cents_per_hour ON cost_rates",
        condition: "NEW.cents_per_hour <> OLD.cents_per_hour AND NEW.valid_from < {today}",
        statements: &[
            "INSERT INTO cost_rates (person_id, valid_from, cents_per_hour)
             SELECT NEW.person_id, {today}, NEW.cents_per_hour
             WHERE NOT EXISTS (SELECT 1 FROM cost_rates WHERE person_id = NEW.person_id
                                 AND valid_from > NEW.valid_from AND valid_from <= {today})",
            "UPDATE cost_rates SET cents_per_hour = OLD.cents_per_hour WHERE id = NEW.id",
            TIME_COSTS,
        ],
    },
    // A key that held until now holds as a whole from today on, with the new weight.
    Reaction {
        name: "overhead_key_changes_today",
        event: "UPDATE OF weight ON overhead_keys",
        condition: "NEW.weight <> OLD.weight AND NEW.valid_from < {today}",
        statements: &[
            "INSERT INTO overhead_keys (valid_from, division_id, weight)
             SELECT {today}, k.division_id, k.weight FROM overhead_keys k
             WHERE k.valid_from = NEW.valid_from
               AND NOT EXISTS (SELECT 1 FROM overhead_keys
                               WHERE valid_from > NEW.valid_from AND valid_from <= {today})",
            "UPDATE overhead_keys SET weight = NEW.weight
             WHERE valid_from = {today} AND division_id = NEW.division_id AND weight = OLD.weight
               AND NOT EXISTS (SELECT 1 FROM overhead_keys
                               WHERE valid_from > NEW.valid_from AND valid_from < {today})",
            "UPDATE overhead_keys SET weight = OLD.weight WHERE id = NEW.id",
        ],
    },
    Reaction {
        name: "cost_rate_of_later_changes",
        event: "UPDATE OF cents_per_hour ON cost_rates",
        condition: "NEW.cents_per_hour <> OLD.cents_per_hour AND NEW.valid_from >= {today}",
        statements: &[TIME_COSTS],
    },
    Reaction {
        name: "cost_rate_goes",
        event: "DELETE ON cost_rates",
        condition: "OLD.valid_from >= {today}",
        statements: &[TIME_COSTS_WITHOUT],
    },
    // A rate that is entered from a day on holds from that day.
    Reaction {
        name: "cost_rate_is_new",
        event: "INSERT ON cost_rates",
        condition: "TRUE",
        statements: &["UPDATE time_entries
             SET labour_cost = (time_entries.minutes * NEW.cents_per_hour * 2 + 60) / 120
             WHERE person_id = NEW.person_id AND worked_on >= NEW.valid_from
               AND NOT EXISTS (SELECT 1 FROM cost_rates r
                               WHERE r.person_id = NEW.person_id
                                 AND r.valid_from > NEW.valid_from AND r.valid_from <= time_entries.worked_on)"],
    },
    Reaction {
        name: "project_kind_stays",
        event: "UPDATE OF kind ON projects",
        condition: "NEW.kind <> OLD.kind AND EXISTS (SELECT 1 FROM time_entries WHERE project_id = NEW.id)",
        statements: &["{refuse}"],
    },
];

/// A mirrored value is no change of its own.
const STAND_ASIDE: &str = "UPDATE data_revision SET by_books = TRUE";
const STAND_UP: &str = "UPDATE data_revision SET by_books = FALSE";

const PROJECT_MIRRORS: &str = "UPDATE projects
    SET division_id = (SELECT division_id FROM project_divisions
                       WHERE project_id = NEW.project_id ORDER BY valid_from DESC LIMIT 1)
    WHERE id = NEW.project_id";

const PERSON_MIRRORS: &str = "UPDATE people
    SET division_id = (SELECT division_id FROM person_divisions
                       WHERE person_id = NEW.person_id ORDER BY valid_from DESC LIMIT 1)
    WHERE id = NEW.person_id";

const TIME_COSTS: &str = "UPDATE time_entries
    SET labour_cost = (SELECT (time_entries.minutes * r.cents_per_hour * 2 + 60) / 120 FROM cost_rates r
                       WHERE r.person_id = time_entries.person_id AND r.valid_from <= time_entries.worked_on
                       ORDER BY r.valid_from DESC LIMIT 1)
    WHERE person_id = NEW.person_id AND worked_on >= {today}";

const TIME_COSTS_WITHOUT: &str = "UPDATE time_entries
    SET labour_cost = (SELECT (time_entries.minutes * r.cents_per_hour * 2 + 60) / 120 FROM cost_rates r
                       WHERE r.person_id = time_entries.person_id AND r.valid_from <= time_entries.worked_on
                       ORDER BY r.valid_from DESC LIMIT 1)
    WHERE person_id = OLD.person_id AND worked_on >= {today}";

/// Why a project keeps its kind.
const KIND_STAYS: &str = "a project on which somebody has worked keeps its kind: begin another project";

/// The statements that make the triggers, for a kind of database.
pub(super) fn statements(backend: DbBackend) -> Vec<String> {
    match backend {
        DbBackend::Postgres => {
            let today = "CREATE OR REPLACE FUNCTION studio_today() RETURNS date LANGUAGE sql STABLE AS $$
                         SELECT CAST(now() AT TIME ZONE 'UTC'
                                     + (SELECT utc_offset_seconds FROM studio_clock) * INTERVAL '1 second' AS date) $$";
            let triggers = REACTIONS.iter().flat_map(Reaction::on_postgres);
            std::iter::once(today.to_owned()).chain(triggers).collect()
        }
        _ => REACTIONS.iter().map(Reaction::on_sqlite).collect(),
    }
}

impl Reaction {
    fn on_sqlite(&self) -> String {
        let Self {
            name,
            event,
            condition,
            statements,
        } = self;
        let statements = statements.join("; ");
        format!(
            "CREATE TRIGGER {name} AFTER {event} WHEN NOT (SELECT by_books FROM data_revision) AND {condition}
             BEGIN {statements}; END"
        )
        .replace("{differs}", "IS NOT")
        .replace("{refuse}", &format!("SELECT RAISE(ABORT, '{KIND_STAYS}')"))
        .replace(
            "{today}",
            "date('now', (SELECT utc_offset_seconds FROM studio_clock) || ' seconds')",
        )
    }

    /// A trigger and its function, which ignores changes made by triggers; SQLite's triggers don't call themselves.
    fn on_postgres(&self) -> [String; 2] {
        let Self {
            name,
            event,
            condition,
            statements,
        } = self;
        let statements = statements.join("; ");
        let function = format!(
            "CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
             BEGIN
                 IF pg_trigger_depth() = 1 AND NOT (SELECT by_books FROM data_revision) AND {condition} THEN
                     {statements};
                 END IF;
                 RETURN NULL;
             END $$"
        )
        .replace("{differs}", "IS DISTINCT FROM")
        .replace("{refuse}", &format!("RAISE EXCEPTION '{KIND_STAYS}'"))
        .replace("{today}", "studio_today()");
        let trigger = format!("CREATE TRIGGER {name} AFTER {event} FOR EACH ROW EXECUTE FUNCTION {name}()");
        [function, trigger]
    }
}
