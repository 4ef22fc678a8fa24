//! The launches of a query as files and feeds for other programs.

use domain::BoardQuery;

/// The extension of the path, the name of the format, and whether browsers save the file instead of showing it.
pub(crate) const FORMATS: [(&str, &str, bool); 4] =
    [(".csv", "CSV", true), (".json", "JSON", false), (".ics", "ICS", true), (".atom", "Atom", false)];

/// An export of the rows of a query for another program.
pub(crate) struct Export {
    pub name: &'static str,
    pub address: String,
    /// Whether browsers save it instead of showing it.
    pub is_file: bool,
}

/// Returns the exports of a query, one per format.
pub(crate) fn exports(query: &BoardQuery) -> [Export; 4] {
    FORMATS.map(|(extension, name, is_file)| Export { name, address: export_address(query, extension), is_file })
}

/// Returns the address of the launches of a query in a format.
pub(crate) fn export_address(query: &BoardQuery, extension: &str) -> String {
    let query = query.to_query_string();
    let mark = if query.is_empty() { "" } else { "?" };
    format!("/api/v1/launches{extension}{mark}{query}")
}
