"""Checks each tag of an author's Word file against the form: every fault at once, each quoted."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

import regex
from jinja2 import nodes
from jinja2.exceptions import SecurityError, TemplateSyntaxError

from bot.documents.word_faults import TemplateFault
from bot.documents.word_language import CLOSE, FILTERS, LOOP, OPEN, Sandbox
from bot.documents.word_tags import Tag, TaggedPart
from bot.forms.definition import Question
from bot.forms.xform import Form

FACTS: Final = (
    "don_vi",
    "cap_hoc",
    "cap_tren",
    "co_quan",
    "ky_hieu",
    "dia_danh",
    "nguoi_ky",
    "chuc_vu",
    "dot",
    "han_nop",
    "lan_nop",
    "bien_nhan",
    "ngay_nop",
)
ABOUT: Final = "bao_cao"
"""What is known of the report itself: ``{{ bao_cao.don_vi }}``."""

_ARGUMENTS: Final = {"neu_trong": str, "rong": int}
_SELECTS: Final = ("select_multiple", "rank")


@dataclass(frozen=True, slots=True)
class Kind:
    """What an expression stands for."""

    name: str  # answer, picture, chosen, repeat, row, about, loop, text, unknown
    path: str = ""  # of the question or repeat
    question: Question | None = None

    @property
    def printable(self) -> bool:
        """Whether it can stand on paper as it is."""
        return self.name in ("answer", "picture", "chosen", "text", "number", "unknown")


_TEXT: Final = Kind("text")
_UNKNOWN: Final = Kind("unknown")  # a fault was found in it already


class Names:
    """The names of a form as a template says them: ``so-lop`` and ``so.lop`` are ``so_lop``."""

    def __init__(self, form: Form) -> None:
        self._form = form
        self._repeats = {r.path: r for r in form.repeats}
        self._inside: dict[str, dict[str, Kind]] = {path: {} for path in ("", *self._repeats)}
        for question in form.fields.values():
            if question.type != "note":
                kind = "picture" if question.type == "image" else "answer"
                found = Kind(kind, question.path, question)
                self._inside[question.repeat or ""].setdefault(spelled(question.name), found)
        for repeat in form.repeats:
            found = Kind("repeat", repeat.path)
            self._inside[repeat.repeat or ""].setdefault(spelled(repeat.name), found)

    def inside(self, repeat: str) -> dict[str, Kind]:
        """What a row of that repeat has; "" for what stands in no repeat."""
        return self._inside[repeat]

    def repeat_with(self, name: str) -> str:
        """The name of the repeat whose rows have that question; "" when none has."""
        for path, found in self._inside.items():
            if path and name in found:
                return spelled(self._repeats[path].name)
        return ""


def spelled(name: str) -> str:
    """A question's name as an identifier."""
    return regex.sub(r"\W", "_", name)


def check(part: TaggedPart, names: Names, sandbox: Sandbox) -> Iterator[TemplateFault]:
    """What is wrong with the tags of a part; ``Tag.kind`` of a picture becomes "picture"."""
    scopes: list[dict[str, Kind]] = [{}]
    for tag in part.tags:
        yield from _Check(tag, scopes, names, sandbox).faults()


class _Check:
    """One tag being looked at. ``scopes`` are the names that the loops around it have made."""

    def __init__(
        self, tag: Tag, scopes: list[dict[str, Kind]], names: Names, sandbox: Sandbox
    ) -> None:
        self._tag = tag
        self._scopes = scopes
        self._names = names
        self._sandbox = sandbox
        self._found: list[TemplateFault] = []

    def faults(self) -> list[TemplateFault]:
        readers: dict[str, Callable[[], None]] = {
            "output": self._output,
            "if": lambda: self._condition("if"),
            "elif": lambda: self._condition("elif"),
            "for": self._loop,
            "endfor": self._end,
            "endif": lambda: self._bare("endif"),
            "else": lambda: self._bare("else"),
            "comment": lambda: None,
        }
        reader = readers.get(self._tag.kind)
        if reader is None:
            self._fault("template-not-allowed")
        else:
            reader()
        return self._found

    def _fault(self, key: str, **words: str) -> Kind:
        place = self._tag.place
        self._found.append(
            TemplateFault(key, place, tuple({"tag": self._tag.shown, **words}.items()))
        )
        return _UNKNOWN

    # -- what a tag says

    def _output(self) -> None:
        tree = self._read(f"{OPEN}{{ {self._tag.text} }}{CLOSE}")
        if tree is None:
            return
        output = tree.body[0] if tree.body else None
        if not isinstance(output, nodes.Output) or len(output.nodes) != 1:
            self._fault("template-syntax")
            return
        kind = self._kind(output.nodes[0])
        if not kind.printable:
            if kind.name == "repeat":
                self._fault("template-needs-loop", example=_example(self._tag.text, "…"))
            else:
                self._fault("template-not-printed")
        elif kind.name == "picture":
            self._tag.kind = "picture"

    def _condition(self, word: str) -> None:
        start = f"{OPEN}% if true %{CLOSE}" if word == "elif" else ""
        tree = self._read(f"{start}{OPEN}% {self._tag.text} %{CLOSE}{OPEN}% endif %{CLOSE}")
        if tree is None:
            return
        block = tree.body[0]
        assert isinstance(block, nodes.If)
        self._kind((block.elif_[0] if word == "elif" else block).test)

    def _loop(self) -> None:
        self._scopes.append({"loop": Kind("loop")})
        tree = self._read(f"{OPEN}% {self._tag.text} %{CLOSE}{OPEN}% endfor %{CLOSE}")
        if tree is None:
            self._scopes[-1]["*"] = _UNKNOWN
            return
        loop = tree.body[0]
        if not isinstance(loop, nodes.For) or not isinstance(loop.target, nodes.Name):
            self._scopes[-1]["*"] = self._fault("template-syntax")
            return
        if loop.recursive:
            self._fault("template-not-allowed")
        self._scopes[-1][loop.target.name] = self._turn(self._kind(loop.iter))
        if loop.test is not None:
            self._kind(loop.test)

    def _turn(self, over: Kind) -> Kind:
        """What each round of a loop is about."""
        if over.name == "repeat":
            return Kind("row", over.path)
        if over.question is not None and over.question.type in _SELECTS:
            return Kind("chosen", over.path)
        return _UNKNOWN if over.name == "unknown" else self._fault("template-no-repeat")

    def _end(self) -> None:
        if len(self._scopes) > 1:
            self._scopes.pop()
        self._bare("endfor")

    def _bare(self, word: str) -> None:
        if self._tag.text != word:
            self._fault("template-syntax")

    def _read(self, source: str) -> nodes.Template | None:
        try:
            return self._sandbox.parse(source)
        except SecurityError:
            self._fault("template-not-allowed")
        except (TemplateSyntaxError, RecursionError):
            self._fault("template-syntax")
        return None

    # -- what an expression stands for

    def _kind(self, node: nodes.Node) -> Kind:
        match node:
            case nodes.Name():
                return self._name(node.name)
            case nodes.Getattr():
                return self._part(self._kind(node.node), node.attr)
            case nodes.Filter():
                return self._filter(node)
            case nodes.Const():
                return Kind("number") if isinstance(node.value, int | float) else _TEXT
            case nodes.Compare():
                return self._compare(node)
            case nodes.CondExpr():
                kinds = [self._kind(one) for one in node.iter_child_nodes()]
                return kinds[1] if len(kinds) > 1 else _TEXT
            case _:
                for one in node.iter_child_nodes():
                    self._kind(one)
                return _TEXT

    def _name(self, name: str) -> Kind:
        for scope in reversed(self._scopes):
            if name in scope:
                return scope[name]
        found = self._names.inside("").get(name)
        if found is not None:
            return found
        if name == ABOUT:
            return Kind("about")
        if any("*" in scope for scope in self._scopes):  # a loop that could not be read
            return _UNKNOWN
        repeat = self._names.repeat_with(name)
        if repeat:
            return self._fault("template-in-repeat", name=name, example=_example(repeat, name))
        scoped = [one for scope in self._scopes for one in scope]
        return self._unknown(name, [*self._names.inside(""), *scoped, ABOUT])

    def _unknown(self, name: str, known: list[str]) -> Kind:
        near = get_close_matches(name, known, 1, 0.6)
        if near:
            return self._fault("template-misspelt", name=name, near=near[0])
        return self._fault("template-unknown", name=name)

    def _part(self, of: Kind, name: str) -> Kind:
        if of.name == "row":
            inside = self._names.inside(of.path)
            return inside[name] if name in inside else self._unknown(name, list(inside))
        known = {
            "about": FACTS,
            "loop": tuple(LOOP),
            "answer": ("raw",),
            "chosen": ("raw",),
            "picture": ("chu_thich",),
        }.get(of.name, ())
        if name in known:
            return Kind("number") if of.name == "loop" else Kind("answer", of.path, of.question)
        if of.name == "unknown":
            return of
        if of.name == "repeat" and name in self._names.inside(of.path):
            example = _example(spelled(of.path.rpartition("/")[2]), name)
            return self._fault("template-in-repeat", name=name, example=example)
        return self._unknown(name, list(known))

    def _filter(self, node: nodes.Filter) -> Kind:
        kind = self._kind(node.node) if node.node is not None else _UNKNOWN
        if node.name not in FILTERS:
            near = get_close_matches(node.name, list(FILTERS), 1, 0.5)
            known = ", ".join(near or FILTERS)
            return self._fault("template-filter", name=node.name, known=known)
        arguments = [one.value if isinstance(one, nodes.Const) else None for one in node.args]
        wanted = [_ARGUMENTS[node.name]] if node.name in _ARGUMENTS else []
        fits = [type(one) for one in arguments] == wanted and not node.kwargs
        if not fits or node.dyn_args or node.dyn_kwargs:
            return self._fault("template-syntax")
        if node.name == "rong":
            return (
                _TEXT if kind.name in ("picture", "unknown") else self._fault("template-no-photo")
            )
        if not kind.printable or kind.name == "picture":
            return self._fault("template-not-printed")
        return _TEXT

    def _compare(self, node: nodes.Compare) -> Kind:
        kinds = [self._kind(node.expr), *(self._kind(one.expr) for one in node.ops)]
        answers = [kind.name in ("answer", "chosen", "unknown") for kind in kinds]
        if len(kinds) != 2:
            self._fault("template-syntax")
        elif node.ops[0].op in ("in", "notin"):
            if not answers[1]:
                self._fault("template-syntax")
        elif not any(answers) and any(kind.name != "number" for kind in kinds):
            self._fault("template-syntax")
        return _TEXT


def _example(repeat: str, name: str) -> str:
    return f"{{% for dong in {repeat} %}}{{{{ dong.{name} }}}}{{% endfor %}}"
