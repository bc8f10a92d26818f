"""The lists of an XForm beside its answers: choices, and files that come with the form."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Final
from xml.etree.ElementTree import Element

from bot.errors import FormError
from bot.forms.context import LAST_SAVED, Listing
from bot.forms.itext import elements, local
from bot.forms.tree import Item
from bot.forms.xml import parsed

ITEMSETS: Final = "itemsets.csv"
"""The file that XLSForm's sheet external_choices becomes, for select_one_external."""


class Lists:
    """The lists of one form by their ids, and which files they need."""

    def __init__(self, model: Element, attachments: Mapping[str, str | bytes]) -> None:
        self.by_id: dict[str, Listing] = {}
        self.external: dict[str, frozenset[str]] = {}  # names by id of those in ITEMSETS
        self.files: dict[str, str] = {}  # file name -> id of the list
        self._attachments = attachments
        instances = [element for element in elements(model) if local(element.tag) == "instance"]
        for instance in instances[1:]:
            self._add(instance.get("id", ""), instance)
        self._add_external()

    @property
    def missing(self) -> list[tuple[str, str]]:
        """Id and file name of the lists whose file is not there: they are empty."""
        return [(id, file) for file, id in self.files.items() if file not in self._attachments]

    def _add(self, id: str, instance: Element) -> None:
        document = Item("", None, "")
        source = instance.get("src", "")
        if source and id != LAST_SAVED:
            file = source.rpartition("/")[2]
            self.files[file] = id
            document.kids = _attached(file, self._attachments.get(file))
        else:
            document.kids = [_item(child, document) for child in elements(instance)]
        self.by_id[id] = Listing(document)

    def _add_external(self) -> None:
        roots: dict[str, Item] = {}
        for row in _csv(_text(self._attachments.get(ITEMSETS, ""))):
            id = row.get("list_name", "")
            if id in self.by_id:
                continue
            root = roots.setdefault(id, Item("root", None, ""))
            root.kids.append(_row(row, root))
        for id, root in roots.items():
            document = Item("", None, "")
            document.kids = [root]
            self.by_id[id] = Listing(document)
            self.external[id] = frozenset(item.text_of("name") for item in root.kids)


def _item(element: Element, parent: Item) -> Item:
    kids = list(elements(element))
    item = Item(local(element.tag), parent, "" if kids else element.text or "")
    item.kids = [_item(kid, item) for kid in kids]
    return item


def _row(columns: Mapping[str, str], root: Item) -> Item:
    item = Item("item", root, "")
    item.kids = [Item(column, item, text) for column, text in columns.items()]
    return item


def _text(content: str | bytes) -> str:
    text = content.decode("utf-8", "replace") if isinstance(content, bytes) else content
    return text.removeprefix("\ufeff")


def _attached(name: str, content: str | bytes | None) -> list[Item]:
    """An external list as ``root/item/column``; an absent file is an empty list."""
    root = Item("root", None, "")
    if content is None:
        return [root]
    text = _text(content)
    if name.endswith(".xml"):
        return [_item(parsed(text), root)]
    try:
        rows = _geojson(text) if name.endswith(".geojson") else _csv(text)
        root.kids = [_row(row, root) for row in rows]
    except (csv.Error, ValueError, LookupError, TypeError, AttributeError) as error:
        raise FormError(name, 0, f"the list cannot be read: {error}") from error
    return [root]


def _csv(text: str) -> Iterator[dict[str, str]]:
    head = text.partition("\n")[0]
    marks = [mark for mark in (",", ";", "\t") if mark in head]  # Excel's own, where it is set so
    for row in csv.DictReader(io.StringIO(text), delimiter=marks[0] if marks else ","):
        yield {column: cell or "" for column, cell in row.items() if column}


def _geojson(text: str) -> Iterator[dict[str, str]]:
    found = json.loads(text)
    for feature in found.get("features", ()) if isinstance(found, dict) else ():
        columns = {key: str(value) for key, value in (feature.get("properties") or {}).items()}
        shape = feature.get("geometry") or {}
        if shape.get("type") == "Point":  # coordinates stand in the other order there
            longitude, latitude = shape["coordinates"][:2]
            columns["geometry"] = f"{latitude} {longitude} 0 0"
        yield {"id": str(feature.get("id", columns.get("id", ""))), **columns}
