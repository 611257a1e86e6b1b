//! The catalogue is embedded: a changed, added or removed file makes the crate be built again.

fn main() {
    println!("cargo:rerun-if-changed=../../catalog");
    println!("cargo:rerun-if-changed=build.rs");
}
