use chrono::{DateTime, FixedOffset, Offset as _, Utc};
use leptos::prelude::*;
use strum::VariantArray;

/// The time zone in which times of day are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, VariantArray)]
pub enum Zone {
    #[default]
    Utc,
    /// The reader's zone.
    Local,
    /// The launch pad's zone.
    Pad,
}

impl Zone {
    pub const ALL: [Self; Self::VARIANTS.len()] = domain::variants(Self::VARIANTS);

    pub fn label(self) -> &'static str {
        match self {
            Self::Utc => "UTC",
            Self::Local => "Local",
            Self::Pad => "Pad",
        }
    }
}

/// Provides the chosen zone to all pages. It starts as UTC on both sides; the reader's earlier choice is read from
/// the browser's storage after hydration.
pub fn provide_zone() {
    let zone = RwSignal::new(Zone::default());
    provide_context(zone);
    #[cfg(feature = "hydrate")]
    browser::keep(zone);
}

/// Returns the chosen zone.
pub fn use_zone() -> RwSignal<Zone> {
    expect_context::<RwSignal<Zone>>()
}

/// Returns the offset of `zone` at an instant; `pad_timezone` is the IANA name that LL2 gives for the pad's location.
///
/// The time zone rules come from the browser: a copy of the database would double the download. The server renders only
/// UTC. A pad without a zone, or with one that the browser does not know, is shown in UTC.
pub fn offset_at(zone: Zone, pad_timezone: Option<&str>, at: DateTime<Utc>) -> FixedOffset {
    match zone {
        Zone::Utc => Utc.fix(),
        #[cfg(feature = "hydrate")]
        Zone::Local => browser::local_offset(at),
        #[cfg(feature = "hydrate")]
        Zone::Pad => pad_timezone.and_then(|name| browser::named_offset(name, at)).unwrap_or_else(|| Utc.fix()),
        #[cfg(not(feature = "hydrate"))]
        Zone::Local | Zone::Pad => {
            let _ = (pad_timezone, at);
            Utc.fix()
        }
    }
}

#[cfg(feature = "hydrate")]
mod browser {
    use std::{cell::RefCell, collections::HashMap};

    use chrono::{DateTime, FixedOffset, Utc};
    use js_sys::{Array, Date, Function, Object, Reflect};
    use leptos::prelude::*;
    use wasm_bindgen::{JsCast as _, JsValue};

    use super::Zone;

    const KEY: &str = "mooncoon.zone";

    pub(super) fn keep(zone: RwSignal<Zone>) {
        Effect::new(move |before: Option<()>| {
            let chosen = zone.get();
            let Ok(Some(storage)) = window().local_storage() else { return };
            if before.is_none() {
                let stored = storage.get_item(KEY).ok().flatten();
                if let Some(stored) = Zone::ALL.into_iter().find(|one| stored.as_deref() == Some(one.label())) {
                    zone.set(stored);
                }
            } else {
                // If the storage is full or forbidden, the preference is not kept; the page still works.
                let _ = storage.set_item(KEY, chosen.label());
            }
        });
    }

    pub(super) fn local_offset(at: DateTime<Utc>) -> FixedOffset {
        let date = Date::new(&JsValue::from_f64(milliseconds(at)));
        // JavaScript counts minutes from local time to UTC: positive in the west.
        #[expect(clippy::cast_possible_truncation, reason = "at most 840 minutes")]
        let seconds = -(date.get_timezone_offset() as i32) * 60;
        east(seconds)
    }

    thread_local! {
        /// One formatter per zone: creating one costs more than a thousand uses. `None` is a name that the browser rejected.
        static FORMATS: RefCell<HashMap<String, Option<Function>>> = RefCell::new(HashMap::new());
    }

    pub(super) fn named_offset(name: &str, at: DateTime<Utc>) -> Option<FixedOffset> {
        FORMATS.with_borrow_mut(|formats| {
            let format = formats.entry(name.to_owned()).or_insert_with(|| formatter(name)).as_ref()?;
            let text = format.call1(&JsValue::UNDEFINED, &JsValue::from_f64(milliseconds(at))).ok()?;
            parse_long_offset(&text.as_string()?)
        })
    }

    /// `Intl.DateTimeFormat` throws on an unknown zone, and js-sys's constructor would let that abort the whole app;
    /// `Reflect.construct` returns the exception.
    fn formatter(name: &str) -> Option<Function> {
        let options = Object::new();
        Reflect::set(&options, &"timeZone".into(), &name.into()).ok()?;
        Reflect::set(&options, &"timeZoneName".into(), &"longOffset".into()).ok()?;
        let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
        let constructor = Reflect::get(&intl, &"DateTimeFormat".into()).ok()?.dyn_into::<Function>().ok()?;
        let format = Reflect::construct(&constructor, &Array::of2(&"en-US".into(), &options)).ok()?;
        // `format` is a getter that returns a function bound to its formatter.
        Reflect::get(&format, &"format".into()).ok()?.dyn_into().ok()
    }

    /// Parses the end of "11/23/2026, GMT-05:00"; plain "GMT" means no offset.
    fn parse_long_offset(text: &str) -> Option<FixedOffset> {
        let (_, offset) = text.rsplit_once("GMT")?;
        if offset.is_empty() {
            return Some(east(0));
        }
        let sign = if offset.starts_with('-') { -1 } else { 1 };
        let mut parts = offset.trim_start_matches(['+', '-']).split(':').map(|part| part.parse::<i32>().ok());
        let (hours, minutes) = (parts.next()??, parts.next().flatten().unwrap_or(0));
        Some(east(sign * (hours * 3600 + minutes * 60)))
    }

    fn east(seconds: i32) -> FixedOffset {
        FixedOffset::east_opt(seconds).unwrap_or_else(|| chrono::Offset::fix(&Utc))
    }

    #[expect(clippy::cast_precision_loss, reason = "milliseconds of this age are exact in a double")]
    fn milliseconds(at: DateTime<Utc>) -> f64 {
        at.timestamp_millis() as f64
    }
}
