//! What is specific to API 2.2.0: flat attributes, one family for each rocket, `infoURLs` and `vidURLs`; no payloads,
//! and no coordinates of locations.

use super::{
    lenient::{Link, List, Object, Text},
    part::{Country, Family, Image},
    version::Version,
};
use crate::record::Absent;

pub(super) struct V220;

impl Version for V220 {
    const NEVER_OF_LAUNCH: &[&str] = &["launch_designator", "image_credit"];
    const NEVER_OF_LOCATION: &[&str] = &["latitude", "longitude", "celestial_body"];
    const NEVER_OF_ORBIT: &[&str] = &["celestial_body"];

    fn either<'v, T>(of_220: &'v T, _: &'v T) -> &'v T {
        of_220
    }

    fn only_230<T>(_: &T) -> Option<&T> {
        None
    }

    fn country_codes(absent: &mut Absent, codes: &Option<Text<'_>>, _: &Option<List<Country<'_>>>) -> Option<String> {
        absent.note("country_code", codes).and_then(Text::as_deref).map(str::to_owned)
    }

    fn country_code<'v>(
        absent: &mut Absent,
        code: &'v Option<Text<'_>>,
        _: &'v Option<Object<'_, Country<'_>>>,
    ) -> Option<&'v str> {
        absent.note("country_code", code).and_then(Text::as_deref)
    }

    fn image<'v>(
        absent: &mut Absent,
        column: &'static str,
        address: &'v Option<Link<'_>>,
        _: &'v Option<Image<'_>>,
    ) -> Option<&'v str> {
        absent.note(column, address).and_then(Link::as_deref)
    }

    fn family<'v>(
        absent: &mut Absent,
        family: &'v Option<Text<'_>>,
        _: &'v Option<List<Family<'_>>>,
    ) -> Option<&'v str> {
        absent.note("family", family).and_then(Text::as_deref)
    }
}
