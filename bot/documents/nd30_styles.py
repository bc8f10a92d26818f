"""Sizes, weights and distances of Nghị định 30/2020/NĐ-CP (Phụ lục I), as Word styles.

Each style names the rule it follows. Whoever corrects a report in Word finds the
styles in the gallery and changes all places at once.
"""

from dataclasses import dataclass, replace

FONT = "Times New Roman"
FIRST_LINE = 720  # twips: 1.27 cm


@dataclass(frozen=True, slots=True)
class Style:
    """One kind of paragraph. ``before`` and ``after`` are in points, ``line`` in lines."""

    id: str
    name: str
    points: float
    bold: bool = False
    italic: bool = False
    align: str = "center"
    first_line: int = 0
    before: float = 0
    after: float = 0
    line: float = 1
    exact: bool = False  # ``line`` is in points, whatever stands in it
    keep_lines: bool = False
    outline: int | None = None  # the level in Word's navigation pane
    rule: bool = False  # it is a drawn line

    def xml(self) -> str:
        """The w:style element."""
        return (
            f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{self.id}">'
            f'<w:name w:val="{self.name}"/><w:basedOn w:val="Normal"/><w:qFormat/>'
            f"<w:pPr>{self._paragraph()}</w:pPr><w:rPr>{self._run()}</w:rPr></w:style>"
        )

    def _paragraph(self) -> str:
        keep = "<w:keepLines/>" if self.keep_lines else ""
        rule = (
            '<w:pBdr><w:top w:val="single" w:sz="6" w:space="0" w:color="000000"/></w:pBdr>'
            if self.rule
            else ""
        )
        line = f'w:line="{round(self.line * (20 if self.exact else 240))}" w:lineRule=' + (
            '"exact"' if self.exact else '"auto"'
        )
        first = f'<w:ind w:firstLine="{self.first_line}"/>' if self.first_line else ""
        outline = "" if self.outline is None else f'<w:outlineLvl w:val="{self.outline}"/>'
        return (
            f'{keep}{rule}<w:spacing w:before="{round(self.before * 20)}" '
            f'w:after="{round(self.after * 20)}" {line}/>{first}'
            f'<w:jc w:val="{self.align}"/>{outline}'
        )

    def _run(self) -> str:
        weight = "<w:b/><w:bCs/>" if self.bold else ""
        slope = "<w:i/><w:iCs/>" if self.italic else ""
        size = round(self.points * 2)
        return f'{weight}{slope}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'


_BODY = Style("BodyText", "Nội dung", 14, align="both", first_line=FIRST_LINE, after=6, line=1.15)
_HEADING = replace(_BODY, bold=True, keep_lines=True)

STYLES = {
    style.id: style
    for style in (
        Style("PageNumber", "Số trang", 14),  # P5
        Style("Country", "Quốc hiệu", 12, bold=True),  # C1
        Style("Motto", "Tiêu ngữ", 13, bold=True),  # C2
        Style("Superior", "Cơ quan chủ quản", 12),  # C4
        Style("Issuer", "Cơ quan ban hành", 12, bold=True),  # C5
        Style(
            "Rule", "Đường kẻ", 14, before=3, after=4, line=4, exact=True, rule=True
        ),  # C3, C6, C11
        Style("Number", "Số, ký hiệu", 13, before=2),  # C7
        Style("PlaceAndDate", "Địa danh, thời gian", 13, italic=True, before=2),  # C8
        Style("DocumentType", "Tên loại", 14, bold=True, before=18),  # C9
        Style("Subject", "Trích yếu", 14, bold=True),  # C10
        Style("Addressee", "Kính gửi", 14, before=9, after=9),  # C12
        Style("AddresseesTitle", "Kính gửi nhiều nơi", 14, align="left", before=6, after=3),  # C12
        Style("Addressees", "Kính gửi, từng dòng", 14, align="left", after=4),  # C12
        replace(_BODY, id="Basis", name="Căn cứ", italic=True),  # C13
        _BODY,  # C14, C20, C21
        replace(_HEADING, id="Part", name="Mục (I.)", before=6, outline=0),  # C18
        replace(_HEADING, id="Item", name="Khoản (1.)", outline=1),  # C19
        Style("SignerTitle", "Chức vụ người ký", 14, bold=True),  # C22
        Style("SignerName", "Họ tên người ký", 14, bold=True, before=80),  # C23
        Style("RecipientsTitle", "Nơi nhận", 12, bold=True, italic=True, align="left"),  # C24
        Style("Recipient", "Nơi nhận, từng dòng", 11, align="left"),  # C25
        Style("AppendixNumber", "Số phụ lục", 14, bold=True, outline=0),  # C26
        Style("AppendixTitle", "Tên phụ lục", 14, bold=True, keep_lines=True),  # C27
        Style("AppendixOf", "Kèm theo", 14, italic=True),  # C28
        Style("CellTitle", "Bảng, đầu cột", 13, bold=True, before=3, after=3),
        Style("CellText", "Bảng, chữ", 13, align="left", before=2, after=2),
        Style("CellNumber", "Bảng, số", 13, align="right", before=2, after=2),
        Style("CellCentred", "Bảng, giữa ô", 13, before=2, after=2),
        Style("CellSection", "Bảng, tên nhóm", 13, bold=True, align="left", before=2, after=2),
        Style("CellSectionNumber", "Bảng, số nhóm", 13, bold=True, before=2, after=2),
        Style("Picture", "Ảnh", 13, before=8),
        Style("Caption", "Chú thích ảnh", 13, italic=True, before=3, keep_lines=True),
        Style("Gap", "Khoảng trống", 14, line=6, exact=True),
        Style("Closing", "Kết thúc", 14, before=6),  # C31, below a table
        Style("Last", "Cuối trang", 1, align="left", line=0.7, exact=True),
    )
}

_FONTS = " ".join(f'w:{script}="{FONT}"' for script in ("ascii", "hAnsi", "eastAsia", "cs"))
_THIN_LINES = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def _table_style(id: str, name: str, margin: int, borders: str = "") -> str:
    return (
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{id}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="TableNormal"/><w:tblPr>{borders}<w:tblCellMar>'
        f'<w:left w:w="{margin}" w:type="dxa"/><w:right w:w="{margin}" w:type="dxa"/>'
        "</w:tblCellMar></w:tblPr></w:style>"
    )


CELL_MARGIN = 85  # twips: 1.5 mm, in tables with lines

STYLES_XML = (
    "<w:docDefaults><w:rPrDefault><w:rPr>"
    f'<w:rFonts {_FONTS}/><w:color w:val="000000"/><w:sz w:val="28"/><w:szCs w:val="28"/>'
    '<w:lang w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
    '<w:pPrDefault><w:pPr><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
    "</w:pPr></w:pPrDefault></w:docDefaults>"
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
    f"<w:qFormat/><w:pPr><w:widowControl/></w:pPr><w:rPr><w:rFonts {_FONTS}/>"
    '<w:color w:val="000000"/></w:rPr></w:style>'
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
    '<w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr>'
    '<w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>'
    '<w:left w:w="0" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
    '<w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    + _table_style("Unruled", "Không kẻ ô", 0)
    + _table_style("Ruled", "Kẻ ô", CELL_MARGIN, f"<w:tblBorders>{_THIN_LINES}</w:tblBorders>")
    + "".join(style.xml() for style in STYLES.values())
)
