//! Colours that differ in lightness as well, so that they are told apart in greyscale and by colour-blind readers.

use juesuan_text::element;

/// A fill and the colour of text on it (contrast at least 4.5 : 1).
pub(super) struct Colour {
    pub(super) fill: &'static str,
    pub(super) ink: &'static str,
}

const DARK: &str = "#1a1a1a";
const LIGHT: &str = "#ffffff";

/// Neighbours alternate dark and light.
const COLOURS: [Colour; 8] = [
    Colour { fill: "#1f4e79", ink: LIGHT },
    Colour { fill: "#f4b45f", ink: DARK },
    Colour { fill: "#23754a", ink: LIGHT },
    Colour { fill: "#cfe3f5", ink: DARK },
    Colour { fill: "#8c2d19", ink: LIGHT },
    Colour { fill: "#b5b5b5", ink: DARK },
    Colour { fill: "#5b3a8c", ink: LIGHT },
    Colour { fill: "#e7d86b", ink: DARK },
];

/// The colour of the series or part with this index.
pub(super) fn colour(index: usize) -> &'static Colour {
    element(&COLOURS, index % COLOURS.len())
}
