//! What figures lack: several reasons together, each said once.

use crate::{
    message::{Joint, Value},
    messages,
};

/// The most different reasons that a note made from the figures themselves lists.
const MOST_REASONS: usize = 3;

/// Several reasons together; `None` if there are none.
pub fn together(lacks: impl IntoIterator<Item = Option<Value>>) -> Option<Value> {
    lacks.into_iter().flatten().reduce(both)
}

/// Two reasons together.
pub fn both(one: Value, other: Value) -> Value {
    let mut all = Vec::new();
    for value in [one, other] {
        match value {
            Value::Joined(values, Joint::Semicolon) => all.extend(values),
            value => all.push(value),
        }
    }
    Value::Joined(all, Joint::Semicolon)
}

/// What is missing according to all of `lacks`, each reason once; `None` if there are none.
pub fn collected<'a>(lacks: impl Iterator<Item = &'a Value>) -> Option<Value> {
    let each = lacks.flat_map(|reason| match reason {
        Value::Joined(reasons, Joint::Semicolon) => reasons.as_slice(),
        reason => std::slice::from_ref(reason),
    });
    let mut different: Vec<&Value> = Vec::new();
    for reason in each {
        if !different.contains(&reason) {
            different.push(reason);
        }
    }
    if different.len() > MOST_REASONS {
        return Some(messages::lacks::at_each().into());
    }
    together(different.into_iter().cloned().map(Some))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_collected_once() {
        let reasons = |texts: &[&str]| texts.iter().map(|text| Value::text(*text)).collect::<Vec<_>>();
        let of = |texts: &[&str]| collected(reasons(texts).iter());
        assert_eq!(of(&[]), None);
        assert_eq!(of(&["1", "1"]), Some(Value::text("1")));
        assert_eq!(
            of(&["1", "2", "1"]),
            Some(Value::Joined(reasons(&["1", "2"]), Joint::Semicolon))
        );
        let two = both(Value::text("1"), Value::text("2"));
        assert_eq!(collected([Value::text("1"), two.clone()].iter()), Some(two));
        assert_eq!(of(&["1", "2", "3", "4"]), Some(messages::lacks::at_each().into()));
    }
}
