"""Opens an author's file in a process of its own: bytes in, JSON out. Started by sheet.py.

The bot never imports this: pyxform and openpyxl are large, and a file from outside may be a
bomb. So this process limits its own processor time and memory before it reads anything, and what
it took is given back when it ends. The form is also compiled and begun here, once.
"""

import gc
import json
import os
import re
import sys
import traceback
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

try:
    import resource
except ImportError:  # on Windows
    resource = None  # type: ignore[assignment]

PROCESSOR_SECONDS: Final = 20
MEMORY_BYTES: Final = 1_500_000_000
MOST_WRITTEN: Final = 200_000_000
"""Bytes of a temporary file; openpyxl writes each sheet to one."""


def main() -> None:
    """Do what the argument says with standard input, and write the result to standard output.

    ``read``: a file -> JSON (verdict_of). ``mark``: a line of JSON, then a workbook -> a workbook.
    """
    _limit()
    os.environ["OPENPYXL_DEFUSEDXML"] = "False"  # reads in Python; expat and _limit end bombs too
    gc.disable()  # it would look through all cells again and again; the end frees them
    sys.path.insert(0, str(Path(__file__).parents[2]))
    output, sys.stdout = sys.stdout.buffer, sys.stderr
    content = sys.stdin.buffer.read()
    if sys.argv[1] == "mark":
        from bot.forms.marking import marked  # noqa: PLC0415 - each job imports what it needs

        told, _, workbook = content.partition(b"\n")
        output.write(marked(workbook, json.loads(told)))
    else:
        output.write(json.dumps(_verdict_or_why(content), ensure_ascii=False).encode())
    output.flush()
    os._exit(0)  # it would take every cell apart before it ends


def _limit() -> None:
    if resource is None:  # the caller's clock still ends it
        return
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_WRITTEN, MOST_WRITTEN))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _verdict_or_why(content: bytes) -> dict[str, Any]:
    """The verdict; what nobody foresaw is a fault of the file as well, and told on stderr."""
    try:
        return verdict_of(content)
    except MemoryError:
        key = "fault-file-heavy"
    except Exception:  # a traceback is no answer to an author
        traceback.print_exc()
        key = "fault-file-strange"
    return {"xform": "", "layout": {}, "faults": [["", 0, "", key, [], "error", ""]]}


def verdict_of(content: bytes) -> dict[str, Any]:
    """What sheet.py makes a package or its faults of: {xform, layout, faults}."""
    from bot.forms.bundle import Bundle, opened  # noqa: PLC0415
    from bot.forms.faults import as_json  # noqa: PLC0415
    from bot.forms.file_kinds import is_xform, refuse  # noqa: PLC0415
    from bot.forms.judging import Verdict, judge, judge_xform  # noqa: PLC0415

    try:
        bundle = opened(content)
    except Exception as error:  # whatever a broken archive makes zipfile raise
        verdict = judge({"unreadable": str(error)}, Bundle(b""))
    else:
        refused = refuse(bundle.form) if bundle.files else None
        if refused is not None:
            verdict = Verdict(faults=(refused,))
        elif is_xform(bundle.form):
            verdict = judge_xform(bundle)
        else:
            verdict = judge(answer_for(bundle.form), bundle)
    return {
        "xform": verdict.xform,
        "layout": verdict.layout,
        "faults": [as_json(fault) for fault in verdict.faults],
    }


def answer_for(content: bytes) -> dict[str, Any]:
    """What the workbook says, or why it cannot be read."""
    from bot.forms.workbook import read_workbook  # noqa: PLC0415

    try:
        answer = read_workbook(content)
    except Exception as error:  # whatever a broken file makes the readers raise
        return {"unreadable": f"{type(error).__name__}: {error}"}
    answer |= _known()
    raw = answer.pop("raw")
    try:
        answer |= _converted(_as_read(raw, answer["titles"]) if "survey" in raw else content)
    except Exception as error:  # pyxform also dies with a bare TypeError or KeyError
        answer |= _complaint(error)
    return answer


def _converted(source: bytes | dict[str, Any]) -> dict[str, Any]:
    from pyxform.xls2xform import convert  # noqa: PLC0415

    warnings: list[str] = []
    try:
        result = convert(xlsform=source, warnings=warnings)
    except Exception as error:
        if "same as the" not in str(error) and "form_name" not in str(error):
            raise
        result = convert(xlsform=source, warnings=warnings, form_name="xform")
    return {
        "xform": result.xform,
        "itemsets": result.itemsets or "",
        "root": (result._pyxform or {}).get("name", "data"),
    }


def _as_read(
    raw: Mapping[str, Sequence[Sequence[object]]], titles: Sequence[str]
) -> dict[str, Any]:
    """What pyxform itself would read of an .xlsx, from cells that are read already."""
    from pyxform.xls2json_backends import (  # noqa: PLC0415
        get_excel_column_headers,
        get_excel_rows,
        is_empty,
        xlsx_value_to_str,
    )

    empty: Callable[[object], bool] = is_empty

    def clean(cell: Any, _row: int, _column: str) -> str | None:
        value = cell.value.strip() if isinstance(cell.value, str) else cell.value
        return None if empty(value) else xlsx_value_to_str(value)

    book: dict[str, Any] = {"sheet_names": list(titles)}
    for name, rows in raw.items():
        if name == "report":
            continue
        first = [None if empty(title) else str(title) for title in rows[0]] if rows else []
        headers = get_excel_column_headers(first)
        wide = len(headers)
        cells: Any = (tuple(map(_Cell, row[:wide])) for row in rows[1:])
        book[name] = get_excel_rows(headers=headers, rows=cells, cell_func=clean)
        titled = {header: None for header in headers if header is not None}
        book[f"{name}_header"] = [titled] if titled else []
    return book


class _Cell:
    """A cell as pyxform wants it."""

    __slots__ = ("value",)

    def __init__(self, value: object) -> None:
        self.value = value


def _complaint(error: Exception) -> dict[str, Any]:
    """The message, the code it goes by, and what is in its gaps."""
    text = str(error) or type(error).__name__
    code, context = _coded(error, text)
    return {
        "error": text,
        "error_code": code,
        "context": {name: str(value) for name, value in context.items() if value is not None},
    }


def _coded(error: Exception, text: str) -> tuple[str, Mapping[str, Any]]:
    """Half of pyxform's coded messages lose their code on the way: found again by the template."""
    from pyxform.errors import ErrorCode  # noqa: PLC0415

    code = getattr(error, "code", None)
    if code is not None:
        return code.name, getattr(error, "context", {})
    for known in ErrorCode:
        match = _template(known.value.msg).match(text)
        if match:
            return known.name, match.groupdict()
    return "", getattr(error, "context", {})


def _template(message: str) -> re.Pattern[str]:
    seen: set[str] = set()
    pattern = ""
    for literal, name in re.findall(r"((?:[^{}]|\{\{|\}\})*)(?:\{(\w+)\})?", message):
        pattern += re.escape(literal.replace("{{", "{").replace("}}", "}"))
        if name:
            pattern += "(?:.*?)" if name in seen else f"(?P<{name}>.*?)"
            seen.add(name)
    return re.compile(pattern + r"(?:$|\n)", re.DOTALL)


def _known() -> dict[str, Any]:
    """The columns and types that pyxform understands."""
    from pyxform import aliases  # noqa: PLC0415
    from pyxform.question_type_dictionary import QUESTION_TYPE_DICT  # noqa: PLC0415

    types = {
        *QUESTION_TYPE_DICT,
        *aliases.select,
        *aliases._type_alias_map,
        *aliases.settings_header,
    }
    return {
        "columns": sorted({key.lower() for key in aliases.survey_header}),
        "types": sorted({name.lower() for name in types}),
    }


if __name__ == "__main__":
    main()
