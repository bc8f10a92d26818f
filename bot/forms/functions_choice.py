"""Functions of truth, of choices and of chance."""

import math
import uuid
from collections.abc import Mapping
from random import Random
from typing import Final

from bot.forms.coercions import PLAIN, Value, selected_names, to_boolean, to_number, to_text, whole
from bot.forms.world import MANY, Function, World


def _not(_: World, value: Value) -> Value:
    return not to_boolean(value)


def _boolean_from_string(_: World, text: Value) -> Value:
    return to_text(text).strip().lower() in ("true", "1")


def _checklist(_: World, least: Value, most: Value, *arguments: Value) -> Value:
    return _within(sum(map(to_boolean, arguments)), least, most)


def _weighted_checklist(_: World, least: Value, most: Value, *pairs: Value) -> Value:
    weights = zip(pairs[::2], pairs[1::2], strict=False)
    total = sum(to_number(weight) for checked, weight in weights if to_boolean(checked))
    return _within(total, least, most)


def _within(total: float, least: Value, most: Value) -> bool:
    lower, upper = to_number(least), to_number(most)
    return (lower < 0 or total >= lower) and (upper < 0 or total <= upper)


def _selected(_: World, answer: Value, name: Value) -> Value:
    return to_text(name).strip() in selected_names(answer)


def _selected_at(_: World, answer: Value, place: Value) -> Value:
    names, number = selected_names(answer), to_number(place)
    if math.isnan(number) or not 0 <= number < len(names):
        return ""
    return names[int(number)]


def _count_selected(_: World, answer: Value) -> Value:
    return float(len(selected_names(answer)))


def _randomize(world: World, found: Value, seed: Value = "") -> Value:
    if isinstance(found, PLAIN):
        return found
    shuffled = list(found)
    number = to_number(seed)
    source = world.random if math.isnan(number) else Random(whole(number))  # noqa: S311
    source.shuffle(shuffled)
    return shuffled


def _uuid(world: World, length: Value | None = None) -> Value:
    if length is None:
        return str(uuid.UUID(int=world.random.getrandbits(128), version=4))
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
    return "".join(world.random.choices(letters, k=min(max(whole(length), 0), 1000)))


def _random(world: World) -> Value:
    return world.random.random()


def _version(world: World) -> Value:
    return world.version


def _itext(world: World, key: Value) -> Value:
    return world.text_by_id(to_text(key))


def _pulldata(world: World, instance: Value, column: Value, key: Value, wanted: Value) -> Value:
    return world.lookup(to_text(instance), to_text(column), to_text(key), to_text(wanted))


CHOICE_FUNCTIONS: Final[Mapping[str, Function]] = {
    "true": Function(lambda _: True, 0, 0),
    "false": Function(lambda _: False, 0, 0),
    "not": Function(_not, 1, 1),
    "boolean": Function(lambda _, value: to_boolean(value), 1, 1),
    "boolean-from-string": Function(_boolean_from_string, 1, 1),
    "checklist": Function(_checklist, 2, MANY),
    "weighted-checklist": Function(_weighted_checklist, 4, MANY),
    "selected": Function(_selected, 2, 2),
    "selected-at": Function(_selected_at, 2, 2),
    "count-selected": Function(_count_selected, 1, 1),
    "randomize": Function(_randomize, 1, 2),
    "uuid": Function(_uuid, 0, 1),
    "random": Function(_random, 0, 0),
    "version": Function(_version, 0, 0),
    "jr:itext": Function(_itext, 1, 1),
    "pulldata": Function(_pulldata, 4, 4),
}
