//! Whose a row is on its day, in SQL: tables that queries begin with.

/// `project_owners (project_id, division_id, valid_from, valid_until)`: whose each project is on the days from the first to
/// before the second. Every day of a project is in exactly one row; what nobody was given is unassigned.
pub const PROJECT_OWNERS: &str = "project_owners AS (
    SELECT o.project_id, o.division_id, o.valid_from,
           LEAD(o.valid_from, 1, '9999-12-31') OVER (PARTITION BY o.project_id ORDER BY o.valid_from) AS valid_until
    FROM (SELECT project_id, valid_from, division_id FROM project_divisions
          UNION ALL
          SELECT p.id, '0001-01-01', NULL FROM projects p
          WHERE NOT EXISTS (SELECT 1 FROM project_divisions d
                            WHERE d.project_id = p.id AND d.valid_from = '0001-01-01')) AS o)";

/// `person_owners (person_id, division_id, valid_from, valid_until)`: the same of people.
pub const PERSON_OWNERS: &str = "person_owners AS (
    SELECT o.person_id, o.division_id, o.valid_from,
           LEAD(o.valid_from, 1, '9999-12-31') OVER (PARTITION BY o.person_id ORDER BY o.valid_from) AS valid_until
    FROM (SELECT person_id, valid_from, division_id FROM person_divisions
          UNION ALL
          SELECT h.id, '0001-01-01', NULL FROM people h
          WHERE NOT EXISTS (SELECT 1 FROM person_divisions d
                            WHERE d.person_id = h.id AND d.valid_from = '0001-01-01')) AS o)";

/// `booking_shares`: who bears each booking, to the cent: the columns of `bookings` as far as pages show them, with
/// `division_id` and `amount`, which is what that one bears. A project's booking is its owner's of the day, a division's is
/// its own, a shared one has its parts; what they don't cover is unassigned, and `unsplit` (1, else 0). `part` is the part's
/// id, else 0. Stands behind [`PROJECT_OWNERS`].
pub const BOOKING_SHARES: &str = "booking_shares AS (
    SELECT b.id, b.booked_on, b.category, b.text, b.supplier, b.search, b.billable, b.shared, b.project_id,
           o.division_id, b.amount, 0 AS unsplit, 0 AS part
    FROM bookings b JOIN project_owners o
         ON o.project_id = b.project_id AND b.booked_on >= o.valid_from AND b.booked_on < o.valid_until
    UNION ALL
    SELECT b.id, b.booked_on, b.category, b.text, b.supplier, b.search, b.billable, b.shared, NULL,
           b.division_id, b.amount, 0, 0
    FROM bookings b WHERE b.project_id IS NULL AND NOT b.shared
    UNION ALL
    SELECT b.id, b.booked_on, b.category, b.text, b.supplier, b.search, b.billable, b.shared, NULL,
           s.division_id, s.amount, 0, s.id
    FROM bookings b JOIN booking_parts s ON s.booking_id = b.id WHERE b.shared
    UNION ALL
    SELECT b.id, b.booked_on, b.category, b.text, b.supplier, b.search, b.billable, b.shared, NULL,
           NULL, b.amount - COALESCE(s.amount, 0), 1, 0
    FROM bookings b LEFT JOIN (SELECT booking_id, CAST(SUM(amount) AS BIGINT) AS amount
                               FROM booking_parts GROUP BY booking_id) AS s ON s.booking_id = b.id
    WHERE b.shared AND b.amount <> COALESCE(s.amount, 0))";
