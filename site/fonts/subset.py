#!/usr/bin/env python3
"""Makes casebook-serif.otf of Noto Serif CJK: Latin, punctuation, the characters of GB 2312 and those of data/.

    pip install fonttools
    site/fonts/subset.py /usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc
"""

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

HERE = Path(__file__).resolve().parent
SIMPLIFIED, KOREAN = 2, 1  # places of faces in the collection, which share their glyphs
NARROW = [0x2018, 0x2019, 0x201C, 0x201D]  # quotation marks of Latin text
NAME = "Casebook Serif"  # a changed font may not keep the name it had
RANGES = [(0x20, 0x7E), (0xA0, 0x17F), (0x218, 0x21B), (0x2010, 0x2027), (0x2030, 0x203A), (0x20AC, 0x20AC),
          (0x2116, 0x2122), (0x2190, 0x2193), (0x2212, 0x2212), (0x2260, 0x2265), (0x3000, 0x3017), (0x30FB, 0x30FB),
          (0xFF01, 0xFF5E), (0xFFE5, 0xFFE5)]


def characters():
    yield from (code for first, last in RANGES for code in range(first, last + 1))
    for row in range(0xB0, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                yield ord(bytes([row, cell]).decode("gb2312"))
            except UnicodeDecodeError:
                pass
    for path in (HERE.parent.parent / "data").rglob("*.toml"):
        yield from (ord(c) for c in path.read_text("utf-8") if "\u3400" <= c <= "\u9fff")


def main(source):
    font = TTFont(source, fontNumber=SIMPLIFIED, recalcTimestamp=False)
    narrow = TTFont(source, fontNumber=KOREAN).getBestCmap()
    for table in font["cmap"].tables:
        table.cmap.update({code: narrow[code] for code in NARROW if code in getattr(table, "cmap", {})})
    options = subset.Options(hinting=False, layout_features=["kern", "liga"], name_IDs=[0, 1, 2, 13, 14])
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=set(characters()))
    subsetter.subset(font)
    for record in font["name"].names:
        if record.nameID == 1:
            record.string = NAME
    plain = NAME.replace(" ", "")
    for name, text in [(3, plain), (4, NAME), (6, plain)]:
        font["name"].setName(text, name, 3, 1, 0x409)
    top = font["CFF "].cff
    top.fontNames = [plain]
    top[0].FullName, top[0].FamilyName = NAME, NAME
    font.save(HERE / "casebook-serif.otf")


main(sys.argv[1])
