//! The settings that figures are for, each found by its type. A view that asks for one need not know that it is a setting:
//! of a type that is none, or not yet, it gets the default.

use std::{
    any::{Any, TypeId},
    collections::{BTreeMap, HashMap},
    fmt,
    hash::{Hash, Hasher},
    sync::Arc,
};

/// Chosen values. Two are equal where the texts of all values are.
#[derive(Clone, Default)]
pub struct Chosen {
    texts: BTreeMap<&'static str, String>,
    values: HashMap<TypeId, Arc<dyn Any + Send + Sync>>,
}

impl Chosen {
    /// Adds the `value` of the setting `key`, whose text is `text`.
    pub fn insert(&mut self, key: &'static str, text: String, value: Arc<dyn Any + Send + Sync>) {
        self.texts.insert(key, text);
        self.values.insert((*value).type_id(), value);
    }

    /// The value of this type.
    pub fn get<T: Any + Clone + Default>(&self) -> T {
        let value = self.values.get(&TypeId::of::<T>());
        value
            .and_then(|value| value.downcast_ref::<T>().cloned())
            .unwrap_or_default()
    }

    /// Each setting's key with the text of its value.
    pub fn texts(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.texts.iter().map(|(key, text)| (*key, text.as_str()))
    }
}

impl PartialEq for Chosen {
    fn eq(&self, other: &Self) -> bool {
        self.texts == other.texts
    }
}

impl Eq for Chosen {}

impl Hash for Chosen {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.texts.hash(state);
    }
}

impl fmt::Debug for Chosen {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.texts.fmt(formatter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_found_by_its_type() {
        let mut chosen = Chosen::default();
        assert_eq!(chosen.get::<u64>(), 0);
        chosen.insert("rows", "25".to_owned(), Arc::new(25_u64));
        assert_eq!((chosen.get::<u64>(), chosen.get::<u32>()), (25, 0));
        let mut other = Chosen::default();
        other.insert("rows", "50".to_owned(), Arc::new(50_u64));
        assert_ne!(chosen, other);
    }
}
