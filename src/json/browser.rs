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

impl Said {
    fn text(&self) -> Option<String> {
        self.0.as_string()
    }

    /// The browser has no other numbers. One that it can't hold exactly is refused, rather than read as another one.
    fn number(&self) -> Option<i64> {
        let number = self.0.as_f64().filter(|_| Number::is_safe_integer(&self.0));
        number.map(|number| number as i64)
    }

    fn values(&self) -> Option<std::vec::IntoIter<Self>> {
        let values: Vec<Self> = self.0.dyn_ref::<Array>()?.iter().map(Self).collect();
        Some(values.into_iter())
    }

    fn fields(&self) -> Option<std::vec::IntoIter<(String, Self)>> {
        let field = |field: JsValue| {
            let field = Array::from(&field);
            Some((field.get(0).as_string()?, Self(field.get(1))))
        };
        let object = self.0.dyn_ref::<Object>()?;
        let fields: Option<Vec<_>> = Object::entries(object).iter().map(field).collect();
        Some(fields?.into_iter())
    }
}

/// What a type is asked for is read; only one that isn't asked for, as among flattened fields, is looked at to see what
/// it is. So the code for a type has the one way in which it is read.
impl<'de> Deserializer<'de> for Said {
    type Error = Unexpected;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unexpected> {
        if self.0.is_string() {
            self.deserialize_string(visitor)
        } else if self.0.is_null() {
            visitor.visit_unit()
        } else if self.0.as_bool().is_some() {
            self.deserialize_bool(visitor)
        } else if self.0.as_f64().is_some() {
            self.deserialize_i64(visitor)
        } else if Array::is_array(&self.0) {
            self.deserialize_seq(visitor)
        } else {
            self.deserialize_map(visitor)
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unexpected> {
        visitor.visit_bool(self.0.as_bool().ok_or(Unexpected)?)
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unexpected> {
        visitor.visit_i64(self.number().ok_or(Unexpected)?)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unexpected> {
        visitor.visit_string(self.text().ok_or(Unexpected)?)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unexpected> {
        self.deserialize_string(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unexpected> {
        self.deserialize_string(visitor)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unexpected> {
        visitor.visit_seq(SeqDeserializer::new(self.values().ok_or(Unexpected)?))
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unexpected> {
        visitor.visit_map(MapDeserializer::new(self.fields().ok_or(Unexpected)?))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unexpected> {
        self.deserialize_map(visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unexpected> {
        visitor.visit_unit()
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
        visitor.visit_enum(self.text().ok_or(Unexpected)?.into_deserializer())
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i128 u8 u16 u32 u64 u128 f32 f64 char bytes byte_buf unit unit_struct tuple tuple_struct
    }
}
