//! Rocket configurations.

use serde::Deserialize;

use super::{
    agency::Mention,
    lenient::{Day, Description, Flag, Integer, Link, List, Number, Text, given},
    part::{self, Family, Image},
    version::Version,
};
use crate::record::{self, Absent};

#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'a"))]
pub(super) struct RocketConfig<'a> {
    #[serde(default)]
    id: Integer,
    #[serde(default)]
    name: Text<'a>,
    #[serde(default)]
    full_name: Text<'a>,
    #[serde(default, deserialize_with = "given")]
    family: Option<Text<'a>>,
    #[serde(default, deserialize_with = "given")]
    families: Option<List<Family<'a>>>,
    #[serde(default, deserialize_with = "given")]
    variant: Option<Text<'a>>,
    #[serde(default, deserialize_with = "given")]
    manufacturer: Option<Mention<'a>>,
    #[serde(default, deserialize_with = "given")]
    active: Option<Flag>,
    #[serde(default, deserialize_with = "given")]
    reusable: Option<Flag>,
    #[serde(default, deserialize_with = "given")]
    description: Option<Description<'a>>,
    #[serde(default, deserialize_with = "given")]
    length: Option<Number>,
    #[serde(default, deserialize_with = "given")]
    diameter: Option<Number>,
    #[serde(default, deserialize_with = "given")]
    launch_mass: Option<Number>,
    #[serde(default, deserialize_with = "given")]
    leo_capacity: Option<Number>,
    #[serde(default, deserialize_with = "given")]
    gto_capacity: Option<Number>,
    #[serde(default, deserialize_with = "given")]
    to_thrust: Option<Number>,
    #[serde(default, deserialize_with = "given")]
    launch_cost: Option<Integer>,
    #[serde(default, deserialize_with = "given")]
    maiden_flight: Option<Day>,
    #[serde(default, deserialize_with = "given")]
    total_launch_count: Option<Integer>,
    #[serde(default, deserialize_with = "given")]
    successful_launches: Option<Integer>,
    #[serde(default, deserialize_with = "given")]
    failed_launches: Option<Integer>,
    #[serde(default, deserialize_with = "given")]
    pending_launches: Option<Integer>,
    #[serde(default, deserialize_with = "given")]
    consecutive_successful_launches: Option<Integer>,
    #[serde(default, deserialize_with = "given")]
    info_url: Option<Link<'a>>,
    #[serde(default, deserialize_with = "given")]
    wiki_url: Option<Link<'a>>,
    #[serde(default, deserialize_with = "given")]
    image_url: Option<Link<'a>>,
    #[serde(default, deserialize_with = "given")]
    image: Option<Image<'a>>,
}

impl RocketConfig<'_> {
    pub(super) fn record<V: Version>(&self) -> Option<record::RocketConfig<'_>> {
        let mut absent = Absent::default();
        let full_name = self.full_name.as_deref().or(self.name.as_deref());
        Some(record::RocketConfig {
            id: self.id.member()?,
            name: self.name.as_deref().or(full_name),
            full_name,
            family: V::family(&mut absent, &self.family, &self.families),
            variant: absent.note("variant", &self.variant).and_then(Text::as_deref),
            manufacturer_name: absent.note("manufacturer_name", &self.manufacturer).and_then(Mention::name),
            manufacturer: absent.note("manufacturer_id", &self.manufacturer).and_then(Mention::agency::<V>),
            is_active: absent.note("is_active", &self.active).and_then(|flag| flag.0),
            is_reusable: absent.note("is_reusable", &self.reusable).and_then(|flag| flag.0),
            description: absent.note("description", &self.description).and_then(Text::as_deref),
            length_m: absent.note("length_m", &self.length).and_then(|number| number.0),
            diameter_m: absent.note("diameter_m", &self.diameter).and_then(|number| number.0),
            launch_mass_t: absent.note("launch_mass_t", &self.launch_mass).and_then(|number| number.0),
            leo_capacity_kg: absent.note("leo_capacity_kg", &self.leo_capacity).and_then(|number| number.0),
            gto_capacity_kg: absent.note("gto_capacity_kg", &self.gto_capacity).and_then(|number| number.0),
            liftoff_thrust_kn: absent.note("liftoff_thrust_kn", &self.to_thrust).and_then(|number| number.0),
            launch_cost_usd: absent.note("launch_cost_usd", &self.launch_cost).and_then(|number| number.0),
            maiden_flight_date: absent.note("maiden_flight_date", &self.maiden_flight).and_then(|day| day.0),
            counts: part::counts(
                [
                    &self.total_launch_count,
                    &self.successful_launches,
                    &self.failed_launches,
                    &self.pending_launches,
                    &self.consecutive_successful_launches,
                ],
                &mut absent,
            ),
            info_url: absent.note("info_url", &self.info_url).and_then(Link::as_deref),
            wiki_url: absent.note("wiki_url", &self.wiki_url).and_then(Link::as_deref),
            image_url: V::image(&mut absent, "image_url", &self.image_url, &self.image),
            absent,
        })
    }
}
