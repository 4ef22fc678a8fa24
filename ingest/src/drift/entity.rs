//! Maps a JSON path to the entity it describes, by the keys in the path.

/// The entity of the record itself.
pub(super) const RECORD: &str = "launch";

/// Keys below which another entity than the launch is described, in either API version.
const ENTITIES: &[(&str, &str)] = &[
    ("status", "status"),
    ("net_precision", "net_precision"),
    ("launch_service_provider", "provider"),
    ("manufacturer", "agency"),
    ("agencies", "agency"),
    ("agency", "agency"),
    ("rocket", "rocket"),
    ("configuration", "rocket_config"),
    ("launcher_stage", "booster"),
    ("spacecraft_stage", "spacecraft"),
    ("launch_crew", "crew"),
    ("landing_crew", "crew"),
    ("onboard_crew", "crew"),
    ("payloads", "payload"),
    ("mission", "mission"),
    ("orbit", "orbit"),
    ("pad", "pad"),
    ("location", "location"),
    ("program", "program"),
    ("updates", "update"),
    ("vidURLs", "video"),
    ("vid_urls", "video"),
    ("infoURLs", "link"),
    ("info_urls", "link"),
    ("timeline", "timeline"),
    ("mission_patches", "patch"),
    ("country", "country"),
    ("image", "image"),
    ("logo", "image"),
    ("social_logo", "image"),
];

/// Returns the entity that `key` leads to from entity `from`.
pub(super) fn of(key: &str, from: &'static str) -> &'static str {
    ENTITIES.iter().find(|(name, _)| *name == key).map_or(from, |(_, entity)| entity)
}
