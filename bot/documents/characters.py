"""What may stand on paper: letters that every word processor shows in Times New Roman."""

import unicodedata

import regex

# One look tells that a text has nothing of what is sought below, as nearly all have.
_SUSPECT = regex.compile(
    r"[\x00-\x1F\x7F-\xA0\xAD\u0600-\u0605\u061C\u200B-\u200F\u2028-\u202E\u2060-\u206F\u20E3"
    r"\u231A-\u23FA\u2600-\u27BF\u2B00-\u2BFF\uD800-\uF8FF\uFDD0-\uFDEF\uFE00-\uFE0F\uFEFF"
    r"\uFFF0-\uFFFF\U00010000-\U0010FFFF]|  "
)
_UNSEEN = regex.compile(
    r"""[\p{Cc}--[\n\t]]         # control characters, which XML forbids
      | \p{Cf} | \p{Cs} | \p{Co} | \p{Cn}
      | [\uFE00-\uFE0F\u20E3]     # what turns a letter into a coloured picture
    """,
    regex.VERBOSE | regex.VERSION1,
)
_PICTURES = regex.compile(
    r"[\u231A\u231B\u23E9-\u23FA\u2600-\u27BF\u2B00-\u2BFF\U0001F000-\U0001FAFF]+"
)
_FANCY_LETTERS = regex.compile(r"[\U0001D400-\U0001D7FF]+")
_LINE_ENDS = regex.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")
_SPACES = regex.compile(r"[ \t\u00A0]+")


def clean(text: str) -> str:
    """``text`` composed (NFC), without pictures (emoji), unseen characters and double spaces.

    Lines stay lines; empty ones go.
    """
    if not _SUSPECT.search(text):
        return unicodedata.normalize("NFC", text.strip())
    text = _LINE_ENDS.sub("\n", text)
    text = _FANCY_LETTERS.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    text = _PICTURES.sub(" ", _UNSEEN.sub("", text))
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return unicodedata.normalize("NFC", "\n".join(line for line in lines if line))


def one_line(text: str) -> str:
    """``text`` cleaned, for a heading or a cell: its lines joined."""
    return clean(text).replace("\n", " ")


def without_end(text: str) -> str:
    """``text`` without the sign at its end, to get another one; "…" and "..." stay."""
    text = text.rstrip()
    if text.endswith("./."):
        text = text.removesuffix("./.").rstrip()
    return text if text.endswith("..") else text.rstrip(".;, ")
