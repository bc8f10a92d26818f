"""XML from outside, read without what makes XML dangerous."""

from typing import Final
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, ParseError

import defusedxml.ElementTree
from defusedxml import DefusedXmlException

from bot.errors import FormError

DEEPEST: Final = 100
"""How deep elements may stand in each other."""


def parsed(text: str) -> Element:
    """The outermost element.

    Raises:
        FormError: it is not XML, refers to things outside of it, or is too deep.
    """
    text = text.encode("utf-8", "replace").decode()  # half a surrogate pair is no character
    # What defusedxml guards against begins with a DOCTYPE; it reads in Python, much slower.
    read = defusedxml.ElementTree.fromstring if "<!DOCTYPE" in text else ElementTree.fromstring
    try:
        found = read(text)
    except ParseError as error:
        raise FormError("XForm", 0, f"this is not well-formed XML: {error}") from error
    except DefusedXmlException as error:
        raise FormError("XForm", 0, f"this XML is not accepted: {error}") from error
    assert isinstance(found, Element)
    if _is_deep(found):
        raise FormError("XForm", 0, f"elements stand in each other more than {DEEPEST} deep")
    return found


def _is_deep(top: Element) -> bool:
    level = [top]
    for _ in range(DEEPEST):
        level = [child for element in level for child in element]
    return bool(level)
