"""What counts in a campaign, on both databases."""

import json
from datetime import timedelta

from storage.database import Database
from storage.store import Store
from tests.totals.sample import (
    DUE,
    OPENED,
    District,
    campaign_of,
    district,
    keep_form,
    submit,
)
from tests.totals.small import small_form, state

SCHOOLS = [("Trường TH A", "TH"), ("Trường TH B", "TH"), ("Trường MN C", "MN")]


def three(store: Store) -> District:
    return district(store, SCHOOLS, form_id=keep_form(store, small_form()))


async def test_rows_tell_the_newest_version_and_when_the_first_came(database: Database):
    def work(store: Store) -> None:
        made = three(store)
        first, second = OPENED + timedelta(days=2), DUE + timedelta(days=1)
        submit(store, made.campaign, made.schools[0], state(hs="1"), first)
        newest = submit(store, made.campaign, made.schools[0], state(hs="2"), second)
        late = submit(store, made.campaign, made.schools[1], state(hs="3"), second)
        a, b, c = store.totals.rows(made.campaign)
        assert (a.name, a.level, a.version, a.submission_id) == ("Trường TH A", "TH", 2, newest)
        assert (a.submitted_at, a.first_at, a.was_late) == (second, first, False)
        assert a.took == timedelta(days=2)
        assert (b.submission_id, b.was_late, b.counts) == (late, True, True)
        assert (c.is_in, c.version, c.took, c.status) == (False, None, None, "expected")
        answers = store.totals.answers([newest, late])
        assert json.loads(answers[newest])["values"]["/data/hs"] == "2"

    await database.write(work)


async def test_frozen_is_what_was_in_at_the_deadline_however_late_the_clock_knocks(
    database: Database,
):
    def work(store: Store) -> None:
        made = three(store)
        in_time = submit(store, made.campaign, made.schools[0], state(), DUE - timedelta(seconds=1))
        assert store.totals.freeze(made.campaign, DUE - timedelta(seconds=1)) is None
        assert store.totals.to_freeze(DUE - timedelta(seconds=1)) == []
        submit(store, made.campaign, made.schools[1], state(), DUE)
        submit(store, made.campaign, made.schools[0], state(hs="9"), DUE + timedelta(days=1))
        assert store.totals.to_freeze(DUE + timedelta(days=3)) == [made.campaign]
        kept = store.totals.freeze(made.campaign, DUE + timedelta(days=3))
        assert list(kept.values()) == [in_time]
        assert store.totals.freeze(made.campaign, DUE + timedelta(days=9)) == kept
        assert store.totals.frozen(made.campaign) == kept
        assert store.totals.to_freeze(DUE + timedelta(days=9)) == []
        assert [row.version for row in store.totals.rows(made.campaign, kept)] == [1, None, None]
        assert [row.version for row in store.totals.rows(made.campaign)] == [2, 1, None]

    await database.write(work)


async def test_an_extension_moves_the_deadline_of_one_school(database: Database):
    def work(store: Store) -> None:
        made = three(store)
        report = store.reports.of_unit(made.campaign, made.schools[0])
        store.reports.mark(report.id, due_at=DUE + timedelta(days=2))
        for unit in made.schools[:2]:
            submit(store, made.campaign, unit, state(), DUE + timedelta(days=1))
        assert [row.was_late for row in store.totals.rows(made.campaign)] == [False, True, False]

    await database.write(work)


async def test_a_campaign_has_the_schools_of_those_below_it_as_at_their_deadline(
    database: Database,
):
    def work(store: Store) -> None:
        form_id = keep_form(store, small_form())
        above = district(store, [("Trường THPT X", "THPT")], name="Sở", form_id=form_id)
        below = district(store, SCHOOLS, name="Phòng", above=above.office, form_id=form_id)
        store.campaigns.change(below.campaign, parent_id=above.campaign)
        store.campaigns.expect(above.campaign, below.office)
        submit(store, above.campaign, above.schools[0], state(hs="5"), DUE)
        submit(store, below.campaign, below.schools[0], state(hs="6"), OPENED)
        rows = store.totals.rolled_up(above.campaign)
        assert [(row.name, row.office, row.counts) for row in rows] == [
            ("Trường THPT X", "Sở", True),
            ("Phòng", "Sở", False),
            ("Trường TH A", "Phòng", True),
            ("Trường TH B", "Phòng", False),
            ("Trường MN C", "Phòng", False),
        ]
        store.totals.freeze(below.campaign, DUE)
        submit(store, below.campaign, below.schools[1], state(), DUE + timedelta(days=1))
        assert [row.counts for row in store.totals.rolled_up(above.campaign)] == [
            row.counts for row in rows
        ]

    await database.write(work)


async def test_an_offices_report_hangs_on_what_it_owes_its_superior(database: Database):
    def work(store: Store) -> None:
        above = district(store, [], name="Sở", form_id=keep_form(store, small_form()))
        office = store.people.add_unit("Phòng", kind="office", parent_id=above.office)
        store.campaigns.expect(above.campaign, office)
        below = campaign_of(store, office, [])
        kept = store.totals.add_office_document(below, {"a": 1}, "Báo cáo", DUE)
        found = store.totals.office_document(kept)
        assert found
        assert (found.snapshot, found.name, found.made_at) == ({"a": 1}, "Báo cáo", DUE)
        assert store.totals.office_documents_of(below) == [kept]
        report = store.reports.of_unit(above.campaign, office)
        document = store.totals.hang_on(report.id, found, DUE)
        assert store.totals.snapshot_of(document) == {"a": 1}
        person = store.people.add_person("test", "2", "B", DUE)
        store.reports.submit(report.id, document, "BC-1", person.id, DUE)
        (row,) = store.totals.rows(above.campaign)
        assert (row.is_in, row.counts) == (True, False)  # nothing to add up in it itself

    await database.write(work)
