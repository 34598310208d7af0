"""The chain over what was done, and what happens when somebody touches it."""

import pytest
from django.db import connection

from yutang.kernel import audit
from yutang.kernel.door import SYSTEM, Actor, run
from yutang.kernel.models import AuditRow, Seal

pytestmark = pytest.mark.django_db(transaction=True)


def do(clock, times=1, *, actor=SYSTEM):
    def perform(entry):
        entry.audit(what="something")

    for _ in range(times):
        run("a.thing", workspace_id=1, actor=actor, input={}, perform=perform, clock=clock)


@pytest.fixture
def chain(home, clock):
    do(clock, 5)
    assert audit.seal(clock)


def behind_its_back(statement, *params):
    """As somebody with the database's password would: no model, no foreign keys."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA foreign_keys=OFF")
        else:
            cursor.execute("SET session_replication_role = replica")
        cursor.execute(statement, params)
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA foreign_keys=ON")
        else:
            cursor.execute("SET session_replication_role = DEFAULT")


def test_rows_are_committed_unsealed_and_then_sealed(home, clock):
    do(clock, 3)
    assert (audit.unsealed(), Seal.objects.count()) == (3, 0)
    assert audit.seal(clock) is True
    assert audit.seal(clock) is False
    assert list(Seal.objects.order_by("position").values_list("position", flat=True)) == [1, 2, 3]
    assert audit.check().problem is None


def test_a_chain_goes_on_where_it_stopped(chain, clock):
    do(clock, 2)
    audit.seal(clock)
    told = audit.check()
    assert (told.sealed, told.unsealed, told.problem) == (7, 0, None)
    assert told.head == Seal.objects.get(position=7).hash


def test_a_long_backlog_is_sealed_in_batches(home, clock, monkeypatch):
    monkeypatch.setattr(audit, "BATCH", 2)
    monkeypatch.setattr(audit, "READ", 2)
    do(clock, 5)
    assert [audit.seal(clock) for _ in range(4)] == [True, True, True, False]
    assert (audit.check().sealed, audit.check().problem) == (5, None)


def test_verify_counts_what_is_not_yet_sealed(chain, clock):
    do(clock, 2)
    assert audit.check().unsealed == 2
    assert audit.verify() == []


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("payload", '{"what":"something else"}'),
        ("salt", "0" * 32),
        ("payload", None),
        ("actor_name", "nobody"),
        ("action", "b.thing"),
        ("at", 1),
        ("workspace_id", 2),
        ("digest", "0" * 64),
    ],
)
def test_a_changed_row_is_named(chain, column, value):
    third = Seal.objects.get(position=3).audit_id
    behind_its_back(f"UPDATE kernel_auditrow SET {column} = %s WHERE id = %s", value, third)
    (problem,) = audit.verify()
    assert problem.code in ("audit.row_changed", "audit.link_wrong")
    assert problem.params == {"position": 3, "row": third}


def test_a_row_that_was_removed_is_named(chain):
    second = Seal.objects.get(position=2).audit_id
    behind_its_back("DELETE FROM kernel_auditrow WHERE id = %s", second)
    (problem,) = audit.verify()
    assert (problem.code, problem.params) == ("audit.row_missing", {"position": 2, "row": second})


def test_a_link_that_was_removed_is_named(chain):
    behind_its_back("DELETE FROM kernel_seal WHERE position = 2")
    (problem,) = audit.verify()
    assert (problem.code, problem.params) == ("audit.gap", {"position": 2})


def test_a_row_removed_with_its_link_is_still_seen(chain):
    second = Seal.objects.get(position=2).audit_id
    behind_its_back("DELETE FROM kernel_seal WHERE position = 2")
    behind_its_back("DELETE FROM kernel_auditrow WHERE id = %s", second)
    behind_its_back("UPDATE kernel_seal SET position = position - 1 WHERE position = 3")
    assert audit.verify()[0].code == "audit.link_wrong"


def test_a_forged_link_is_named(chain):
    behind_its_back("UPDATE kernel_seal SET hash = %s WHERE position = 4", "f" * 64)
    assert audit.verify()[0].params["position"] == 4


def test_erasing_what_a_row_told_leaves_the_chain_whole(chain):
    third = Seal.objects.get(position=3).audit_id
    audit.erase([third])
    assert AuditRow.objects.get(pk=third).payload is None
    assert audit.verify() == []


def test_two_sealers_at_once_make_one_chain(home, clock, together):
    do(clock, 20)
    together(lambda: audit.seal(clock), 4)
    assert (audit.check().sealed, audit.check().problem) == (20, None)


def test_the_same_acts_of_another_have_another_hash(home, clock):
    do(clock, actor=Actor("user", "1", "alice"))
    do(clock, actor=Actor("user", "2", "bob"))
    audit.seal(clock)
    first, second = Seal.objects.order_by("position")
    assert first.hash != second.hash
