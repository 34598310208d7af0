"""Every write through one door: once, rehearsed, refused, remembered."""

import pytest

from yutang.kernel.door import SYSTEM, Entry, Refused, run
from yutang.kernel.models import AuditRow, IdempotencyKey, OutboxRow
from yutang.language.problem import Problem, Span
from yutang.workspaces.models import Workspace

pytestmark = pytest.mark.django_db(transaction=True)


def dig(clock, *, name="pond", key=None, dry_run=False, refuse=None):
    """Makes a workspace, or is refused after having made it."""

    def perform(entry: Entry):
        made = Workspace.objects.create(name=name, slug=name, created_at=entry.now)
        entry.audit(name=name)
        entry.outbox("pond.dug", {"slug": name})
        if refuse:
            raise refuse
        return {"slug": made.slug}

    return run(
        "pond.dig",
        workspace_id=7,
        actor=SYSTEM,
        input={"name": name},
        perform=perform,
        clock=clock,
        key=key,
        dry_run=dry_run,
    )


def state():
    return [list(model.objects.values()) for model in (Workspace, OutboxRow, AuditRow)]


def test_a_write_leaves_an_audit_row_and_its_outbox_rows(home, clock):
    assert dig(clock).value == {"slug": "pond"}
    row, outgoing = AuditRow.objects.get(), OutboxRow.objects.get()
    assert (row.workspace_id, row.action, row.payload, row.at) == (
        7,
        "pond.dig",
        '{"name":"pond"}',
        clock.now(),
    )
    assert (outgoing.topic, outgoing.payload, outgoing.due) == ("pond.dug", '{"slug":"pond"}', clock.now())


def test_the_same_key_and_input_gets_the_stored_answer(home, clock):
    first = dig(clock, key="k")
    before = state()
    again = dig(clock, key="k")
    assert (first.replayed, again.replayed, again.value) == (False, True, first.value)
    assert state() == before


def test_the_same_key_with_other_input_is_a_conflict(home, clock):
    dig(clock, key="k")
    before = state()
    with pytest.raises(Refused) as refused:
        dig(clock, key="k", name="lake")
    assert refused.value.status == 409
    assert refused.value.problems[0].code == "door.key_reused"
    assert state() == before


def test_keys_of_other_workspaces_are_other_keys(home, clock):
    def note(workspace_id):
        return run(
            "a",
            workspace_id=workspace_id,
            actor=SYSTEM,
            input={},
            perform=lambda _: workspace_id,
            clock=clock,
            key="k",
        ).value

    assert [note(1), note(2), note(1)] == [1, 2, 1]


def test_a_dry_run_answers_and_leaves_nothing(home, clock):
    before = state()
    answer = dig(clock, key="k", dry_run=True)
    assert (answer.value, answer.dry_run) == ({"slug": "pond"}, True)
    assert state() == before
    assert not IdempotencyKey.objects.exists()


def test_a_refusal_rolls_back_everything(home, clock):
    before = state()
    with pytest.raises(Refused):
        dig(clock, refuse=Refused(Problem("pond.too_deep")))
    assert state() == before


def test_a_refusal_is_remembered_under_its_key(home, clock):
    before = state()
    why = Refused(Problem("pond.too_deep", {"metres": 3}, span=Span(1, 2), where="form"), status=422)
    with pytest.raises(Refused):
        dig(clock, key="k", refuse=why)
    with pytest.raises(Refused) as again:
        dig(clock, key="k")
    assert again.value.problems == why.problems
    assert again.value.status == 422
    assert state() == before


def test_a_failure_of_the_machine_is_never_remembered(home, clock):
    with pytest.raises(Refused):
        dig(clock, key="k", refuse=Refused(Problem("kernel.busy"), status=503))
    assert dig(clock, key="k").replayed is False


def test_a_crash_in_the_action_rolls_back_and_is_not_remembered(home, clock):
    with pytest.raises(ZeroDivisionError):
        dig(clock, key="k", refuse=ZeroDivisionError())
    assert state() == [[], [], []]
    assert dig(clock, key="k").replayed is False


@pytest.mark.parametrize("key", ["", "x" * 256, "a\0b"])
def test_a_key_that_cannot_be_kept_is_refused(home, clock, key):
    with pytest.raises(Refused) as refused:
        dig(clock, key=key)
    assert refused.value.problems[0].code == "door.key_wrong"


def test_of_many_at_once_with_one_key_exactly_one_runs(home, clock, together):
    answers = together(lambda: dig(clock, key="k"), 6)
    assert sorted(answer.replayed for answer in answers) == [False, True, True, True, True, True]
    assert Workspace.objects.count() == AuditRow.objects.count() == 1


def test_of_many_at_once_without_a_key_each_runs(home, clock, together):
    """The negative control: it is the key that makes the write happen once."""
    answers = together(lambda: dig(clock), 4)
    assert sum(not isinstance(answer, Exception) for answer in answers) == 1  # the others met the unique slug
    assert len([answer for answer in answers if isinstance(answer, Exception)]) == 3
