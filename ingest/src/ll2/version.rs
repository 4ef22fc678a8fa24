//! What the two versions send in different forms. Everything else is read alike.

use super::{
    lenient::{Link, List, Object, Text},
    part::{Country, Image},
    v230::Family,
};
use crate::record::Absent;

/// A version of LL2's API, as the choice between the two forms of a value. A function that is given a column notes it when its key was not sent.
pub(super) trait Version {
    /// Columns that this version never sends.
    const NEVER_OF_LAUNCH: &[&str];
    const NEVER_OF_LOCATION: &[&str];
    const NEVER_OF_ORBIT: &[&str];

    /// A value that both versions send, under a key of their own.
    fn either<'v, T>(of_220: &'v T, of_230: &'v T) -> &'v T;

    /// A value that only 2.3.0 sends; none for 2.2.0, whatever stands under its key.
    fn only_230<T>(value: &T) -> Option<&T>;

    /// The countries of a provider, as codes joined by commas.
    fn country_codes(
        absent: &mut Absent,
        codes: &Option<Text<'_>>,
        countries: &Option<List<Country<'_>>>,
    ) -> Option<String>;

    /// The country of a place.
    fn country_code<'v>(
        absent: &mut Absent,
        code: &'v Option<Text<'_>>,
        country: &'v Option<Object<'_, Country<'_>>>,
    ) -> Option<&'v str>;

    /// The address of a picture of a provider or rocket.
    fn image<'v>(
        absent: &mut Absent,
        column: &'static str,
        address: &'v Option<Link<'_>>,
        image: &'v Option<Image<'_>>,
    ) -> Option<&'v str>;

    /// The family of a rocket.
    fn family<'v>(
        absent: &mut Absent,
        family: &'v Option<Text<'_>>,
        families: &'v Option<List<Family<'_>>>,
    ) -> Option<&'v str>;
}
