//! Reads what the browser's own parser makes of JSON. What is wrong with a text isn't said: the words for that would be
//! a third of this program, and nobody would read them.

use js_sys::{Array, JSON, Number, Object};
use serde::{
    Deserializer,
    de::{
        DeserializeOwned, Error, IntoDeserializer, Visitor,
        value::{MapDeserializer, SeqDeserializer},
    },
    forward_to_deserialize_any,
};
use std::fmt;
use wasm_bindgen::{JsCast, JsValue};

/// What `text` says, if it is JSON that says a `T`.
pub fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    T::deserialize(Said(JSON::parse(text).ok()?)).ok()
}

/// A value as the browser holds it.
struct Said(JsValue);

/// A value is another one than was expected.
#[derive(Debug)]
struct Unexpected;

impl fmt::Display for Unexpected {
    fn fmt(&self, _formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

impl std::error::Error for Unexpected {}

impl Error for Unexpected {
    fn custom<T: fmt::Display>(_message: T) -> Self {
        Self
    }
}

impl IntoDeserializer<'_, Unexpected> for Said {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Said {
    type Error = Unexpected;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unexpected> {
        let Self(value) = self;
        if let Some(text) = value.as_string() {
            return visitor.visit_string(text);
        }
        if let Some(is_so) = value.as_bool() {
            return visitor.visit_bool(is_so);
        }
        if value.is_null() {
            return visitor.visit_unit();
        }
        // The browser has no other numbers. One that it can't hold exactly is refused, rather than read as another one.
        if Number::is_safe_integer(&value) {
            return visitor.visit_i64(value.as_f64().unwrap_or_default() as i64);
        }
        if let Some(values) = value.dyn_ref::<Array>() {
            return visitor.visit_seq(&mut SeqDeserializer::new(values.iter().map(Self)));
        }
        let Some(object) = value.dyn_ref::<Object>() else {
            return Err(Unexpected);
        };
        let field = |field: JsValue| {
            let field = Array::from(&field);
            (field.get(0).as_string().unwrap_or_default(), Self(field.get(1)))
        };
        visitor.visit_map(&mut MapDeserializer::new(Object::entries(object).iter().map(field)))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unexpected> {
        if self.0.is_null() {
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Unexpected> {
        visitor.visit_newtype_struct(self)
    }

    /// Only enums without further values cross the wire.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unexpected> {
        visitor.visit_enum(self.0.as_string().ok_or(Unexpected)?.into_deserializer())
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct identifier ignored_any
    }
}
