//! A figure beside the same of All, and its share of that.

use super::{opened::Opened, value::Values};
use crate::{
    division::Division,
    error::AppError,
    measure::Measure,
    messages::{measure as words, setting},
    place::Place,
    report::{Cell, Column, Content, Opening, Panel, Row, Table},
    server::{ledger::Ledger, timeline::Timeline},
    view::RenderContext,
};
use sea_orm::ConnectionTrait;

/// The figure beside that of All, if it is of less than this person may see.
pub(super) async fn panel<C: ConnectionTrait>(
    opened: &Opened<'_, C>,
    values: &Values,
) -> Result<Option<Panel>, AppError> {
    let (here, measure) = (opened.context, opened.measure);
    if here.scope == here.everything || !measure.may_be_seen_in(&here.everything) {
        return Ok(None);
    }
    let place = Place {
        of: None,
        ..opened.place.clone()
    };
    let context = RenderContext {
        division: Division::All,
        ..here.narrowed(here.everything.clone(), here.period.clone())
    };
    let timeline = Timeline::of([opened.days]);
    let ledger = Ledger::load(
        opened.db,
        &context.scope,
        timeline,
        here.today,
        place.project.as_deref(),
    )
    .await?;
    let all = Opened {
        db: opened.db,
        context: &context,
        measure,
        place: &place,
        days: opened.days,
        ledger: &ledger,
        row: 1,
    };
    let of_all = Values::of(&all, None).await?;
    let opening = Opening {
        href: here.link_for(&place.address(measure, 1), &Division::All),
        measure,
        place: place.clone(),
    };
    let is_part = is_part_of_all(measure);
    let row = |name: Cell, cell: Cell, of: &Values| {
        let mut cells = vec![name, cell];
        cells.extend(is_part.then(|| of.share_of(&of_all)));
        Row::new(cells)
    };
    let mut columns = vec![Column::text(setting::division()), Column::figure(measure.name())];
    columns.extend(is_part.then(|| Column::figure(words::share_of_all())));
    let table = Table {
        name: "beside-all",
        caption: words::beside_all().into(),
        columns,
        rows: vec![
            row(Cell::of(here.scope_name()), values.cell(), values),
            row(Cell::of(context.scope_name()), of_all.cell().opening(opening), &of_all),
        ],
        total: None,
        lacks: None,
        empty: words::nothing(),
    };
    Ok(Some(Panel::new(words::beside_all(), vec![Content::Table(table)])))
}

/// Whether the figures of the divisions, and of what belongs to none, add up to that of All. Shares, rates and what is
/// used of a budget don't.
fn is_part_of_all(measure: Measure) -> bool {
    use Measure::{Burn, EffectiveRate, MarginOneShare, MarginThreeShare, MarginTwoShare, Utilisation};
    !matches!(
        measure,
        MarginOneShare | MarginTwoShare | MarginThreeShare | EffectiveRate | Utilisation | Burn
    )
}
