//! What the two versions send in different forms. Everything else is parsed in the same way.

use super::{
    lenient::{Link, List, Object, Text},
    part::{Country, Family, Image},
};
use crate::record::Absent;

/// A version of LL2's API: selects one of the two forms of a value. A function with a column name notes the column as
/// absent if the key was not sent.
pub(super) trait Version {
    /// Columns that this version never sends.
    const NEVER_OF_LAUNCH: &[&str];
    const NEVER_OF_LOCATION: &[&str];
    const NEVER_OF_ORBIT: &[&str];

    /// Selects a value that both versions send, under different keys.
    fn either<'v, T>(of_220: &'v T, of_230: &'v T) -> &'v T;

    /// Returns a value that only 2.3.0 sends; none for 2.2.0, whatever it sends under that key.
    fn only_230<T>(value: &T) -> Option<&T>;

    /// Returns the countries of a provider, as codes joined by commas.
    fn country_codes(
        absent: &mut Absent,
        codes: &Option<Text<'_>>,
        countries: &Option<List<Country<'_>>>,
    ) -> Option<String>;

    /// Returns the country of a pad or location.
    fn country_code<'v>(
        absent: &mut Absent,
        code: &'v Option<Text<'_>>,
        country: &'v Option<Object<'_, Country<'_>>>,
    ) -> Option<&'v str>;

    /// Returns the address of an image of a provider or rocket.
    fn image<'v>(
        absent: &mut Absent,
        column: &'static str,
        address: &'v Option<Link<'_>>,
        image: &'v Option<Image<'_>>,
    ) -> Option<&'v str>;

    /// Returns the family of a rocket.
    fn family<'v>(
        absent: &mut Absent,
        family: &'v Option<Text<'_>>,
        families: &'v Option<List<Family<'_>>>,
    ) -> Option<&'v str>;
}
