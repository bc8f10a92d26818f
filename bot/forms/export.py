"""Answers for other programs: OpenRosa's instance XML, and tables of raw values.

ODK Central and KoboToolbox take an instance with its files beside it; a new version of it has an
instanceID of its own and names the one before in deprecatedID. Tables are as Central makes them: a
sheet for what stands in no repeat and one a repeat, rows tied by KEY and PARENT_KEY.
"""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, Final
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from defusedxml.ElementTree import fromstring

from bot.errors import FormError
from bot.forms.definition import Control
from bot.forms.filling import Filling
from bot.forms.tree import Spec
from bot.forms.xform import Form

FILES: Final = ("image", "file", "audio", "video")

_OPENROSA: Final = "http://openrosa.org/xforms"
_VERSIONS: Final = uuid.UUID("6f0d1c1e-6c2b-5b7e-9d3a-2f6f1f0c7a51")  # ours; any would do
_NOT_ASKED: Final = ("note",)

register_namespace("orx", _OPENROSA)


@dataclass(frozen=True, slots=True)
class Instance:
    """One version of one report, as OpenRosa's submission has it."""

    id: str
    xml: str
    files: Mapping[str, str] = field(default_factory=dict)  # name in the XML -> key in our store


def instance(filling: Filling, version: int, seed: str) -> Instance:
    """The relevant answers of a submission as instance XML, files by their names.

    ``seed`` makes the id where the form itself makes none; the same one, the same id.
    """
    root: Element = fromstring(filling.submission_xml())
    files = {}
    for element, spec in _leaves(root, filling.form):
        question = filling.form.fields.get(spec.path)
        if question is not None and question.type in FILES and element.text:
            name = PurePosixPath(element.text).name
            files[name], element.text = element.text, name
    first = filling.value(_meta_path(filling.form, "instanceID")) or f"uuid:{_made(seed, 1)}"
    own = _id(first, version)
    _set_meta(root, "instanceID", own)
    if version > 1:
        _set_meta(root, "deprecatedID", _id(first, version - 1))
    xml = '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode")
    return Instance(own, xml, files)


def _id(first: str, version: int) -> str:
    return first if version == 1 else f"uuid:{_made(first, version)}"


def _made(seed: str, version: int) -> uuid.UUID:
    return uuid.uuid5(_VERSIONS, f"{seed} {version}")


def _meta_path(form: Form, name: str) -> str:
    found = [
        spec.path for spec in form.by_name.get(name, ()) if spec.path.endswith(f"/meta/{name}")
    ]
    return found[0] if found else f"/meta/{name}"


def _set_meta(root: Element, name: str, value: str) -> None:
    meta = next((one for one in root if _local(one) == "meta"), None)
    if meta is None:
        meta = SubElement(root, f"{{{_OPENROSA}}}meta")
    found = next((one for one in meta if _local(one) == name), None)
    if found is None:
        prefix = meta.tag.rpartition("}")[0]
        found = SubElement(meta, f"{prefix}}}{name}" if prefix else name)
    found.text = value


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _leaves(root: Element, form: Form) -> Iterator[tuple[Element, Spec]]:
    """Each answer of an instance with its place in the form.

    Raises:
        FormError: the form has no such place.
    """
    for element, spec, _ in _walk(root, form.specs[f"/{_local(root)}"], f"/{_local(root)}"):
        if not len(element) and not spec.kids:
            yield element, spec


def _walk(element: Element, spec: Spec, ref: str) -> Iterator[tuple[Element, Spec, str]]:
    yield element, spec, ref
    counted: dict[str, int] = {}
    for kid in element:
        name = _local(kid)
        under = spec.by_name.get(name)
        if under is None:
            if "meta" in (name, _local(element)):  # what OpenRosa adds
                continue
            raise FormError("XForm", 0, f"the form has no place {ref}/{name}")
        counted[name] = counted.get(name, 0) + 1
        at = f"{ref}/{name}[{counted[name]}]" if under.repeats else f"{ref}/{name}"
        yield from _walk(kid, under, at)


def state_of(xml: str, form: Form) -> dict[str, Any]:
    """What an instance holds, as ``Filling.resume`` takes it: the way back.

    Raises:
        FormError: it is no instance of this form.
    """
    root: Element = fromstring(xml)
    spec = form.specs.get(f"/{_local(root)}")
    if spec is None:
        raise FormError("XForm", 0, f"the form has no place /{_local(root)}")
    values: dict[str, str] = {}
    rows: dict[str, int] = {}
    for element, at, ref in _walk(root, spec, spec.path):
        if at.repeats:
            repeat, _, number = ref.rpartition("[")
            rows[repeat] = int(number.removesuffix("]"))
        if not at.kids and element.text:
            values[ref] = element.text
    return {"values": values, "rows": rows}


# -- tables


@dataclass(frozen=True, slots=True)
class ExportColumn:
    """A question as a column: ``group-question``, with its words."""

    path: str
    name: str
    label: str
    type: str


@dataclass(frozen=True, slots=True)
class ExportTable:
    """What stands in no repeat, or the rows of one."""

    path: str  # of the repeat; "" outside
    name: str
    columns: tuple[ExportColumn, ...]


def tables(form: Form) -> tuple[ExportTable, ...]:
    """The main table, then one a repeat in the order of the form."""
    labels = dict(_labels(form.body, form))
    columns: dict[str, list[ExportColumn]] = {"": []}
    columns |= {repeat.path: [] for repeat in form.repeats}
    root = form.root.path
    for path, question in form.fields.items():
        if question.type not in _NOT_ASKED and not path.startswith(f"{root}/meta/"):
            around = question.repeat or root
            name = path.removeprefix(f"{around}/").replace("/", "-")
            label = labels.get(path, "")
            column = ExportColumn(path, name, label, question.type)
            columns[question.repeat or ""].append(column)
    names = {path: path.removeprefix(f"{root}/").replace("/", "-") for path in columns}
    return tuple(
        ExportTable(path, names[path] if path else form.root.name, tuple(listed))
        for path, listed in columns.items()
    )


def _labels(controls: Sequence[Control], form: Form) -> Iterator[tuple[str, str]]:
    for control in controls:
        if control.spec is not None and control.label is not None:
            texts = control.label.pieces
            pieces = texts.get(form.default_language) or next(iter(texts.values()), ())
            words = (piece if isinstance(piece, str) else "…" for piece in pieces)
            yield control.spec.path, "".join(words).strip()
        yield from _labels(control.kids, form)


def lines(
    filling: Filling, key: str, listed: tuple[ExportTable, ...]
) -> Iterator[tuple[int, list[str]]]:
    """Number of the table, and the cells of each row: of a repeat PARENT_KEY and KEY first."""
    found: dict[tuple[str, tuple[int, ...]], dict[str, str]] = {}
    homes = {column.path: table.path for table in listed for column in table.columns}
    for path, rows, value in filling.given():
        if path in homes:
            home = homes[path]
            is_file = filling.form.fields[path].type in FILES
            shown = PurePosixPath(value).name if is_file else value
            found.setdefault((home, rows), {})[path] = shown
    for home, rows in list(found):
        for depth in range(1, len(rows)):  # a row has the row around it, answered or not
            around = _around(home, filling.form)[depth - 1]
            found.setdefault((around, rows[:depth]), {})
    order = {table.path: number for number, table in enumerate(listed)}
    found.setdefault(("", ()), {})
    for (home, rows), values in sorted(
        found.items(), key=lambda one: (order[one[0][0]], one[0][1])
    ):
        table = listed[order[home]]
        cells = [values.get(column.path, "") for column in table.columns]
        yield order[home], [*_keys(home, rows, key, filling.form), *cells]


def _around(repeat: str, form: Form) -> list[str]:
    """A repeat and those around it, outermost first."""
    paths = (one.path for one in form.repeats)
    return sorted((path for path in paths if f"{repeat}/".startswith(f"{path}/")), key=len)


def _keys(repeat: str, rows: tuple[int, ...], key: str, form: Form) -> list[str]:
    """KEY, and before it PARENT_KEY in a repeat: ``uuid:…/lop[2]/giai[1]``."""
    keys = [key]
    for path, row in zip(_around(repeat, form), rows, strict=True):
        keys.append(f"{keys[-1]}/{path.rpartition('/')[2]}[{row}]")
    return keys[-2:] if rows else keys
