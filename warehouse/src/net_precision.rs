use domain::NetPrecision;

/// A precision from a left join: all three columns or none.
pub(crate) fn net_precision(id: Option<i32>, abbrev: Option<String>, name: Option<String>) -> Option<NetPrecision> {
    Some(NetPrecision { id: id?, abbrev: abbrev?, name: name? })
}
