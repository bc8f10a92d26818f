"""Answers as the instance XML that ODK Central and KoboToolbox take."""

import html
from typing import Final

from bot.forms.tree import Node

_XFORMS: Final = "http://www.w3.org/2002/xforms"


def submission(root: Node, end: str) -> str:
    """The relevant answers as instance XML; ``end`` is when the filling ended."""
    return '<?xml version="1.0" encoding="UTF-8"?>' + _element(root, _XFORMS, end)


def _element(node: Node, namespace: str, end: str) -> str:
    own, name = _split(node.spec.tag)
    attributes = {"xmlns": own} if own != namespace else {}
    attributes.update({_split(key)[1]: value for key, value in node.spec.attributes.items()})
    start = name + "".join(f' {key}="{html.escape(v)}"' for key, v in attributes.items())
    value = end if node.spec.preload == ("timestamp", "end") else node.value
    inside = html.escape(value, quote=False)
    inside += "".join(_element(kid, own, end) for kid in node.everything() if kid.live)
    return f"<{start}>{inside}</{name}>" if inside else f"<{start}/>"


def _split(tag: str) -> tuple[str, str]:
    namespace, found, name = tag.rpartition("}")
    return (namespace[1:] if found else ""), name
