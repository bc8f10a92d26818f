"""What an author may write between braces: names, filters, conditions, loops, and nothing else.

Jinja is a whole programming language; this is the small part of it that a report needs. A tag is
read into Jinja's own tree and every node of it must be on the list below: there is no arithmetic
(``calculation`` in the workbook is the place for it), no call, no way to an object's insides. So
what a template costs is bounded by its size and by the rows of its loops, which are counted.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final, NoReturn

from jinja2 import nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from bot.documents import vietnamese

MOST_ROUNDS: Final = 20_000  # of all loops together
MOST_CHARACTERS: Final = 20_000_000  # of the XML of a document
LOOP: Final = frozenset(("index", "first", "last", "length", "revindex"))

# Of the private use area: an author's own braces are letters like any others.
OPEN, CLOSE = "\ue100", "\ue101"

NODES: Final = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Getattr,
    nodes.Filter,
    nodes.Const,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.CondExpr,
    nodes.Concat,
    nodes.If,
    nodes.For,
)


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja with what stands in ``NODES``, ``FILTERS`` and ``Value``, and no more."""

    def __init__(self) -> None:
        super().__init__(
            block_start_string=f"{OPEN}%",
            block_end_string=f"%{CLOSE}",
            variable_start_string=f"{OPEN}{{",
            variable_end_string=f"}}{CLOSE}",
            comment_start_string=f"{OPEN}#",
            comment_end_string=f"#{CLOSE}",
            autoescape=True,
            cache_size=0,
        )
        self.filters = dict(FILTERS)
        self.tests = {}
        self.globals = {}

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        for node in tree.find_all(nodes.Node):
            if not isinstance(node, NODES):
                raise SecurityError(type(node).__name__)
        return tree

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Only what a value says of itself, or a loop of where it is."""
        if isinstance(obj, Value):
            return obj.part(attribute)
        if isinstance(obj, LoopContext) and attribute in LOOP:
            return getattr(obj, attribute)
        raise SecurityError(attribute)

    def getitem(self, obj: Any, argument: Any) -> NoReturn:
        """Nothing has items."""
        raise SecurityError(str(argument))

    def call(self, *_arguments: Any, **_more: Any) -> NoReturn:
        """Nothing may be called."""
        raise SecurityError("call")

    @staticmethod
    def concat(pieces: Iterable[str]) -> str:
        """Join what a template yields, up to a size that no report has."""
        kept: list[str] = []
        left = MOST_CHARACTERS
        for piece in pieces:
            left -= len(piece)
            if left < 0:
                raise SecurityError("too many characters")
            kept.append(piece)
        return "".join(kept)


# -- values


class Value:
    """Something that a name in a template stands for."""

    def part(self, name: str) -> "Value":
        """What stands behind the dot."""
        raise SecurityError(name)


class Answer(Value):
    """One answer: printed as official papers write it; compared as it is kept."""

    def __init__(
        self, raw: str, written: str, bare: str = "", chosen: Mapping[str, str] | None = None
    ) -> None:
        self.raw = raw
        self.written = written
        self.bare = bare or written  # without its unit
        self.chosen = chosen or {}  # names of choices and their words

    def part(self, name: str) -> Value:
        """``raw``: as it is kept, e.g. "2023-10-02", or the name of a choice."""
        return (
            Answer(self.raw, self.raw, chosen=self.chosen) if name == "raw" else super().part(name)
        )

    def __str__(self) -> str:
        return self.written

    def __html__(self) -> str:
        return str(escape(self.written))

    def __bool__(self) -> bool:
        return bool(self.raw)

    def __iter__(self) -> Iterator["Answer"]:
        for name, words in self.chosen.items():
            yield Answer(name, words)

    def __contains__(self, name: object) -> bool:
        return str(name) in self.raw.split()

    def __eq__(self, other: object) -> bool:
        one, two = _comparable(self, other)
        return bool(one == two)

    def __lt__(self, other: object) -> bool:
        one, two = _comparable(self, other)
        return bool(self.raw) and one < two

    def __gt__(self, other: object) -> bool:
        one, two = _comparable(self, other)
        return bool(self.raw) and one > two

    def __le__(self, other: object) -> bool:
        return self < other or self == other

    def __ge__(self, other: object) -> bool:
        return self > other or self == other

    __hash__ = None  # type: ignore[assignment]


def _comparable(one: Answer, other: object) -> tuple[Any, Any]:
    """Both as numbers where both are, else both as text."""
    texts = one.raw, other.raw if isinstance(other, Answer) else str(other)
    try:
        return float(texts[0]), float(texts[1])
    except ValueError:
        return texts


class Picture(Value):
    """A photo that may be shown; "" where there is none."""

    def __init__(self, draw: Callable[[int], str] | None, caption: str) -> None:
        self._draw = draw
        self._caption = caption

    def part(self, name: str) -> Value:
        """``chu_thich``: the words under it."""
        return Answer(self._caption, self._caption) if name == "chu_thich" else super().part(name)

    def __bool__(self) -> bool:
        return self._draw is not None

    def __html__(self) -> str:
        return self.drawn(0)

    def drawn(self, width: int) -> str:
        """Its XML, at most so many millimetres wide; 0: as wide as photos are."""
        return self._draw(width) if self._draw else ""


class Record(Value):
    """Named values: the row of a repeat, or what is known of the report."""

    def __init__(self, find: Callable[[str], Value]) -> None:
        self._find = find

    def part(self, name: str) -> Value:
        """The value of that name."""
        return self._find(name)


class Several(Value):
    """The rows of a repeat. Each round of each loop is counted."""

    def __init__(self, rows: list[Record], budget: "Budget") -> None:
        self._rows = rows
        self._budget = budget

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Record]:
        for row in self._rows:
            self._budget.spend()
            yield row


class Budget:
    """How many rounds the loops of one document may still make."""

    def __init__(self) -> None:
        self.left = MOST_ROUNDS

    def spend(self) -> None:
        """Take one. Raises SecurityError when there is none left."""
        self.left -= 1
        if self.left < 0:
            raise SecurityError("too many rounds of loops")


# -- filters


def _full_date(value: object) -> str:
    raw = value.raw if isinstance(value, Answer) else str(value)
    if len(raw) < len("2023-10-02") or raw[4:5] != "-":
        return str(value)
    return vietnamese.header_date("", raw[:10]).removeprefix(", ")


def _day(value: object) -> str:
    return vietnamese.date(value.raw if isinstance(value, Answer) else str(value))


def _bare(value: object) -> str:
    return value.bare if isinstance(value, Answer) else str(value)


def _in_words(value: object) -> str:
    words = vietnamese.in_words(value.raw if isinstance(value, Answer) else str(value))
    return words[:1].upper() + words[1:]


def _wide(value: object, width: object = 0) -> str:
    if not isinstance(value, Picture):
        return str(value)
    return Markup(value.drawn(max(5, min(int(str(width)), 165))))  # noqa: S704 - XML of our own


def _otherwise(value: object, other: object = "") -> object:
    return value if value else other


FILTERS: Final[dict[str, Callable[..., Any]]] = {
    "chu_hoa": lambda value: vietnamese.upper(str(value)),
    "bang_chu": _in_words,
    "so": _bare,
    "tien": lambda value: vietnamese.money(value.raw if isinstance(value, Answer) else str(value)),
    "ngay": _day,
    "ngay_thang_nam": _full_date,
    "ho_ten": lambda value: vietnamese.person_name(str(value)),
    "hai_chu_so": lambda value: vietnamese.paper_number(_bare(value)),
    "neu_trong": _otherwise,
    "rong": _wide,
}
"""Each filter takes the value; ``neu_trong`` and ``rong`` one constant more."""
