/// Returns the coordinates of the pad, if they are usable. LL2 leaves coordinates out. Values that are not on Earth count as missing,
/// and so does the point where both are zero: it is in the sea off Africa and is what an empty form contains.
pub(crate) fn on_earth(latitude: Option<f64>, longitude: Option<f64>) -> Option<(f64, f64)> {
    let (latitude, longitude) = (latitude?, longitude?);
    let on_earth = (-90.0..=90.0).contains(&latitude) && (-180.0..=180.0).contains(&longitude);
    let nowhere = latitude == 0.0 && longitude == 0.0;
    (on_earth && !nowhere).then_some((latitude, longitude))
}
