//! Where the department and its units come from: what was entered of it, understood, and the bodies before whose rows may stand in the
//! sheet of last year's figures.

use juesuan_catalog::Catalog;
use juesuan_facts::Department;
use juesuan_model::{Place, Problem};
use juesuan_text::plain;

/// Key of the entry.
const ORIGIN: &str = "origin";

/// Understands what was entered; what cannot be understood is fatal, since comparisons with last year hang on it. `place` says where a
/// key or an entry stands.
pub(crate) fn understand(
    department: &mut Department,
    place: &dyn Fn(&str) -> Place,
    catalog: &Catalog,
    problems: &mut Vec<Problem>,
) {
    match catalog.origins.read(&department.origin) {
        Ok(formed) => department.formed = formed,
        Err(message) => problems.push(Problem::fatal(place(ORIGIN), message)),
    }
    for unit in department.units.iter().filter(|unit| !unit.origin.is_empty()) {
        if let Err(message) = catalog.origins.read(&unit.origin) {
            problems.push(Problem::fatal(place(&unit.origin), message));
        }
    }
}

/// The bodies of which the department or one of its units was made, by their names.
pub(crate) fn before(department: &Department, catalog: &Catalog) -> Vec<String> {
    let of_units = department.units.iter().map(|unit| department.clone().formed_as(unit, catalog));
    let of_units = of_units.flat_map(|unit| unit.merged_of().to_vec());
    department.merged_of().iter().cloned().chain(of_units).collect()
}

/// True if `name` is one of these bodies.
pub(crate) fn is_one(name: &str, bodies: &[String]) -> bool {
    let name = plain(name);
    bodies.iter().any(|body| plain(body) == name)
}
