"""Photos: two a row, equally high, each with its words under it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from docx.document import Document
from docx.image.image import Image
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.parts.image import ImagePart

from bot.documents.characters import one_line, without_end
from bot.documents.document import Photo
from bot.documents.nd30_page import TEXT_WIDTH
from bot.documents.wordxml import EMU_PER_TWIP, Indent, cell, paragraph, picture, row, run, table

_GAP = 170  # twips between two photos: 3 mm
_PAIR_HEIGHT = 3345  # twips, at most: 59 mm, so that six photos fit on a page
_ALONE_HEIGHT = 3970  # 70 mm
_ALONE_WIDTH = 6800  # 120 mm, unless it is a panorama
_WIDE, _TALL = 2.2, 0.5  # width to height: beyond these a photo stands alone
_TWIPS_PER_PIXEL = 15  # at 96 to the inch; a small photo is not blown up beyond this


@dataclass(frozen=True, slots=True)
class _Picture:
    """A photo that is in the file."""

    relation: str
    number: int  # in the whole document
    caption: str
    width: int  # pixels
    height: int

    @property
    def shape(self) -> float:
        return self.width / self.height

    @property
    def alone(self) -> bool:
        return not _TALL <= self.shape <= _WIDE

    @property
    def full_height(self) -> int:
        """Twips: as high as its pixels allow."""
        return self.height * _TWIPS_PER_PIXEL


class Album:
    """Puts photos into a file and numbers them through the document."""

    def __init__(self, file: Document, path: Callable[[str], Path]) -> None:
        self._file = file
        self._path = path
        self._count = 0
        self._relations: dict[str, str] = {}  # fingerprint of a picture -> relation

    def show(self, photos: Iterable[Photo], *, end: str = "") -> str:
        """A table of the photos, in their order. ``end`` is put after the last words."""
        rows = list(_pairs([self._add(photo) for photo in photos]))
        splits = sorted({_split(pair) for pair in rows if len(pair) == 2})
        edges = [0, *splits, TEXT_WIDTH]
        return table(
            "Unruled",
            [right - left for left, right in pairwise(edges)],
            (_row(pair, edges, end if pair is rows[-1] else "") for pair in rows),
        )

    def _add(self, photo: Photo) -> _Picture:
        self._count += 1
        relation, width, height = self._packed(str(self._path(photo.key)))
        return _Picture(relation, self._count, one_line(photo.caption), width, height)

    def _packed(self, path: str) -> tuple[str, int, int]:
        """Relation and size of the picture at ``path``; the same picture is packed once.

        Not by python-docx: for each photo it reads all that are there once more.
        """
        image = Image.from_file(path)
        relation = self._relations.get(image.sha1)
        if relation is None:
            name = PackURI(f"/word/media/image{len(self._relations) + 1}.{image.ext}")
            relation = self._file.part.relate_to(
                ImagePart.from_image(image, name), RELATIONSHIP_TYPE.IMAGE
            )
            self._relations[image.sha1] = relation
        return relation, image.px_width, image.px_height


def _pairs(pictures: Iterable[_Picture]) -> Iterator[list[_Picture]]:
    waiting: list[_Picture] = []
    for shown in pictures:
        if shown.alone and waiting:
            yield waiting
            waiting = []
        waiting.append(shown)
        if shown.alone or len(waiting) == 2:
            yield waiting
            waiting = []
    if waiting:
        yield waiting


def _height(pair: list[_Picture]) -> int:
    """Twips: how high the photos of a row are, both alike."""
    if len(pair) == 2:
        fitting = (TEXT_WIDTH - 2 * _GAP) / sum(shown.shape for shown in pair)
        return min(int(fitting), _PAIR_HEIGHT, *(shown.full_height for shown in pair))
    (only,) = pair
    widest = TEXT_WIDTH - _GAP if only.shape > _WIDE else _ALONE_WIDTH
    return min(int(widest / only.shape), _ALONE_HEIGHT, only.full_height)


def _split(pair: list[_Picture]) -> int:
    """Twips from the left edge to the line between two photos; rounded, so that lines agree."""
    left, right = pair
    share = left.shape / (left.shape + right.shape)
    narrow = _height(pair) * min(left.shape, right.shape) + _GAP
    place = min(max(share * TEXT_WIDTH, narrow), TEXT_WIDTH - narrow)
    return round(place)


def _row(pair: list[_Picture], edges: list[int], end: str) -> str:
    """A row of photos; with an ``end`` it keeps with what follows."""
    height = _height(pair)
    if len(pair) == 1:
        content = _photo(pair[0], height, end=end, keep_next=bool(end))
        return row([cell(TEXT_WIDTH, content, span=len(edges) - 1)])
    split = _split(pair)
    place = edges.index(split)
    left = _photo(pair[0], height, keep_next=bool(end))
    right = _photo(pair[1], height, end=end, keep_next=bool(end))
    return row(
        [
            cell(split, left, span=place),
            cell(TEXT_WIDTH - split, right, span=len(edges) - 1 - place),
        ]
    )


def _photo(shown: _Picture, height: int, *, end: str = "", keep_next: bool) -> str:
    label = f"Ảnh {shown.number}. {shown.caption}" if shown.caption else f"Ảnh {shown.number}"
    label = without_end(label) + end
    drawn = picture(
        shown.relation,
        shown.number,
        shown.caption,
        round(height * shown.shape) * EMU_PER_TWIP,
        height * EMU_PER_TWIP,
    )
    return paragraph("Picture", drawn, keep_next=True) + paragraph(
        "Caption", run(label), indent=Indent(_GAP // 2, _GAP // 2), keep_next=keep_next
    )
