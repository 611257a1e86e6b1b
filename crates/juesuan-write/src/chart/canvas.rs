//! A small SVG writer in fixed arithmetic.

use crate::markup::{Push, escape};

/// One pixel in drawing units.
pub(super) const PX: i64 = 100;
/// Size of all text, in pixels.
pub(super) const TEXT: i64 = 16;
/// Dark text and lines.
pub(super) const INK: &str = "#1a1a1a";

/// Drawing units as a decimal number of pixels: 12345 is `123.45`.
pub(super) fn pixels(units: i64) -> String {
    let sign = if units < 0 { "-" } else { "" };
    let (whole, part) = (units.abs() / PX, units.abs() % PX);
    match part {
        0 => format!("{sign}{whole}"),
        _ if part % 10 == 0 => format!("{sign}{whole}.{}", part / 10),
        _ => format!("{sign}{whole}.{part:02}"),
    }
}

/// Width of a text in drawing units, on the safe side: full-width characters one em, others 0.6 em.
pub(super) fn text_width(text: &str) -> i64 {
    text.chars().map(|c| if (c as u32) < 0x2000 { TEXT * PX * 6 / 10 } else { TEXT * PX }).sum()
}

/// Breaks a text into lines no wider than `width` drawing units.
pub(super) fn wrap(text: &str, width: i64) -> Vec<String> {
    let mut lines = vec![String::new()];
    for c in text.chars() {
        if let Some(line) = lines.last_mut() {
            let mut longer = line.clone();
            longer.push(c);
            if text_width(&longer) <= width || line.is_empty() {
                *line = longer;
            } else {
                lines.push(c.to_string());
            }
        }
    }
    lines
}

/// Where a text hangs.
#[derive(Clone, Copy, Debug)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// Shapes drawn so far, and the size of the drawing.
#[derive(Debug, Default)]
pub(super) struct Canvas {
    pub(super) width: i64,
    pub(super) height: i64,
    body: String,
}

impl Canvas {
    pub(super) fn new(width: i64, height: i64) -> Canvas {
        Canvas { width, height, body: String::new() }
    }

    pub(super) fn body(&self) -> &str {
        &self.body
    }

    pub(super) fn rect(&mut self, (x, y): (i64, i64), (width, height): (i64, i64), fill: &str) {
        self.body.put(format_args!(
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{fill}\" stroke=\"#333333\" stroke-width=\"0.75\"/>",
            pixels(x),
            pixels(y),
            pixels(width),
            pixels(height)
        ));
    }

    pub(super) fn line(&mut self, (x1, y1): (i64, i64), (x2, y2): (i64, i64), stroke: &str) {
        self.body.put(format_args!(
            "<line x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\" stroke=\"{stroke}\" stroke-width=\"1\"/>",
            pixels(x1),
            pixels(y1),
            pixels(x2),
            pixels(y2)
        ));
    }

    pub(super) fn path(&mut self, data: &str, fill: &str, stroke: &str) {
        self.body.put(format_args!(
            "<path d=\"{data}\" fill=\"{fill}\" fill-rule=\"evenodd\" stroke=\"{stroke}\" stroke-width=\"1\"/>"
        ));
    }

    /// `y` is the baseline.
    pub(super) fn text(&mut self, (x, y): (i64, i64), anchor: Anchor, fill: &str, text: &str) {
        if text.is_empty() {
            return;
        }
        self.body.put(format_args!(
            "<text x=\"{}\" y=\"{}\" font-size=\"{TEXT}\" text-anchor=\"{}\" fill=\"{fill}\">{}</text>",
            pixels(x),
            pixels(y),
            match anchor {
                Anchor::Start => "start",
                Anchor::Middle => "middle",
                Anchor::End => "end",
            },
            escape(text)
        ));
    }

    /// Coloured squares with names, in as many lines as the width needs; gives the `y` below.
    pub(super) fn legend(&mut self, entries: &[(String, &str)], (left, top): (i64, i64), right: i64) -> i64 {
        let (mut x, mut y) = (left, top);
        for (name, fill) in entries {
            let wide = 20 * PX + text_width(name) + 14 * PX;
            if x > left && x + wide > right {
                x = left;
                y += 22 * PX;
            }
            self.rect((x, y + 2 * PX), (13 * PX, 13 * PX), fill);
            self.text((x + 19 * PX, y + 13 * PX + PX / 2), Anchor::Start, INK, name);
            x += wide;
        }
        y + 24 * PX
    }
}

/// Blocks pressed together: the sum of the tops they would like, and their heights.
struct Pile {
    wanted_tops: i64,
    count: i64,
    height: i64,
}

impl Pile {
    fn top(&self) -> i64 {
        self.wanted_tops / self.count
    }
}

/// Moves centres on one line apart so that blocks of the given heights do not overlap: as near as possible to where
/// they want to be, in their order, between `top` and `bottom` as long as they fit. `(wanted centre, height)` → centres.
pub(super) fn spread(blocks: &[(i64, i64)], top: i64, bottom: i64) -> Vec<i64> {
    let mut piles: Vec<Pile> = Vec::new();
    for &(wanted, height) in blocks {
        let mut pile = Pile { wanted_tops: wanted - height / 2, count: 1, height };
        while let Some(above) = piles.pop_if(|above| above.top() + above.height > pile.top()) {
            pile = Pile {
                wanted_tops: above.wanted_tops + pile.wanted_tops - pile.count * above.height,
                count: above.count + pile.count,
                height: above.height + pile.height,
            };
        }
        piles.push(pile);
    }
    let mut heights = blocks.iter().map(|(_, height)| *height);
    let mut centres = Vec::with_capacity(blocks.len());
    for pile in &piles {
        let mut free = pile.top();
        for height in heights.by_ref().take(usize::try_from(pile.count).unwrap_or(0)) {
            centres.push(free + height / 2);
            free += height;
        }
    }
    keep_inside(&mut centres, blocks, top, bottom);
    centres
}

fn keep_inside(centres: &mut [i64], blocks: &[(i64, i64)], top: i64, bottom: i64) {
    let mut free = top;
    for (centre, &(_, height)) in centres.iter_mut().zip(blocks) {
        *centre = (*centre).max(free + height / 2);
        free = *centre + height / 2;
    }
    let mut limit = bottom;
    for (centre, &(_, height)) in centres.iter_mut().zip(blocks).rev() {
        *centre = (*centre).min(limit - height / 2);
        limit = *centre - height / 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spread_blocks_keep_their_order_and_never_overlap() {
        let blocks = [(100, 40), (105, 40), (390, 40), (395, 40)];
        assert_eq!(spread(&[(200, 40), (200, 40)], 0, 400), [180, 220]);
        let centres = spread(&blocks, 0, 400);
        assert!(centres.windows(2).all(|pair| pair[1] - pair[0] >= 40), "{centres:?}");
        assert!(centres[3] + 20 <= 400 && centres[0] - 20 >= 0, "{centres:?}");
    }

    #[test]
    fn drawing_units_print_as_pixels() {
        assert_eq!((pixels(12_345), pixels(-150), pixels(200)), ("123.45".into(), "-1.5".into(), "2".into()));
    }
}
