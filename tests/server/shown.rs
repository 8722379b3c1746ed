//! The content of a page: its key figures, its facts and its tables, as text without markup.

use std::{fmt, iter::Peekable, str::Lines};

/// The figures of one page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// Key figures and facts with their names, in their order; a change against another time is an entry of its own.
    pub figures: Vec<(String, String)>,
    pub tables: Vec<Table>,
}

/// A table as it is read: its caption, the headings of its columns, and its rows with the total as the last one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    pub caption: String,
    pub headings: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

/// The text between cells on a line.
const BETWEEN: &str = " | ";

/// Parts of the page that are no figure, or are there a second time: drawings, parts that unfold, and words for screen
/// readers alone, except those about missing data.
fn is_aside(name: &str, attributes: &str) -> bool {
    let is_for_the_ear = attributes.contains("visually-hidden") && !attributes.contains("missing");
    matches!(name, "svg" | "summary") || (name == "span" && is_for_the_ear) || attributes.contains("\"formula\"")
}

impl Shown {
    /// Reads the HTML of a page.
    pub fn of(html: &str) -> Self {
        let mut shown = Self::default();
        let (mut name, mut text) = (String::new(), String::new());
        let mut is_change = false;
        let mut aside: Option<(String, u32)> = None;
        for (number, part) in html.split('<').enumerate() {
            let (tag, after) = if number == 0 {
                ("", part)
            } else {
                part.split_once('>').unwrap_or((part, ""))
            };
            let is_end = tag.starts_with('/');
            let (element, attributes) = tag
                .trim_start_matches('/')
                .split_once(' ')
                .unwrap_or((tag.trim_start_matches('/'), ""));
            match &mut aside {
                Some((around, depth)) if around == element => {
                    *depth = if is_end { *depth - 1 } else { *depth + 1 };
                    if *depth == 0 {
                        aside = None;
                    }
                }
                Some(_) => {}
                None if !is_end && is_aside(element, attributes) => aside = Some((element.to_owned(), 1)),
                None => match (element, is_end) {
                    ("caption" | "th" | "td" | "dt", false) => text.clear(),
                    ("dd", false) => {
                        text.clear();
                        is_change = attributes.contains("\"change");
                    }
                    ("table", false) => shown.tables.push(Table::default()),
                    ("tr", false) if !shown.tables.is_empty() => shown.table().rows.push(Vec::new()),
                    ("caption", true) => shown.table().caption = plain(&text),
                    ("th" | "td", true) => {
                        let cell = plain(&text);
                        shown.table().rows.last_mut().unwrap().push(cell);
                    }
                    ("thead", true) => {
                        let headings = shown.table().rows.pop().unwrap();
                        shown.table().headings = headings;
                    }
                    ("dt", true) => name = plain(&text),
                    ("dd", true) => {
                        let name = if is_change {
                            format!("{name}, change")
                        } else {
                            name.clone()
                        };
                        shown.figures.push((name, plain(&text)));
                    }
                    _ => {}
                },
            }
            if aside.is_none() {
                text.push_str(after);
            }
        }
        shown
    }

    fn table(&mut self) -> &mut Table {
        self.tables.last_mut().unwrap()
    }

    /// Reads the text that [`fmt::Display`] has written, up to the first line that begins with `=`.
    pub fn read(lines: &mut Peekable<Lines>) -> Self {
        let mut shown = Self::default();
        while let Some(line) = lines.next_if(|line| !line.starts_with('=')) {
            let cells = |line: &str| line.split(BETWEEN).map(str::to_owned).collect();
            if let Some(caption) = line.strip_prefix('#') {
                let headings = lines.next().map(cells).unwrap_or_default();
                shown.tables.push(Table {
                    caption: caption.trim().to_owned(),
                    headings,
                    rows: Vec::new(),
                });
            } else if shown.tables.is_empty() {
                let (name, value) = line.split_once(": ").unwrap_or_else(|| panic!("no figure: {line}"));
                shown.figures.push((name.to_owned(), value.to_owned()));
            } else {
                shown.table().rows.push(cells(line));
            }
        }
        shown
    }
}

impl fmt::Display for Shown {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, value) in &self.figures {
            writeln!(formatter, "{name}: {value}")?;
        }
        for table in &self.tables {
            writeln!(formatter, "# {}\n{}", table.caption, table.headings.join(BETWEEN))?;
            for row in &table.rows {
                writeln!(formatter, "{}", row.join(BETWEEN))?;
            }
        }
        Ok(())
    }
}

/// `html` without the links by which figures open: the figures alone.
pub fn without_openings(html: &str) -> String {
    let mut parts = html.split("<a href=\"");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once("\" class=\"opens\">") {
            // No other link ends in between.
            Some((href, rest)) if !href.contains('"') => plain.push_str(&rest.replacen("</a>", "", 1)),
            _ => {
                plain.push_str("<a href=\"");
                plain.push_str(part);
            }
        }
    }
    plain
}

/// The words of `text`, which may hold entities.
pub fn plain(text: &str) -> String {
    let text = text.replace('\u{a0}', " ");
    let entities = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#x27;", "'"),
        ("&#39;", "'"),
        ("&nbsp;", " "),
        ("&amp;", "&"),
    ];
    let text = entities
        .iter()
        .fold(text, |text, (entity, sign)| text.replace(entity, sign));
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn what_a_page_shows_is_read_without_its_markup() {
    let html = r#"<dl class="tiles"><div class="tile"><dt>Revenue</dt><dd class="value">€1.00</dd>
        <dd class="change up good">+4.2&nbsp;% vs 2025<span class="visually-hidden">, better</span></dd>
        <dd class="formula"><details><summary>How</summary><p>One &lt; two</p></details></dd></div></dl>
        <svg><title>7</title><g><svg></svg></g></svg>
        <table><caption class="visually-hidden">Divisions</caption><thead><tr><th>Name</th><th>CM I</th></tr></thead>
        <tbody><tr><th><span class="badge">Web &amp; co</span></th><td>-€5.00<span aria-hidden="true"
        >*</span><span class="visually-hidden missing"> (incomplete)</span></td></tr></tbody>
        <tfoot><tr><th>All</th><td>-€5.00</td></tr></tfoot></table>"#;
    let shown = Shown::of(html);
    let text = "Revenue: €1.00\nRevenue, change: +4.2 % vs 2025\n# Divisions\nName | CM I\nWeb & co | -€5.00* (incomplete)\nAll | -€5.00\n";
    assert_eq!(shown.to_string(), text);
    assert_eq!(Shown::read(&mut text.lines().peekable()), shown);
}
