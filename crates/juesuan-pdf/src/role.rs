//! What a face is used for, and which faces are preferred.

use serde::Deserialize;

/// What a face is used for. Ordered as on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
pub enum Role {
    /// 小标宋: cover, titles of parts and tables.
    #[serde(rename = "小标宋")]
    Title,
    /// 黑体: headings of the first level, table heads, captions.
    #[serde(rename = "黑体")]
    Heading,
    /// 楷体: headings of the second level.
    #[serde(rename = "楷体")]
    Subheading,
    /// 仿宋: running text.
    #[serde(rename = "仿宋")]
    Body,
    /// 宋体: tables, notes, page numbers.
    #[serde(rename = "宋体")]
    Table,
}

impl Role {
    /// All roles.
    pub const ALL: [Role; 5] = [Role::Title, Role::Heading, Role::Subheading, Role::Body, Role::Table];

    /// The Chinese name, as offices say it.
    pub const fn name(self) -> &'static str {
        match self {
            Role::Title => "小标宋",
            Role::Heading => "黑体",
            Role::Subheading => "楷体",
            Role::Body => "仿宋",
            Role::Table => "宋体",
        }
    }
}

/// The table of preferences, `catalog/fonts.toml`.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Preferences {
    /// What to do when a face is missing, in words.
    pub install: String,
    /// Faces for characters that the face of the role lacks, best first.
    pub fallback: Vec<String>,
    /// One entry a role.
    #[serde(rename = "role")]
    pub roles: Vec<Preference>,
}

/// The faces preferred for one role.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Preference {
    /// The role.
    pub role: Role,
    /// What it is used for, in words.
    #[serde(rename = "use")]
    pub used_for: String,
    /// Candidates, best first.
    pub faces: Vec<Candidate>,
}

/// A face that may serve a role.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Candidate {
    /// Family, full or PostScript name.
    pub face: String,
    /// The face for bold text beside it.
    #[serde(default)]
    pub bold: Option<String>,
    /// The face for digits and Latin letters beside it.
    #[serde(default)]
    pub digits: Option<String>,
}

/// The preferences that ship with the program.
const BUILT_IN: &str = include_str!("../../../catalog/fonts.toml");

impl Preferences {
    /// The preferences that ship with the program.
    pub(crate) fn built_in() -> Result<Preferences, toml::de::Error> {
        toml::from_str(BUILT_IN)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_has_a_list_of_faces() {
        let preferences = Preferences::built_in().unwrap();
        let listed: Vec<Role> = preferences.roles.iter().map(|entry| entry.role).collect();
        assert_eq!(listed, Role::ALL);
        assert!(preferences.roles.iter().all(|entry| !entry.faces.is_empty() && !entry.used_for.is_empty()));
    }
}
