"""Answers to selects: whether they are among the choices, and still are when those change."""

from collections.abc import Sequence

from bot.errors import AnswerError
from bot.forms.definition import Control
from bot.forms.instance import Instance
from bot.forms.tree import ANSWERED, OPEN, Node, Spec


def check_choices(tree: Instance, control: Control, node: Node, value: str) -> None:
    """Refuse what is not offered to ``node`` now.

    Raises:
        AnswerError: with an empty message.
    """
    assert control.choices
    assert control.question
    names = tree.world.names(control.choices, node)
    kind = control.question.type
    if value in names and kind != "rank":
        return
    chosen = [value] if kind == "select_one" else value.split()
    if not chosen or len(set(chosen)) < len(chosen) or not set(chosen) <= set(names):
        raise AnswerError("")


def lose_choices(tree: Instance, controls: Sequence[Control]) -> list[Node]:
    """Take back answers that are no longer among their choices, and what follows from it."""
    lost: list[Node] = []
    seen = 0
    while seen < (count := tree.changes.count()):
        seen = count
        touched = tree.changes.specs()
        for control in controls:
            assert control.spec
            if _may_lose(control, touched):
                nodes = tree.world.all_of(control.spec)
                lost += [node for node in nodes if _loses(tree, control, node)]
        tree.settle()
    return lost


def _may_lose(control: Control, touched: set[Spec]) -> bool:
    assert control.choices
    return control.spec in touched or not touched.isdisjoint(control.choices.reads)


def _loses(tree: Instance, control: Control, node: Node) -> bool:
    assert control.choices
    if not node.value or not node.live or not control.chooses(node.value):
        return False
    names = tree.world.names(control.choices, node)
    kept = [node.value] if node.value in names else [n for n in node.value.split() if n in names]
    if " ".join(kept) == node.value:
        return False
    tree.set(node, " ".join(kept))
    node.status = ANSWERED if kept else OPEN
    return True
