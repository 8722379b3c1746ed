//! One way to the database: `src/` doesn't use sea-orm's own ways to send SQL. The published migrations do, and the
//! tests, which write behind the program's back; so clippy.toml, which holds for all of them, can't forbid these.

use std::collections::BTreeMap;

/// The one way, and the steps, which stay as they were published.
const THEIRS: [&str; 2] = ["server/sql.rs", "server/migrations/"];

const OTHER_WAYS: [&str; 6] = [
    "Statement::from_string",
    ".execute_unprepared(",
    ".execute_raw(",
    ".query_one_raw(",
    ".query_all_raw(",
    ".stream_raw(",
];

/// Each line that sends SQL another way, as `file:line`.
pub fn other_ways(files: &BTreeMap<String, String>) -> Vec<String> {
    let ours = files
        .iter()
        .filter(|(file, _)| !THEIRS.iter().any(|theirs| file.starts_with(theirs)));
    let found = ours.flat_map(|(file, text)| {
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        let lines = code.lines().enumerate();
        let other = lines.filter(|(_, line)| OTHER_WAYS.iter().any(|way| line.contains(way)));
        other.map(move |(number, _)| format!("src/{file}:{}", number + 1))
    });
    found.collect()
}

#[test]
fn another_way_is_noticed_and_those_of_tests_and_steps_are_not() {
    let text = "fn f() {\n    db.execute_unprepared(\"\")\n}\n#[cfg(test)]\nmod tests { db.query_all_raw() }";
    let file = |name: &str| (name.to_owned(), text.to_owned());
    let files = BTreeMap::from([
        file("costs.rs"),
        file("server/migrations/m0001.rs"),
        file("server/sql.rs"),
    ]);
    assert_eq!(other_ways(&files), ["src/costs.rs:2"]);
}
