"""Who may do what: one table, asked by every deed."""

from collections.abc import Mapping

from bot.errors import NotAllowed
from storage.store import Store

_SCHOOL = frozenset({"reporter", "head"})
_HEAD = frozenset({"head"})
_OFFICE = frozenset({"officer", "admin"})
_ADMIN = frozenset({"admin"})

RIGHTS: Mapping[str, frozenset[str]] = {
    # of a school's people, for their own school
    "fill": _SCHOOL,
    "submit": _SCHOOL,
    "approve": _HEAD,
    "ask-extension": _SCHOOL,
    # of both
    "see-report": _SCHOOL | _OFFICE,
    "see-own-status": _SCHOOL | _OFFICE,
    "invite-to-school": _HEAD | _OFFICE,
    "end-membership": _HEAD | _OFFICE,
    # of an office's people, for their office and for all that stands under it
    "see-progress": _OFFICE,
    "see-totals": _OFFICE,
    "remind": _OFFICE,
    "broadcast": _OFFICE,
    "return": _OFFICE,
    "accept": _OFFICE,
    "reopen-report": _OFFICE,
    "extend": _OFFICE,
    "open-campaign": _OFFICE,
    "change-campaign": _OFFICE,
    "close-campaign": _OFFICE,
    "import-roster": _OFFICE,
    "submit-office-report": _OFFICE,
    "invite-to-office": _ADMIN,
    "see-audit": _ADMIN,
}
"""Deed -> roles. A school's role counts at that school only; an office's for all under it."""


def may(store: Store, person_id: int, deed: str, unit_id: int) -> bool:
    """Say whether a person may do a deed for a unit."""
    roles = RIGHTS[deed]
    above = set(store.people.lineage(unit_id))
    return any(
        role in roles and (unit.id == unit_id or (role in _OFFICE and unit.id in above))
        for unit, role in store.people.units_of(person_id)
    )


def demand(store: Store, person_id: int, deed: str, unit_id: int) -> None:
    """Let a person do a deed for a unit.

    Raises:
        NotAllowed: they may not.
    """
    if not may(store, person_id, deed, unit_id):
        raise NotAllowed(deed)
