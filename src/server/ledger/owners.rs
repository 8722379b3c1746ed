//! Who owns a row on its day, in SQL: common table expressions that queries begin with.

/// A division's id, or none for the unassigned rest.
pub type DivisionKey = Option<i64>;

/// The table `$owners`: who owns each row of `$table`, by the dated rows of `$dated`.
macro_rules! owners {
    ($owners:literal, $dated:literal, $id:literal, $table:literal) => {
        concat!(
            $owners,
            " AS (
    SELECT moves.",
            $id,
            ", moves.division_id, moves.valid_from,
           LEAD(moves.valid_from, 1, '9999-12-31') OVER (PARTITION BY moves.",
            $id,
            " ORDER BY moves.valid_from) AS valid_until
    FROM (SELECT ",
            $id,
            ", valid_from, division_id FROM ",
            $dated,
            "
          UNION ALL
          SELECT owned.id, '0001-01-01', NULL FROM ",
            $table,
            " owned
          WHERE NOT EXISTS (SELECT 1 FROM ",
            $dated,
            " dated
                            WHERE dated.",
            $id,
            " = owned.id AND dated.valid_from = '0001-01-01')) AS moves)"
        )
    };
}

/// `project_owners (project_id, division_id, valid_from, valid_until)`: who owns each project from the first day until
/// the day before the second. Every day of a project is in exactly one row; days without an owner are unassigned.
pub const PROJECT_OWNERS: &str = owners!("project_owners", "project_divisions", "project_id", "projects");

/// `person_owners (person_id, division_id, valid_from, valid_until)`: the same for people.
pub const PERSON_OWNERS: &str = owners!("person_owners", "person_divisions", "person_id", "people");

/// `booking_shares`: who bears each booking, to the cent. It has the columns of `bookings` that pages show, with
/// `division_id` and the `amount` that this division bears. The owner of a project on the day bears its bookings, a
/// division bears its own, and the parts of a shared booking are borne by their divisions. What the parts don't cover
/// is unassigned and has `unsplit` = 1, otherwise 0. `part` is the id of the part, or 0. Must come after
/// [`PROJECT_OWNERS`].
pub const BOOKING_SHARES: &str = "booking_shares AS (
    SELECT bookings.id, bookings.booked_on, bookings.category, bookings.text, bookings.supplier,
           bookings.billable, bookings.shared, bookings.project_id,
           project_owners.division_id, bookings.amount, 0 AS unsplit, 0 AS part
    FROM bookings JOIN project_owners ON project_owners.project_id = bookings.project_id
         AND bookings.booked_on >= project_owners.valid_from AND bookings.booked_on < project_owners.valid_until
    UNION ALL
    SELECT bookings.id, bookings.booked_on, bookings.category, bookings.text, bookings.supplier,
           bookings.billable, bookings.shared, NULL, bookings.division_id, bookings.amount, 0, 0
    FROM bookings WHERE bookings.project_id IS NULL AND NOT bookings.shared
    UNION ALL
    SELECT bookings.id, bookings.booked_on, bookings.category, bookings.text, bookings.supplier,
           bookings.billable, bookings.shared, NULL, parts.division_id, parts.amount, 0, parts.id
    FROM bookings JOIN booking_parts AS parts ON parts.booking_id = bookings.id WHERE bookings.shared
    UNION ALL
    SELECT bookings.id, bookings.booked_on, bookings.category, bookings.text, bookings.supplier,
           bookings.billable, bookings.shared, NULL, NULL, bookings.amount - COALESCE(split.amount, 0), 1, 0
    FROM bookings LEFT JOIN (SELECT booking_id, CAST(SUM(amount) AS BIGINT) AS amount
                             FROM booking_parts GROUP BY booking_id) AS split ON split.booking_id = bookings.id
    WHERE bookings.shared AND bookings.amount <> COALESCE(split.amount, 0))";
