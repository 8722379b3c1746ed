//! The division pack: a chapter for each division and one for what belongs to none, and before them the proof that they
//! add up to All. To be printed, or handed on as a workbook.
//!
//! It is of everything that a person may see, whatever division is chosen.

mod additive;
mod costs;
mod division;
mod proof;
mod share;

use crate::{
    error::AppError,
    messages::{self, pack, window},
    report::{Content, Panel, Part, Report, withheld_note},
    server::{ledger::Ledger, timeline::Timeline},
    view::RenderContext,
};
use sea_orm::ConnectionTrait;
use share::Share;

/// The pack.
///
/// # Errors
/// The database failed.
pub async fn report(db: &impl ConnectionTrait, context: &RenderContext) -> Result<Report, AppError> {
    let days = context.period.days(context.today);
    let ledger = Ledger::load(db, &context.scope, Timeline::of([days]), context.today, None).await?;
    let shares = Share::all(&ledger, context, &days);
    let mut notes = vec![pack::note(context.scope_name()), messages::home::management_view()];
    notes.extend((!context.scope.includes_labour_cost()).then(withheld_note));
    let note = Panel {
        heading: None,
        contents: vec![Content::note(notes)],
    };
    let proof = proof::chapter(&shares, &ledger, context, &days);
    let divisions = shares.iter().map(|share| {
        let name = share.name(context);
        division::chapter(share, name, &ledger, context, &days)
    });
    let chapters = std::iter::once(proof).chain(divisions).map(Part::Chapter);
    let parts = std::iter::once(Part::Panel(note)).chain(chapters);
    Ok(context.report(window::pack(), parts.collect()))
}
