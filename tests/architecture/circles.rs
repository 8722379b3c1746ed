//! Circles of files, each as its shortest chain of arrows.

use crate::tree::Arrow;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// The arrows that leave each file.
type Leaving<'a> = BTreeMap<&'a str, Vec<&'a Arrow>>;

/// One circle for each group of files that all lead to each other, as it can be printed.
pub fn find(arrows: &BTreeSet<Arrow>) -> Vec<String> {
    let mut leaving = Leaving::new();
    for arrow in arrows {
        leaving.entry(&arrow.from).or_default().push(arrow);
    }
    let mut circles = Vec::new();
    let mut told = BTreeSet::new();
    for file in leaving.keys().copied() {
        if told.contains(file) {
            continue;
        }
        let group = group_of(&leaving, file);
        let chains = group.iter().filter_map(|file| chain(&leaving, file, file));
        if let Some(shortest) = chains.min_by_key(Vec::len) {
            circles.push(print(&shortest, &group));
        }
        told.extend(group);
    }
    circles
}

/// The files to which `file` leads and which lead back to it, and itself.
fn group_of<'a>(leaving: &Leaving<'a>, file: &'a str) -> BTreeSet<&'a str> {
    let there = reachable(leaving, file);
    let leads_back = there
        .into_iter()
        .filter(|other| reachable(leaving, other).contains(file));
    leads_back.chain([file]).collect()
}

fn reachable<'a>(leaving: &Leaving<'a>, file: &str) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    let mut open: Vec<&'a Arrow> = leaving.get(file).cloned().unwrap_or_default();
    while let Some(arrow) = open.pop() {
        if found.insert(arrow.to.as_str()) {
            open.extend(leaving.get(arrow.to.as_str()).into_iter().flatten());
        }
    }
    found
}

/// The shortest way over at least one arrow.
fn chain<'a>(leaving: &Leaving<'a>, from: &str, to: &str) -> Option<Vec<&'a Arrow>> {
    let mut open: VecDeque<Vec<&'a Arrow>> = VecDeque::from([Vec::new()]);
    let mut seen = BTreeSet::new();
    while let Some(way) = open.pop_front() {
        let at = way.last().map_or(from, |arrow| arrow.to.as_str());
        if at == to && !way.is_empty() {
            return Some(way);
        }
        for arrow in leaving.get(at).into_iter().flatten() {
            if seen.insert(arrow.to.as_str()) {
                open.push_back(way.iter().copied().chain([*arrow]).collect());
            }
        }
    }
    None
}

fn print(chain: &[&Arrow], group: &BTreeSet<&str>) -> String {
    let mut text = String::from("a circle:\n");
    for arrow in chain {
        text += &format!("  src/{}:{} -> src/{}\n", arrow.from, arrow.line, arrow.to);
    }
    if group.len() > chain.len() {
        let all: Vec<&str> = group.iter().copied().collect();
        text += &format!("  it is the shortest among {} files: {}\n", all.len(), all.join(", "));
    }
    text
}
