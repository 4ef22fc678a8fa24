//! The types of the public API: the response bodies of `/api/v1`, described in `/api/openapi.json`.
//!
//! The types of the domain serve the pages and the browser, and change with them; these types are the contract with other programs. Each
//! one names every field of the domain's type that it shows, so that a new field there is a compile error until it is handled here. Only
//! [`Launch`] leaves out what it does not name: the pages may show a field of LL2 that the API does not have yet.

mod detail;
mod forecast;
mod freshness;
mod history;
mod launch;
mod list;
mod moon;
mod run;
mod scorecard;
mod subject;

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

pub(super) use self::{
    detail::LaunchDetail,
    forecast::{Forecast, PredictedDates},
    freshness::{Freshness, Source},
    history::{NetChange, Revision},
    launch::{Launch, ListedLaunch},
    list::Listed,
    moon::MoonReach,
    run::Run,
    scorecard::Scorecard,
    subject::{ListedPad, ProviderRecord, RocketRecord},
};

/// Converts a value of the domain to a type of the API.
pub(super) trait FromDomain<D> {
    fn from_domain(domain: D) -> Self;
}

impl<D, V: FromDomain<D>> FromDomain<Option<D>> for Option<V> {
    fn from_domain(domain: Option<D>) -> Self {
        domain.map(V::from_domain)
    }
}

impl<D, V: FromDomain<D>> FromDomain<Vec<D>> for Vec<V> {
    fn from_domain(domain: Vec<D>) -> Self {
        domain.into_iter().map(V::from_domain).collect()
    }
}

impl<D, V: FromDomain<D>, const COUNT: usize> FromDomain<[D; COUNT]> for [V; COUNT] {
    fn from_domain(domain: [D; COUNT]) -> Self {
        domain.map(V::from_domain)
    }
}

/// Types that are the same on both sides.
macro_rules! same {
    ($($type:ty),*) => {
        $(impl FromDomain<$type> for $type {
            fn from_domain(domain: $type) -> Self {
                domain
            }
        })*
    };
}

same!(bool, f64, i16, i32, i64, u32, String, &'static str, DateTime<Utc>, NaiveDate, Uuid);

/// Declares the API type of a struct of the domain, with the same field names, or of an enum without values. Every field is always
/// written, as `null` if there is no value: `required` declares this.
macro_rules! view {
    ($(#[$meta:meta])* $name:ident of $domain:path { $($(#[$of_field:meta])* $field:ident: $type:ty,)* }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, serde::Serialize, utoipa::ToSchema)]
        pub(in crate::web::api) struct $name {
            $($(#[$of_field])* #[schema(required = true)] pub(in crate::web::api) $field: $type,)*
        }

        impl $crate::web::api::view::FromDomain<$domain> for $name {
            fn from_domain(domain: $domain) -> Self {
                let $domain { $($field,)* } = domain;
                Self { $($field: $crate::web::api::view::FromDomain::from_domain($field),)* }
            }
        }
    };
    ($(#[$meta:meta])* $name:ident of $domain:ident::$kind:ident [ $($(#[$of_word:meta])* $word:ident,)* ]) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, serde::Serialize, utoipa::ToSchema)]
        #[serde(rename_all = "snake_case")]
        pub(in crate::web::api) enum $name {
            $($(#[$of_word])* $word,)*
        }

        impl $crate::web::api::view::FromDomain<$domain::$kind> for $name {
            fn from_domain(domain: $domain::$kind) -> Self {
                match domain {
                    $($domain::$kind::$word => Self::$word,)*
                }
            }
        }
    };
}
use view;
