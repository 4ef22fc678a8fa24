//! The places of the panels in the page.

/// The CSS classes of each panel, in the order in which the server renders them.
pub(super) const PLACES: [&str; 11] = [
    "pl-head",
    "panel fig pl-c3",
    "panel fig pl-c3",
    "panel fig pl-c6",
    "panel pl-c12",
    "panel pl-c6",
    "panel pl-c6",
    "panel pl-c12",
    "panel pad pl-c6",
    "panel pad pl-c3",
    "panel pad pl-c3",
];

/// Returns the element id of a panel, by which a newer version finds the older one.
pub(super) fn panel_id(number: usize) -> String {
    format!("pl-{number}")
}
