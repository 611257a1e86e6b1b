//! Which element does what.

use html5gum::StartTag;

/// What the tags of an element do to the text around.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Content that is not shown: script, style, choices of a menu.
    Dropped,
    /// The text before and after stands in lines of its own.
    Block,
    /// h1 to h6.
    Heading(u8),
    /// `<br>`.
    Break,
    /// An item of a list.
    Item,
    /// `<ol>`: its items have numbers.
    Numbered,
    /// `<ul>` and others without numbers.
    Bulleted,
    Table,
    Section,
    Row,
    Cell,
    Picture,
    /// `<frame>`: the page stands elsewhere.
    Frame,
    /// `<pre>`: line ends count.
    Verbatim,
    /// Part of the line: span, b, a, unknown ones.
    Inline,
}

/// By the name of an element.
pub fn role(name: &[u8]) -> Role {
    match name {
        b"script" | b"style" | b"title" | b"template" | b"noscript" | b"svg" | b"math" | b"select" | b"datalist"
        | b"textarea" | b"comment" | b"button" | b"iframe" | b"object" | b"audio" | b"video" | b"canvas"
        | b"noframes" | b"xml" => Role::Dropped,
        b"h1" => Role::Heading(1),
        b"h2" => Role::Heading(2),
        b"h3" => Role::Heading(3),
        b"h4" => Role::Heading(4),
        b"h5" => Role::Heading(5),
        b"h6" => Role::Heading(6),
        b"br" => Role::Break,
        b"li" => Role::Item,
        b"ol" => Role::Numbered,
        b"ul" | b"menu" | b"dir" => Role::Bulleted,
        b"table" => Role::Table,
        b"thead" | b"tbody" | b"tfoot" => Role::Section,
        b"tr" => Role::Row,
        b"td" | b"th" => Role::Cell,
        b"img" | b"image" => Role::Picture,
        b"frame" | b"frameset" => Role::Frame,
        b"pre" | b"listing" | b"xmp" => Role::Verbatim,
        b"p" | b"div" | b"dl" | b"dt" | b"dd" | b"section" | b"article" | b"header" | b"footer" | b"main" | b"nav"
        | b"aside" | b"address" | b"blockquote" | b"form" | b"fieldset" | b"legend" | b"figure" | b"figcaption"
        | b"center" | b"hr" | b"body" | b"html" | b"head" | b"caption" | b"details" | b"summary" | b"hgroup" => {
            Role::Block
        }
        _ => Role::Inline,
    }
}

/// True for elements whose end is always written where a page is written well.
pub fn has_end(name: &[u8]) -> bool {
    matches!(
        name,
        b"div"
            | b"span"
            | b"section"
            | b"article"
            | b"main"
            | b"h1"
            | b"h2"
            | b"h3"
            | b"h4"
            | b"h5"
            | b"h6"
            | b"a"
            | b"strong"
    )
}

/// True for elements that have no content and no end.
pub fn is_void(name: &[u8]) -> bool {
    matches!(
        name,
        b"br"
            | b"hr"
            | b"img"
            | b"image"
            | b"input"
            | b"meta"
            | b"link"
            | b"col"
            | b"wbr"
            | b"source"
            | b"area"
            | b"base"
            | b"embed"
            | b"param"
            | b"track"
            | b"frame"
    )
}

/// Widths and heights up to this are those of ornaments.
const ORNAMENT_PIXELS: usize = 64;

/// True for what is too small to show more than an ornament.
pub fn is_small(tag: &StartTag<()>) -> bool {
    let small = |side| number(tag, side).is_some_and(|pixels| pixels <= ORNAMENT_PIXELS);
    small("width") || small("height")
}

/// The address of another file or page that the element shows inside this one; `None` for what shows nothing, plays something, or is made
/// by a script.
pub fn embedded(tag: &StartTag<()>) -> Option<String> {
    let key = match tag.name.as_slice() {
        b"iframe" | b"embed" => "src",
        b"object" => "data",
        _ => return None,
    };
    let address = attribute(tag, key).map(|address| address.trim().to_owned()).filter(|address| !address.is_empty())?;
    let kind = attribute(tag, "type").unwrap_or_default().to_lowercase();
    let start = address.to_lowercase();
    let played = ["audio/", "video/", "application/x-shockwave"].iter().any(|own| kind.starts_with(own))
        || [".swf", ".mp3", ".mp4", ".wmv"].iter().any(|own| start.ends_with(own));
    let made = ["about:", "javascript:"].iter().any(|own| start.starts_with(own));
    (!played && !made && !is_hidden(tag) && !is_small(tag)).then_some(address)
}

/// The value of an attribute.
pub fn attribute(tag: &StartTag<()>, name: &str) -> Option<String> {
    tag.attributes.get(name.as_bytes()).map(|value| String::from_utf8_lossy(&value.value).into_owned())
}

/// The number in an attribute; what follows its digits is passed over, as browsers do.
pub fn number(tag: &StartTag<()>, name: &str) -> Option<usize> {
    let value = attribute(tag, name)?;
    let digits: String = value.trim_start().chars().take_while(char::is_ascii_digit).take(9).collect();
    digits.parse().ok()
}

/// Whether the element sets lines in the middle, if it says how.
pub fn centred(tag: &StartTag<()>) -> Option<bool> {
    if tag.name.as_slice() == b"center" {
        return Some(true);
    }
    let style: String = attribute(tag, "style").unwrap_or_default().to_lowercase().replace(char::is_whitespace, "");
    let said = style.split(';').find_map(|rule| rule.strip_prefix("text-align:").map(str::to_owned));
    said.or_else(|| attribute(tag, "align")).map(|way| way.eq_ignore_ascii_case("center"))
}

/// True if the element is not shown, or is a link to a file: that belongs to the page and not to what it shows.
pub fn is_hidden(tag: &StartTag<()>) -> bool {
    let has = |name: &[u8]| tag.attributes.contains_key(name);
    if has(b"hidden") || tag.name.as_slice() == b"a" && has(b"download") {
        return true;
    }
    let style = attribute(tag, "style").unwrap_or_default().to_lowercase();
    let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
    ["display:none", "visibility:hidden", "mso-hide:all", "mso-element:comment"].iter().any(|rule| style.contains(rule))
}
