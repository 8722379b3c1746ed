//! The layout as ARCHITECTURE.md describes it: a table of rooms, from the top down, each with the rooms that it may
//! know.

use crate::tree::Tree;
use std::collections::{BTreeSet, HashMap};

/// The heading of the table in the text.
const HEADING: &str = "| room | in it | may know |";

/// In place of names: all rooms that are listed below.
const ALL_BELOW: &str = "all below";

/// The rooms, from the top down.
pub struct Layout {
    rooms: Vec<Room>,
}

struct Room {
    name: String,
    /// Each a file such as `lib.rs`, or a folder together with the file of the same name.
    places: Vec<String>,
    may_know: BTreeSet<String>,
}

impl Layout {
    /// Reads the table out of the text.
    ///
    /// # Errors
    /// There is no such table, or a room may know something that isn't a room below it.
    pub fn read(text: &str) -> Result<Self, String> {
        let mut lines = text.lines().skip_while(|line| *line != HEADING);
        if lines.next().is_none() {
            return Err(format!("there is no table with the heading {HEADING}"));
        }
        let rows: Vec<[&str; 3]> = lines
            .skip(1)
            .map_while(|line| {
                let cells: Vec<&str> = line
                    .strip_prefix('|')?
                    .strip_suffix('|')?
                    .split('|')
                    .map(str::trim)
                    .collect();
                cells.try_into().ok()
            })
            .collect();
        let mut rooms = Vec::new();
        for (number, [name, places, may_know]) in rows.iter().enumerate() {
            let below: BTreeSet<String> = rows[number + 1..].iter().map(|[name, ..]| (*name).to_owned()).collect();
            let may_know = if *may_know == ALL_BELOW {
                below
            } else {
                let named: BTreeSet<String> = words(may_know).collect();
                if let Some(other) = named.difference(&below).next() {
                    return Err(format!("{name} may know {other}, which is no room below it"));
                }
                named
            };
            rooms.push(Room {
                name: (*name).to_owned(),
                places: words(places).collect(),
                may_know,
            });
        }
        Ok(Self { rooms })
    }

    /// Each file that is in no room, each place without a file, and each arrow to a room that its file may not know.
    pub fn faults(&self, tree: &Tree) -> Vec<String> {
        let files = tree.files();
        let place_of: HashMap<&str, (&Room, &str)> = files
            .iter()
            .filter_map(|file| Some((*file, self.place_of(file)?)))
            .collect();
        let mut faults = Vec::new();
        for file in &files {
            if !place_of.contains_key(file) {
                faults.push(format!("src/{file} is in no room"));
            }
        }
        let used: BTreeSet<&str> = place_of.values().map(|(_, place)| *place).collect();
        for place in self.rooms.iter().flat_map(|room| &room.places) {
            if !used.contains(place.as_str()) {
                faults.push(format!("there is no file at `{place}`"));
            }
        }
        for arrow in tree.arrows() {
            let (Some((from, _)), Some((to, _))) = (place_of.get(&*arrow.from), place_of.get(&*arrow.to)) else {
                continue;
            };
            if from.name != to.name && !from.may_know.contains(&to.name) {
                faults.push(format!(
                    "src/{}:{} -> src/{}: {} may not know {}",
                    arrow.from, arrow.line, arrow.to, from.name, to.name
                ));
            }
        }
        faults
    }

    /// The room of a file and the place that names it most closely.
    fn place_of(&self, file: &str) -> Option<(&Room, &str)> {
        let all = self
            .rooms
            .iter()
            .flat_map(|room| room.places.iter().map(move |place| (room, place.as_str())));
        all.filter(|(_, place)| is_in(file, place))
            .max_by_key(|(_, place)| place.len())
    }
}

/// Whether `file` is at `place`.
fn is_in(file: &str, place: &str) -> bool {
    if place.ends_with(".rs") {
        return file == place;
    }
    let Some(path) = file.strip_suffix(".rs") else {
        return false;
    };
    path.strip_prefix(place)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The names in a cell of the table.
fn words(cell: &str) -> impl Iterator<Item = String> {
    cell.split(',')
        .map(|word| word.trim().trim_matches('`').to_owned())
        .filter(|word| !word.is_empty())
}
