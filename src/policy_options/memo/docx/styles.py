"""The styles of a Word memo: headings for navigation, paragraphs, characters and tables, with its lists and settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from policy_options.memo.docx.markup import NAMESPACES, Xml, joined, tag
from policy_options.memo.docx.scripts import LATIN_SANS, LATIN_SERIF, Fonts, fonts_of

__all__ = ["BULLETS", "numbering_xml", "settings_xml", "styles_xml"]

INK: Final = "1D2430"
MUTED: Final = "5B6472"
ACCENT: Final = "1F4E79"
_ALERT: Final = "A23B2E"
_RULE: Final = "C9CED6"
_COMPACT: Final = 0.91
"""The type size of a one-page memo."""

BULLETS: Final = 1
"""The list of points."""


def styles_xml(language: str, *, compact: bool = False) -> Xml:
    """The styles, in the fonts of a language; ``compact`` ones are for a one-page memo."""
    fonts, scale = fonts_of(language), _COMPACT if compact else 1.0
    defaults = tag(
        "w:docDefaults",
        None,
        tag(
            "w:rPrDefault",
            None,
            tag(
                "w:rPr",
                None,
                _faces(fonts, sans=False),
                tag("w:color", {"w:val": INK}),
                *_letters(10 * scale),
                _languages(fonts),
            ),
        ),
        tag(
            "w:pPrDefault",
            None,
            tag("w:pPr", None, _spacing(after=round(110 * scale), line=264 if not compact else 247)),
        ),
    )
    return tag_root("w:styles", defaults, *_paragraphs(fonts, compact), *_characters(fonts), *_tables(compact))


def tag_root(name: str, *children: Xml) -> Xml:
    """The root element of a part."""
    return Xml(f"<{name} {NAMESPACES}>{joined(children)}</{name}>")


def _faces(fonts: Fonts, *, sans: bool) -> Xml:
    latin, east = (LATIN_SANS, fonts.sans) if sans else (LATIN_SERIF, fonts.serif)
    return tag("w:rFonts", {"w:ascii": latin, "w:hAnsi": latin, "w:eastAsia": east, "w:cs": latin})


def _languages(fonts: Fonts) -> Xml:
    return tag("w:lang", {"w:val": fonts.latin, "w:eastAsia": fonts.east_asian, "w:bidi": "ar-SA"})


def _spacing(*, before: int = 0, after: int = 0, line: int = 0) -> Xml:
    lines: dict[str, str | int] = {"w:line": line, "w:lineRule": "auto"} if line else {}
    return tag("w:spacing", {"w:before": before, "w:after": after, **lines})


def _style(
    kind: str,
    id: str,
    *,
    name: str = "",
    based: str = "",
    following: str = "",
    paragraph: tuple[Xml, ...] = (),
    run: tuple[Xml, ...] = (),
    default: bool = False,
    further: tuple[Xml, ...] = (),
) -> Xml:
    attributes: dict[str, str | int] = {"w:type": kind, "w:styleId": id}
    if default:
        attributes["w:default"] = 1
    if not name:  # a style of this package, not one of Word's
        attributes["w:customStyle"] = 1
    parts = [tag("w:name", {"w:val": name or id})]
    if based:
        parts.append(tag("w:basedOn", {"w:val": based}))
    if following:
        parts.append(tag("w:next", {"w:val": following}))
    parts.append(tag("w:qFormat"))
    if paragraph:
        parts.append(tag("w:pPr", None, *paragraph))
    if run:
        parts.append(tag("w:rPr", None, *run))
    return tag("w:style", attributes, *parts, *further)


def _letters(size: float, *, bold: bool = False, colour: str = "", faces: Xml | None = None) -> tuple[Xml, ...]:
    """Size in points, weight and colour, in the order required by the format."""
    half = round(size * 2)
    return (
        *((faces,) if faces is not None else ()),
        *((tag("w:b"), tag("w:bCs")) if bold else ()),
        *((tag("w:color", {"w:val": colour}),) if colour else ()),
        tag("w:sz", {"w:val": half}),
        tag("w:szCs", {"w:val": half}),
    )


_ON = tag("w:keepNext"), tag("w:keepLines")


def _paragraphs(fonts: Fonts, compact: bool) -> list[Xml]:
    sans = _faces(fonts, sans=True)
    scale, apart = (_COMPACT, 0.45) if compact else (1.0, 1.0)

    def styled(
        id: str,
        size: float,
        *paragraph: Xml,
        name: str = "",
        bold: bool = False,
        colour: str = "",
        serif: bool = False,
        following: str = "",
    ) -> Xml:
        run = _letters(size * scale, bold=bold, colour=colour, faces=None if serif else sans)
        return _style("paragraph", id, name=name, based="Normal", following=following, paragraph=paragraph, run=run)

    def heading(level: int, size: float, before: int, colour: str) -> Xml:
        outline = tag("w:outlineLvl", {"w:val": level - 1})
        shape = (*_ON, _spacing(before=round(before * apart), after=round(60 * apart)), outline)
        name, id = f"heading {level}", f"Heading{level}"
        return styled(id, size, *shape, name=name, bold=True, colour=colour, following="Normal")

    shade = tag("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": "EAF1F7"})
    bar = tag("w:pBdr", None, tag("w:left", {"w:val": "single", "w:sz": 32, "w:space": 8, "w:color": ACCENT}))
    grey = tag("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": "F3F4F6"})
    bullet = tag("w:numPr", None, tag("w:ilvl", {"w:val": 0}), tag("w:numId", {"w:val": BULLETS}))
    hanging = tag("w:ind", {"w:left": 284, "w:hanging": 284})
    tabs = tag("w:tabs", None, tag("w:tab", {"w:val": "right", "w:pos": 9638}))
    return [
        _style("paragraph", "Normal", name="Normal", default=True),
        styled("Title", 20, *_ON, _spacing(after=160, line=252), name="Title", bold=True, following="Normal"),
        heading(1, 13.5, 260, ACCENT),
        heading(2, 11.5, 180, INK),
        heading(3, 10, 140, INK),
        styled("Notice", 9, _spacing(after=80), colour=MUTED),
        styled(
            "BottomLine",
            10.5,
            tag("w:keepLines"),
            bar,
            shade,
            _spacing(before=60, after=140, line=269),
            tag("w:ind", {"w:left": 200, "w:right": 60}),
            serif=True,
        ),
        styled("Choices", 10, _spacing(after=120), bold=True),
        styled("Aside", 9.5, _spacing(after=80), serif=True),
        styled("Note", 8.5, _spacing(after=60), colour="3C4552"),
        styled("Small", 9, _spacing(after=80)),
        styled("Command", 8.5, grey, _spacing(after=100)),
        styled("ListBullet", 10, bullet, _spacing(after=60, line=259), hanging, name="List Bullet", serif=True),
        styled("Caption", 9, *_ON, _spacing(before=140, after=60), name="caption", bold=True),
        styled("Chart", 9, _spacing(after=140)),
        styled("TableText", 8.5, _spacing(line=245)),
        styled("TableHead", 8.5, _spacing(line=245), bold=True),
        styled("TableHeadSmall", 7, _spacing(line=235), bold=True),
        styled("Gap", 4, _spacing(after=0, line=240)),
        styled("FootnoteText", 8, _spacing(after=20), name="footnote text"),
        styled("Header", 8, tabs, _spacing(), name="header", colour=MUTED),
        styled("Footer", 8, tabs, _spacing(), name="footer", colour=MUTED),
    ]


def _characters(fonts: Fonts) -> list[Xml]:
    above = tag("w:vertAlign", {"w:val": "superscript"})
    return [
        _style("character", "DefaultParagraphFont", name="Default Paragraph Font", default=True),
        _style("character", "Strong", name="Strong", run=(tag("w:b"), tag("w:bCs"))),
        _style(
            "character",
            "Remark",
            run=(tag("w:b", {"w:val": 0}), tag("w:bCs", {"w:val": 0}), tag("w:color", {"w:val": MUTED})),
        ),
        _style("character", "Marking", run=_letters(8.5, bold=True, colour=_ALERT, faces=_faces(fonts, sans=True))),
        _style("character", "Hyperlink", name="Hyperlink", run=(tag("w:color", {"w:val": ACCENT}),)),
        _style(
            "character",
            "FootnoteReference",
            name="footnote reference",
            run=(tag("w:color", {"w:val": ACCENT}), above),
        ),
    ]


def _tables(compact: bool) -> list[Xml]:
    sides = {**_MARGINS, "top": 15, "bottom": 15} if compact else _MARGINS
    margins = tag(
        "w:tblCellMar",
        None,
        *(tag(f"w:{side}", {"w:w": size, "w:type": "dxa"}) for side, size in sides.items()),
    )
    lines = tag("w:tblBorders", None, _line("bottom", 3, _RULE), _line("insideH", 3, _RULE))
    under_head = tag("w:tcPr", None, tag("w:tcBorders", None, _line("bottom", 8, INK)), tag("w:vAlign", _BOTTOM))
    first_row = tag("w:tblStylePr", {"w:type": "firstRow"}, under_head)
    plain = _style("table", "TableNormal", name="Normal Table", default=True, further=(tag("w:tblPr", None, margins),))
    return [
        plain,
        _style("table", "MemoList", based="TableNormal", further=(tag("w:tblPr", None, margins),)),
        _style("table", "MemoTable", based="TableNormal", further=(tag("w:tblPr", None, lines, margins), first_row)),
    ]


_MARGINS: Final[Mapping[str, int]] = {"top": 40, "left": 80, "bottom": 40, "right": 80}
_BOTTOM: Final = {"w:val": "bottom"}


def _line(side: str, size: int, colour: str) -> Xml:
    return tag(f"w:{side}", {"w:val": "single", "w:sz": size, "w:space": 0, "w:color": colour})


def numbering_xml() -> Xml:
    """The only kind of list: bullets."""
    level = tag(
        "w:lvl",
        {"w:ilvl": 0},
        tag("w:start", {"w:val": 1}),
        tag("w:numFmt", {"w:val": "bullet"}),
        tag("w:lvlText", {"w:val": "•"}),
        tag("w:lvlJc", {"w:val": "left"}),
        tag("w:pPr", None, tag("w:ind", {"w:left": 284, "w:hanging": 284})),
        tag("w:rPr", None, tag("w:rFonts", {"w:ascii": LATIN_SANS, "w:hAnsi": LATIN_SANS, "w:hint": "default"})),
    )
    kind = tag("w:multiLevelType", {"w:val": "singleLevel"})
    abstract = tag("w:abstractNum", {"w:abstractNumId": 0}, kind, level)
    number = tag("w:num", {"w:numId": BULLETS}, tag("w:abstractNumId", {"w:val": 0}))
    return tag_root("w:numbering", abstract, number)


def settings_xml(language: str, separators: tuple[int, ...]) -> Xml:
    """The settings: the current version of Word, and which footnotes are the lines between notes and text."""
    fonts = fonts_of(language)
    modern = {"w:name": "compatibilityMode", "w:uri": "http://schemas.microsoft.com/office/word", "w:val": 15}
    spacing = "compressPunctuation" if language.partition("-")[0] in {"zh", "ja"} else "doNotCompress"
    return tag_root(
        "w:settings",
        tag("w:zoom", {"w:percent": 100}),
        tag("w:defaultTabStop", {"w:val": 720}),
        tag("w:characterSpacingControl", {"w:val": spacing}),
        tag("w:footnotePr", None, *(tag("w:footnote", {"w:id": id}) for id in separators)),
        tag("w:compat", None, tag("w:compatSetting", modern)),
        tag("w:themeFontLang", {"w:val": fonts.latin, "w:eastAsia": fonts.east_asian}),
    )
