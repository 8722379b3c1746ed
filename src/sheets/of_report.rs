//! The sheets of a report: a table each for its key figures and facts, its charts, its tables and lists.

use super::Sheet;
use crate::{
    message::{Message, Value},
    messages::{export, figure},
    report::{Cell, Chapter, Column, Content, Fact, Panel, Part, Report, Row, Table, Tile},
};
use std::borrow::Cow;

/// The sheets of `report`, in the order of the page.
pub fn sheets(report: &Report) -> Vec<Sheet<'_>> {
    let mut sheets = Vec::new();
    for part in &report.parts {
        match part {
            Part::Tiles(tiles) => add(&mut sheets, Sheet::own(key_figures(tiles))),
            Part::Panel(panel) => add_panel(&mut sheets, panel),
            Part::Beside(panels) => panels.iter().for_each(|panel| add_panel(&mut sheets, panel)),
            Part::Chapter(chapter) => sheets.extend(of_chapter(chapter)),
        }
    }
    sheets
}

/// The sheets of a chapter, whose names begin with its own.
fn of_chapter(chapter: &Chapter) -> impl Iterator<Item = Sheet<'_>> {
    let mut sheets = Vec::new();
    chapter.panels.iter().for_each(|panel| add_panel(&mut sheets, panel));
    sheets.into_iter().map(move |sheet| Sheet {
        name: chapter.table_name(&sheet.name).into(),
        chapter: Some(chapter),
        ..sheet
    })
}

fn add_panel<'a>(sheets: &mut Vec<Sheet<'a>>, panel: &'a Panel) {
    let first = sheets.len();
    for content in &panel.contents {
        match content {
            Content::Table(table) => add(sheets, Sheet::of(Cow::Borrowed(table))),
            Content::List(list) => add(
                sheets,
                Sheet {
                    all: Some((&list.all, list.pager.total)),
                    ..Sheet::of(Cow::Borrowed(&list.table))
                },
            ),
            Content::Chart(chart) => add(sheets, Sheet::own(chart.table())),
            Content::Facts(facts) => {
                let title = panel.heading.clone().unwrap_or_else(|| export::facts().into());
                add(sheets, Sheet::own(facts_table(facts, title)));
            }
            Content::Note(_) | Content::Instead(_) => {}
        }
    }
    for sheet in &mut sheets[first..] {
        sheet.notes.extend(words_of(panel));
    }
}

/// What the sections of `report` say that have no sheet: why there are no figures.
pub fn words_without_sheet(report: &Report) -> Vec<Value> {
    let panels = report.parts.iter().flat_map(|part| match part {
        Part::Tiles(_) => &[],
        Part::Panel(panel) => std::slice::from_ref(panel),
        Part::Beside(panels) => panels.as_slice(),
        Part::Chapter(chapter) => chapter.panels.as_slice(),
    });
    let is_words = |panel: &&Panel| {
        let mut contents = panel.contents.iter();
        contents.all(|content| matches!(content, Content::Note(_) | Content::Instead(_)))
    };
    panels.filter(is_words).flat_map(words_of).collect()
}

/// What `panel` says in sentences. The first of several phrases says it; the others lead on.
fn words_of(panel: &Panel) -> impl Iterator<Item = Value> {
    panel.contents.iter().filter_map(|content| match content {
        Content::Note(phrases) | Content::Instead(phrases) => Some(phrases.first()?.words.clone()),
        _ => None,
    })
}

/// Adds `sheet` under a name that no other one has.
fn add<'a>(sheets: &mut Vec<Sheet<'a>>, mut sheet: Sheet<'a>) {
    let same = sheets.iter().filter(|other| other.table.name == sheet.table.name);
    match same.count() {
        0 => {}
        before => sheet.name = format!("{}-{}", sheet.name, before + 1).into(),
    }
    sheets.push(sheet);
}

impl<'a> Sheet<'a> {
    fn own(table: Table) -> Self {
        Self::of(Cow::Owned(table))
    }

    fn of(table: Cow<'a, Table>) -> Self {
        Self {
            name: table.name.into(),
            title: table.caption.clone(),
            all: None,
            notes: Vec::new(),
            chapter: None,
            table,
        }
    }
}

fn key_figures(tiles: &[Tile]) -> Table {
    // Where nothing is compared, there is no place for it.
    let mut columns = vec![
        Column::text(export::key_figure()),
        Column::figure(export::value()),
        Column::text(export::unit()),
    ];
    if tiles.iter().any(|tile| tile.change.is_some()) {
        columns.extend([
            Column::figure(export::change()),
            Column::text(export::unit_of_change()),
            Column::text(export::compared_with()),
        ]);
    }
    let width = columns.len();
    let rows = tiles.iter().map(|tile| {
        let mut cells = vec![Cell::of(tile.label.clone()), tile.value.clone(), unit(&tile.value)];
        cells.extend(match &tile.change {
            Some(change) => {
                let by = match &change.by {
                    Some(by) => Cell::of(by.clone()).lacking(change.lacks.as_ref()),
                    None => Cell::Missing(change.words.clone()),
                };
                let unit = unit(&by);
                [by, unit, Cell::of(change.before.clone())]
            }
            None => [Cell::Blank, Cell::Blank, Cell::Blank],
        });
        cells.truncate(width);
        Row::new(cells)
    });
    Table {
        name: "key-figures",
        caption: export::key_figures().into(),
        columns,
        rows: rows.collect(),
        total: None,
        lacks: None,
        empty: figure::none(),
    }
}

fn facts_table(facts: &[Fact], title: Value) -> Table {
    let rows = facts.iter().map(|Fact { name, value }| {
        let cells = vec![Cell::of(name.clone()), value.clone(), unit(value)];
        Row::new(cells)
    });
    Table {
        name: "facts",
        caption: title,
        columns: vec![
            Column::text(export::fact()),
            Column::text(export::value()),
            Column::text(export::unit()),
        ],
        rows: rows.collect(),
        total: None,
        lacks: None,
        empty: figure::none(),
    }
}

/// What a value that stands among others is counted in.
fn unit(cell: &Cell) -> Cell {
    let of_value = |value: &Value| -> Option<Message> {
        Some(match value {
            Value::Money(_) | Value::MoneyChange(_) => export::unit_money(),
            Value::Minutes(_) => export::unit_hours(),
            Value::Rate(_) => export::unit_rate(),
            Value::Share(_) | Value::Change(_) => export::unit_share(),
            Value::Points(_) => export::unit_points(),
            _ => return None,
        })
    };
    let message = match cell {
        Cell::Value(value) | Cell::Link { value, .. } => of_value(value),
        Cell::Burn(_) => Some(export::unit_share()),
        Cell::Lacking { figure, .. } | Cell::Figure { figure, .. } | Cell::Calculated { figure, .. } => {
            return unit(figure);
        }
        _ => None,
    };
    message.map_or(Cell::Blank, Cell::of)
}
