/// Where the pad is. LL2 leaves coordinates out; numbers that are none on Earth are as good as missing, and so is the point where both
/// are zero, which lies in the sea off Africa and is what an empty form says.
pub(crate) fn on_earth(latitude: Option<f64>, longitude: Option<f64>) -> Option<(f64, f64)> {
    let (latitude, longitude) = (latitude?, longitude?);
    let on_earth = (-90.0..=90.0).contains(&latitude) && (-180.0..=180.0).contains(&longitude);
    let nowhere = latitude == 0.0 && longitude == 0.0;
    (on_earth && !nowhere).then_some((latitude, longitude))
}
