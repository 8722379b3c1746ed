//! Bookings without parts and figures without their data: nothing vanishes, and missing data is marked where it is
//! missing.

use crate::{
    app::{Browser, CONTROLLER, TestApp, VIEWER, WEB_LEAD},
    on_both_databases,
    shown::without_openings,
};
use chrono::NaiveDate;
use control_maniac::{
    books::{Bearer, Change, Key, NewBooking},
    money::Money,
};
use sea_orm::{ConnectionTrait, Statement};

on_both_databases!(
    without_a_key_the_whole_is_unassigned_and_said,
    what_the_parts_dont_cover_is_unassigned,
    a_projects_booking_needs_no_part,
    a_reversal_cancels_in_every_division,
    hours_without_a_cost_rate_are_said_at_every_figure_that_lacks_them,
    a_month_without_capacities_is_said_at_the_utilisation,
);

/// Days on which nothing else is booked, and nobody works.
const SUNDAY: &str = "2026-11-15";
const THAT_DAY: &str = "2026-11-15..2026-11-15";

fn booking(bearer: Bearer, amount: i64) -> NewBooking {
    NewBooking {
        day: SUNDAY.parse().unwrap(),
        category: "Rent".to_owned(),
        text: "Hall".to_owned(),
        supplier: "Landlord".to_owned(),
        amount: Money(amount),
        billable: false,
        bearer,
    }
}

/// Books shared costs under a key from that Sunday on.
async fn book_shared(app: &TestApp, weights: &[i64], amounts: &[i64]) {
    let mut change = Change::begin(app.state.db.writer()).await.unwrap();
    let from: NaiveDate = SUNDAY.parse().unwrap();
    change
        .set_key(from, Key((1..).zip(weights.iter().copied()).collect()))
        .await
        .unwrap();
    let bookings = amounts.iter().map(|amount| booking(Bearer::Shared, *amount));
    change.book_costs(bookings).await.unwrap();
    change.commit().await.unwrap();
}

async fn html(browser: &Browser, address: &str, division: &str, period: &str) -> String {
    let answer = browser.figures(address, division, period).await;
    assert_eq!(answer.status, 200, "{address}: {}", answer.body);
    without_openings(answer.json()["html"].as_str().unwrap())
}

/// The cells of Home's row of a division.
fn row(home: &str, division: &str) -> Vec<String> {
    let table = home.split_once("<h2>Divisions</h2>").unwrap().1;
    let row = table
        .split("<tr>")
        .find(|row| row.contains(&format!(">{division}<")))
        .unwrap();
    let cells = row.split("<td").skip(1).map(|cell| cell.split_once('>').unwrap().1);
    cells
        .map(|cell| cell.split_once("</td>").unwrap().0.to_owned())
        .collect()
}

async fn execute(app: &TestApp, sql: &str) {
    app.database.connect().await.execute_unprepared(sql).await.unwrap();
}

async fn number(app: &TestApp, sql: &str) -> i64 {
    let statement = Statement::from_string(app.state.db.backend(), sql);
    let row = app.state.db.writer().query_one_raw(statement).await.unwrap().unwrap();
    row.try_get_by_index(0).unwrap()
}

const OVERHEAD: usize = 5;

async fn without_a_key_the_whole_is_unassigned_and_said(app: TestApp) -> TestApp {
    book_shared(&app, &[0, 0, 0], &[785_080]).await;
    let browser = app.logged_in(CONTROLLER).await;
    let all = html(&browser, "/", "all", THAT_DAY).await;
    assert!(row(&all, "Unassigned")[OVERHEAD].contains("€7,850.80"), "{all}");
    let web = &row(&all, "Web")[OVERHEAD];
    assert!(web.contains("€7,850.80 of shared bookings are not split"), "{web}");
    let total = all
        .rsplit_once("<h2>Projects over")
        .unwrap()
        .0
        .rsplit_once("<tfoot>")
        .unwrap()
        .1;
    assert!(total.contains(">€7,850.80<"), "the whole lacks nothing: {total}");
    let costs = html(&browser, "/costs", "all", THAT_DAY).await;
    assert!(
        costs.contains("shared, and not split") && costs.contains("€7,850.80"),
        "{costs}"
    );
    // In a single division the incomplete figure is marked. Only users who may see unassigned costs learn the amount.
    for (email, said) in [
        (CONTROLLER, "€7,850.80 of shared bookings are not split"),
        (WEB_LEAD, "some shared bookings are not split"),
    ] {
        let browser = app.logged_in(email).await;
        let home = html(&browser, "/", "web", THAT_DAY).await;
        assert!(home.contains(said), "{email}: {home}");
        assert_eq!(home.contains("7,850.80"), email == CONTROLLER, "{home}");
        let costs = html(&browser, "/costs", "web", THAT_DAY).await;
        assert!(costs.contains(said), "{email}: {costs}");
    }
    app
}

async fn what_the_parts_dont_cover_is_unassigned(app: TestApp) -> TestApp {
    execute(
        &app,
        &format!(
            "INSERT INTO bookings (booked_on, category, text, supplier, amount, billable, shared, search)
             VALUES ('{SUNDAY}', 'Rent', 'Hall', 'Landlord', 100000, FALSE, TRUE, 'hall')"
        ),
    )
    .await;
    let browser = app.logged_in(CONTROLLER).await;
    let all = html(&browser, "/", "all", THAT_DAY).await;
    assert!(row(&all, "Unassigned")[OVERHEAD].contains("€1,000.00"), "{all}");
    execute(
        &app,
        "INSERT INTO booking_parts (booking_id, division_id, amount) SELECT MAX(id), 1, 30000 FROM bookings",
    )
    .await;
    let all = html(&browser, "/", "all", THAT_DAY).await;
    assert!(row(&all, "Unassigned")[OVERHEAD].contains("€700.00"), "{all}");
    assert!(row(&all, "Web")[OVERHEAD].contains("€300.00"), "{all}");
    let costs = html(&browser, "/costs", "all", THAT_DAY).await;
    assert!(costs.rsplit_once("<tfoot>").unwrap().1.contains("€1,000.00"), "{costs}");
    app
}

async fn a_projects_booking_needs_no_part(app: TestApp) -> TestApp {
    execute(
        &app,
        &format!(
            "INSERT INTO bookings (booked_on, category, text, supplier, amount, billable, project_id, shared, search)
             SELECT '{SUNDAY}', 'Travel', 'Train', 'Rail', 123456, FALSE, id, FALSE, 'train' FROM projects WHERE code = 'WEB-001'"
        ),
    )
    .await;
    let browser = app.logged_in(CONTROLLER).await;
    for division in ["web", "all"] {
        for address in ["/", "/projects", "/projects/WEB-001", "/costs"] {
            let page = html(&browser, address, division, THAT_DAY).await;
            assert!(page.contains("€1,234.56"), "{address} {division}: {page}");
        }
    }
    app
}

async fn a_reversal_cancels_in_every_division(app: TestApp) -> TestApp {
    book_shared(&app, &[1, 1, 1], &[78_508, -78_508, 1, -1, 18_225, -18_225]).await;
    let parts = "SELECT COUNT(*) FROM (SELECT s.division_id FROM booking_parts s JOIN bookings b ON b.id = s.booking_id
                 WHERE b.booked_on = '2026-11-15' GROUP BY 1 HAVING SUM(s.amount) <> 0) AS uneven";
    assert_eq!(number(&app, parts).await, 0);
    let largest = "SELECT s.amount FROM booking_parts s JOIN bookings b ON b.id = s.booking_id
                   WHERE b.booked_on = '2026-11-15' AND b.amount = -78508 AND s.division_id = 1";
    assert_eq!(number(&app, largest).await, -26_170);
    let browser = app.logged_in(CONTROLLER).await;
    let all = html(&browser, "/", "all", THAT_DAY).await;
    for division in ["Web", "Mobile", "Design"] {
        assert_eq!(row(&all, division)[OVERHEAD], "€0.00");
    }
    app
}

async fn hours_without_a_cost_rate_are_said_at_every_figure_that_lacks_them(app: TestApp) -> TestApp {
    let unrated = "SELECT CAST(SUM(minutes) AS BIGINT) FROM time_entries
                   WHERE labour_cost IS NULL AND worked_on >= '2026-01-01'";
    let minutes = number(&app, unrated).await;
    assert!(minutes > 0);
    let said = format!(
        "{}.{:02}\u{a0}h have no cost rate",
        minutes / 60,
        minutes % 60 * 100 / 60
    );
    let browser = app.logged_in(CONTROLLER).await;
    let home = html(&browser, "/", "all", "2026").await;
    for tile in ["Cost", "Contribution margin III", "Margin III of revenue"] {
        let tile = home
            .split_once(&format!("<dt>{tile}</dt>"))
            .unwrap()
            .1
            .split_once("</dd>")
            .unwrap()
            .0;
        assert!(tile.contains(&said), "{said}: {tile}");
    }
    assert!(
        !home
            .split_once("<dt>Revenue</dt>")
            .unwrap()
            .1
            .split_once("</dd>")
            .unwrap()
            .0
            .contains("incomplete")
    );
    for address in ["/projects", "/costs"] {
        let page = html(&browser, address, "all", "2026").await;
        assert!(page.contains(&said), "{address}: {said}");
    }
    // A change rests on both periods.
    let june = html(&browser, "/", "all", "2026-06").await;
    let cost = june
        .split_once("<dt>Cost</dt>")
        .unwrap()
        .1
        .split_once("</div>")
        .unwrap()
        .0;
    let (value, change) = cost.split_once("</dd>").unwrap();
    assert!(
        !value.contains("incomplete") && change.contains("no cost rate in 1 May – 31 May 2026"),
        "{cost}"
    );
    // Users who may not see labour cost have no figure that lacks it.
    let viewer = app.logged_in(VIEWER).await;
    for address in ["/", "/projects", "/costs"] {
        assert!(
            !html(&viewer, address, "all", "2026").await.contains("no cost rate"),
            "{address}"
        );
    }
    app
}

async fn a_month_without_capacities_is_said_at_the_utilisation(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    let tile = async || {
        let home = html(&browser, "/", "all", "2026").await;
        home.split_once("<dt>Utilisation</dt>")
            .unwrap()
            .1
            .split_once("</dd>")
            .unwrap()
            .0
            .to_owned()
    };
    assert!(!tile().await.contains("incomplete"));
    execute(&app, "DELETE FROM capacities WHERE month = '2026-05-01'").await;
    let minutes = number(
        &app,
        "SELECT CAST(SUM(minutes) AS BIGINT) FROM time_entries WHERE worked_on BETWEEN '2026-05-01' AND '2026-05-31'",
    )
    .await;
    let tile = tile().await;
    let said = format!("{},{:03}", minutes / 60_000, minutes / 60 % 1000);
    assert!(
        tile.contains("people who have no capacity in that month") && tile.contains(&said),
        "{said}: {tile}"
    );
    app
}
