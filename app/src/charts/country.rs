/// Returns the short English name of a country that launches have left from or are listed for, by its ISO 3166-1 alpha-3 code.
/// Any other country is shown by its code: a table of all countries would be larger than the charts.
pub(super) fn country_name(code: &str) -> Option<&'static str> {
    NAMES.iter().find(|(one, _)| *one == code).map(|(_, name)| *name)
}

const NAMES: [(&str, &str); 28] = [
    ("ATA", "Antarctica"),
    ("AUS", "Australia"),
    ("BRA", "Brazil"),
    ("CAN", "Canada"),
    ("CHN", "China"),
    ("DEU", "Germany"),
    ("DZA", "Algeria"),
    ("ESP", "Spain"),
    ("FRA", "France"),
    ("GBR", "United Kingdom"),
    ("GUF", "French Guiana"),
    ("IND", "India"),
    ("IRN", "Iran"),
    ("ISR", "Israel"),
    ("ITA", "Italy"),
    ("JPN", "Japan"),
    ("KAZ", "Kazakhstan"),
    ("KEN", "Kenya"),
    ("KOR", "South Korea"),
    ("MHL", "Marshall Islands"),
    ("NOR", "Norway"),
    ("NZL", "New Zealand"),
    ("OMN", "Oman"),
    ("PRK", "North Korea"),
    ("PRT", "Portugal"),
    ("RUS", "Russia"),
    ("SWE", "Sweden"),
    ("USA", "United States"),
];
