/// Returns the path of the picture that LL2 stores at `url`: on our own server, which fetches and caches it.
///
/// The key is FNV-1a (64 bit) of the address: short, the same on server and browser, and shared by all launches that
/// share the picture. It is not a protection; the server only serves addresses that are in its database.
/// Source: <http://www.isthe.com/chongo/tech/comp/fnv/>.
pub fn media_path(url: &str) -> String {
    let hash = url
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    format!("/media/{hash:016x}")
}
