//! How the cells of a sheet look.

use crate::sheets::Plain;
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder};

/// The number of the format that shows a day as the machine's region writes it.
const DAY_OF_REGION: u8 = 14;

/// The narrowest and the widest column, in characters.
const NARROWEST: u8 = 8;
const WIDEST: u8 = 60;

/// The formats of a file.
pub(super) struct Formats {
    rows: Looks,
    totals: Looks,
    heading: Format,
    heading_of_figures: Format,
    pub(super) title: Format,
    pub(super) label: Format,
    pub(super) wrapped: Format,
    pub(super) moment: Format,
}

/// The formats of the rows, or of a total.
struct Looks {
    words: Format,
    money: Format,
    hours: Format,
    clock: Format,
    rate: Format,
    share: Format,
    points: Format,
    count: Format,
    day: Format,
    month: Format,
}

impl Looks {
    fn of(plain: &Format) -> Self {
        let number = |format: &str| plain.clone().set_num_format(format);
        Self {
            words: plain.clone(),
            money: number("#,##0.00 \"€\""),
            hours: number("#,##0.00"),
            clock: number("[h]:mm").set_align(FormatAlign::Right),
            rate: number("#,##0.00 \"€/h\""),
            share: number("0.0%"),
            points: number("0.0"),
            count: number("#,##0"),
            day: plain.clone().set_num_format_index(DAY_OF_REGION),
            month: number("mm/yyyy").set_align(FormatAlign::Left),
        }
    }
}

impl Default for Formats {
    fn default() -> Self {
        let heading = Format::new()
            .set_bold()
            .set_border_bottom(FormatBorder::Thin)
            .set_text_wrap();
        Self {
            rows: Looks::of(&Format::new()),
            totals: Looks::of(&Format::new().set_bold().set_border_top(FormatBorder::Thin)),
            heading_of_figures: heading.clone().set_align(FormatAlign::Right),
            heading,
            title: Format::new().set_bold().set_font_size(14),
            label: Format::new().set_bold().set_align(FormatAlign::Top),
            wrapped: Format::new().set_text_wrap().set_align(FormatAlign::Top),
            moment: Format::new()
                .set_num_format("yyyy-mm-dd hh:mm")
                .set_align(FormatAlign::Left),
        }
    }
}

impl Formats {
    fn looks(&self, is_total: bool) -> &Looks {
        if is_total { &self.totals } else { &self.rows }
    }

    pub(super) fn of(&self, cell: &Plain, is_total: bool) -> &Format {
        let looks = self.looks(is_total);
        match cell {
            Plain::Empty | Plain::Text(_) => &looks.words,
            Plain::Money(_) => &looks.money,
            Plain::Hours(_) => &looks.hours,
            Plain::Rate(_) => &looks.rate,
            Plain::Share(_) => &looks.share,
            Plain::Points(_) => &looks.points,
            Plain::Count(_) => &looks.count,
            Plain::Day(_) => &looks.day,
            Plain::Month(_) => &looks.month,
        }
    }

    pub(super) fn words(&self, is_total: bool) -> &Format {
        &self.looks(is_total).words
    }

    pub(super) fn clock(&self, is_total: bool) -> &Format {
        &self.looks(is_total).clock
    }

    pub(super) fn heading(&self, is_figure: bool) -> &Format {
        if is_figure {
            &self.heading_of_figures
        } else {
            &self.heading
        }
    }
}

/// The width of a column whose longest text has so many characters.
pub(super) fn width(characters: usize) -> u8 {
    u8::try_from(characters)
        .unwrap_or(WIDEST)
        .saturating_add(1)
        .clamp(NARROWEST, WIDEST)
}
