//! A program of a release build holds the catalogue: a changed, added or removed file makes the crate be built again there.

fn main() {
    if std::env::var("PROFILE").is_ok_and(|profile| profile == "release") {
        println!("cargo:rerun-if-changed=../../catalog");
    }
    println!("cargo:rerun-if-changed=build.rs");
}
