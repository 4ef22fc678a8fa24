// `sqlx::migrate!` reads the folder when the macro expands; without this line a new migration would not rebuild the crate.
fn main() {
    println!("cargo:rerun-if-changed=../migrations");
}
