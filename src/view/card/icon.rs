//! The icon as PNG, for whoever draws no SVG.

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

/// Draws a square icon of so many pixels a side; nothing where it is no SVG.
pub fn icon(svg: &[u8], side: u32) -> Option<Vec<u8>> {
    let tree = Tree::from_data(svg, &Options::default()).ok()?;
    let mut picture = Pixmap::new(side, side)?;
    let scale = f32::from(u16::try_from(side).ok()?) / tree.size().width();
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut picture.as_mut());
    let plain = picture.pixels().iter().map(|pixel| pixel.demultiply());
    let bytes: Vec<u8> = plain.flat_map(|c| [c.red(), c.green(), c.blue(), c.alpha()]).collect();
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, side, side);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_compression(png::Compression::Balanced);
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(&bytes).ok()?;
    writer.finish().ok()?;
    Some(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_icon_is_as_large_as_it_says() {
        let svg = b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'><rect width='32' height='32' rx='6'/></svg>";
        let file = icon(svg, 192).unwrap_or_default();
        let header = png::Decoder::new(std::io::Cursor::new(file)).read_info();
        let size = header.ok().map(|reader| (reader.info().width, reader.info().height));
        assert_eq!(size, Some((192, 192)));
        assert_eq!(icon(b"no picture", 192), None);
    }
}
