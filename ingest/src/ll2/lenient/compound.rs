//! Objects and lists that are sent in more than one form.

use std::{borrow::Cow, fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer,
    de::{IgnoredAny, MapAccess, SeqAccess, Visitor, value::MapAccessDeserializer},
};

use super::{Text, limit};
use crate::defect::{Treatment, note};

/// A name given as a string (2.2.0) or as an object with a `name` (2.3.0).
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Named<'a>(pub(crate) Option<Cow<'a, str>>);

impl Named<'_> {
    pub(crate) fn as_deref(&self) -> Option<&str> {
        self.0.as_deref()
    }
}

#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'a"))]
struct WithName<'a> {
    #[serde(default)]
    name: Text<'a>,
}

impl<'de: 'a, 'a> Deserialize<'de> for Named<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let either: Object<'de, WithName<'a>> = Object::deserialize(deserializer)?;
        Ok(Self(match either {
            Object::Is(object) => object.name.into_inner(),
            Object::Text(text) => Text::<{ limit::NAME }>::new(text).into_inner(),
            Object::Nothing => None,
        }))
    }
}

/// An object, the text sent in its place, or nothing.
#[derive(Clone, Debug, Default)]
pub(crate) enum Object<'a, T> {
    #[default]
    Nothing,
    Text(Cow<'a, str>),
    Is(T),
}

impl<T> Object<'_, T> {
    pub(crate) fn get(&self) -> Option<&T> {
        match self {
            Self::Is(object) => Some(object),
            Self::Text(_) | Self::Nothing => None,
        }
    }
}

/// An object, or only its name.
#[derive(Clone, Debug, Default)]
pub(crate) enum OrName<'a, T> {
    #[default]
    Nothing,
    Name(Text<'a>),
    Is(T),
}

impl<T> OrName<'_, T> {
    pub(crate) fn get(&self) -> Option<&T> {
        match self {
            Self::Is(object) => Some(object),
            Self::Name(_) | Self::Nothing => None,
        }
    }

    /// Returns the name; `of` returns that of an object.
    pub(crate) fn name_or<'v>(&'v self, of: impl FnOnce(&'v T) -> Option<&'v str>) -> Option<&'v str> {
        match self {
            Self::Is(object) => of(object),
            Self::Name(name) => name.as_deref(),
            Self::Nothing => None,
        }
    }
}

impl<'de: 'a, 'a, T: Deserialize<'de>> Deserialize<'de> for OrName<'a, T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match Object::deserialize(deserializer)? {
            Object::Is(object) => Self::Is(object),
            Object::Text(text) => Self::Name(Text::new(text)),
            Object::Nothing => Self::Nothing,
        })
    }
}

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ObjectVisitor<T> {
    type Value = Object<'de, T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("any JSON value")
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(Object::Nothing)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
        Ok(Object::Nothing)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> {
        Ok(Object::Nothing)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
        Ok(Object::Nothing)
    }

    fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Self::Value, E> {
        Ok(Object::Text(Cow::Borrowed(value)))
    }

    fn visit_str<E>(self, value: &str) -> Result<Self::Value, E> {
        Ok(Object::Text(Cow::Owned(value.to_owned())))
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Object::Nothing)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Self::Value, A::Error> {
        while sequence.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Object::Nothing)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        T::deserialize(MapAccessDeserializer::new(map)).map(Object::Is)
    }
}

impl<'de: 'a, 'a, T: Deserialize<'de>> Deserialize<'de> for Object<'a, T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ObjectVisitor(PhantomData))
    }
}

/// A list, also if LL2 sends its only member without the brackets (`spacecraft_stage` of 2.2.0) or null.
#[derive(Clone, Debug)]
pub(crate) struct List<T>(pub(crate) Vec<T>);

impl<T> Default for List<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

struct ListVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ListVisitor<T> {
    type Value = List<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("any JSON value")
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(List::default())
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
        Ok(List::default())
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> {
        Ok(List::default())
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
        Ok(List::default())
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(List::default())
    }

    fn visit_str<E>(self, _: &str) -> Result<Self::Value, E> {
        Ok(List::default())
    }

    /// Skips elements that are not objects.
    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while members.len() < limit::MEMBERS {
            match sequence.next_element::<Object<'de, T>>()? {
                Some(Object::Is(member)) => members.push(member),
                Some(Object::Text(_) | Object::Nothing) => {}
                None => return Ok(List(members)),
            }
        }
        if sequence.next_element::<IgnoredAny>()?.is_some() {
            note("list", Treatment::Cut);
            while sequence.next_element::<IgnoredAny>()?.is_some() {}
        }
        Ok(List(members))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        T::deserialize(MapAccessDeserializer::new(map)).map(|member| List(vec![member]))
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for List<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ListVisitor(PhantomData))
    }
}

/// A text in one API version, a list of objects in the other.
pub(crate) enum TextOrList<'a, T> {
    Text(Text<'a>),
    List(Vec<T>),
}

struct TextOrListVisitor<'a, T>(PhantomData<(&'a str, T)>);

impl<'de: 'a, 'a, T: Deserialize<'de>> Visitor<'de> for TextOrListVisitor<'a, T> {
    type Value = TextOrList<'a, T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("any JSON value")
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(TextOrList::List(Vec::new()))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
        Ok(TextOrList::List(Vec::new()))
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> {
        Ok(TextOrList::List(Vec::new()))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
        Ok(TextOrList::List(Vec::new()))
    }

    fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Self::Value, E> {
        Ok(TextOrList::Text(Text::new(Cow::Borrowed(value))))
    }

    fn visit_str<E>(self, value: &str) -> Result<Self::Value, E> {
        Ok(TextOrList::Text(Text::new(Cow::Owned(value.to_owned()))))
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(TextOrList::List(Vec::new()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, sequence: A) -> Result<Self::Value, A::Error> {
        ListVisitor(PhantomData).visit_seq(sequence).map(|list| TextOrList::List(list.0))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        ListVisitor(PhantomData).visit_map(map).map(|list| TextOrList::List(list.0))
    }
}

impl<'de: 'a, 'a, T: Deserialize<'de>> Deserialize<'de> for TextOrList<'a, T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TextOrListVisitor(PhantomData))
    }
}
