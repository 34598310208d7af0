"""Workspaces, users and keys."""

import pytest
from django.contrib.auth import authenticate, get_user_model

from yutang.kernel.door import SYSTEM, Refused
from yutang.kernel.models import AuditRow, IdempotencyKey
from yutang.workspaces.actions import create_key, create_user, create_workspace, revoke_key
from yutang.workspaces.models import ApiKey, Membership, Workspace
from yutang.workspaces.queries import find_key, find_membership, list_keys, list_memberships

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "carp-and-tench-31"


@pytest.fixture
def by(home, clock):
    return {"actor": SYSTEM, "clock": clock}


def code_of(action, **arguments):
    with pytest.raises(Refused) as refused:
        action(**arguments)
    return refused.value.problems[0].code


def test_a_workspace_is_made_once_per_key(by):
    first = create_workspace(name="阿狸的鱼塘", slug="ali", key="k", **by)
    again = create_workspace(name="阿狸的鱼塘", slug="ali", key="k", **by)
    assert (again.value, again.replayed) == (first.value, True)
    made = Workspace.objects.get()
    assert (made.slug, made.timezone, made.hot_days) == ("ali", "Asia/Shanghai", 90)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"name": " "}, "workspaces.name_wrong"),
        ({"name": "a\0b"}, "workspaces.name_wrong"),
        ({"name": "x" * 101}, "workspaces.name_wrong"),
        ({"slug": "A b"}, "workspaces.slug_wrong"),
        ({"slug": ""}, "workspaces.slug_wrong"),
        ({"timezone": "Asia/Beijing"}, "workspaces.timezone_unknown"),
        ({"timezone": "../etc/passwd"}, "workspaces.timezone_unknown"),
    ],
)
def test_a_workspace_that_cannot_be_is_refused_and_leaves_nothing(by, wrong, code):
    assert code_of(create_workspace, **{"name": "pond", **wrong}, **by) == code
    assert not Workspace.objects.exists()
    assert not AuditRow.objects.exists()


def test_two_workspaces_cannot_share_an_address(by):
    create_workspace(name="one", slug="pond", **by)
    assert code_of(create_workspace, name="two", slug="pond", **by) == "workspaces.slug_taken"


def test_a_user_can_sign_in_and_belongs_to_the_workspace(by, workspace):
    answer = create_user(workspace_id=workspace.pk, username="dora", password=PASSWORD, role="analyst", **by)
    user = authenticate(username="dora", password=PASSWORD)
    assert user is not None
    assert user.pk == answer.value["id"]
    assert find_membership(user_id=user.pk, workspace_id=workspace.pk).role == "analyst"


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"username": "do ra"}, "workspaces.username_wrong"),
        ({"username": "alice"}, "workspaces.username_taken"),
        ({"role": "king"}, "workspaces.role_unknown"),
        ({"password": "short"}, "workspaces.password_weak"),
        ({"password": "password12345"}, "workspaces.password_weak"),
        ({"workspace_id": 999}, "workspaces.workspace_unknown"),
    ],
)
def test_a_user_that_cannot_be_is_refused(by, workspace, wrong, code):
    before = get_user_model().objects.count(), Membership.objects.count()
    good = {"workspace_id": workspace.pk, "username": "dora", "password": PASSWORD, "role": "analyst"}
    assert code_of(create_user, **{**good, **wrong}, **by) == code
    assert (get_user_model().objects.count(), Membership.objects.count()) == before


def test_no_password_is_written_anywhere_but_hashed(by, workspace):
    create_user(workspace_id=workspace.pk, username="dora", password=PASSWORD, role="analyst", key="k", **by)
    told = [
        *AuditRow.objects.values_list("payload", flat=True),
        *IdempotencyKey.objects.values_list("answer", flat=True),
    ]
    assert told
    assert not any(PASSWORD in each for each in told)


def test_a_key_opens_its_workspace_and_only_its_hash_is_kept(by, workspace):
    made = create_key(workspace_id=workspace.pk, kind="write", name="website", key="k", **by)
    found = find_key(made.raw)
    assert (found.workspace, found.kind, found.hint) == (workspace, "write", made.raw[-4:])
    written = [*ApiKey.objects.values(), *AuditRow.objects.values(), *IdempotencyKey.objects.values()]
    assert made.raw not in str(written)


def test_a_key_is_shown_once(by, workspace):
    made = create_key(workspace_id=workspace.pk, kind="read", name="report", key="k", **by)
    again = create_key(workspace_id=workspace.pk, kind="read", name="report", key="k", **by)
    assert (again.id, again.raw) == (made.id, None)
    assert len(list_keys(workspace.pk)) == 1


@pytest.mark.parametrize("raw", ["", "yt_write_", "无", "\ud800", "x" * 10_000])
def test_what_is_no_key_opens_nothing(workspace, raw):
    assert find_key(raw) is None


def test_a_revoked_key_opens_nothing_from_then_on(by, workspace, clock):
    made = create_key(workspace_id=workspace.pk, kind="write", name="website", **by)
    revoke_key(workspace_id=workspace.pk, key_id=made.id, **by)
    assert find_key(made.raw) is None
    clock.advance(60)
    revoke_key(workspace_id=workspace.pk, key_id=made.id, **by)
    assert ApiKey.objects.get().revoked_at == clock.now() - 60_000_000


def test_a_stranger_revokes_nothing(by, world):
    made = create_key(workspace_id=world.workspace.pk, kind="write", name="website", **by)
    assert (
        code_of(revoke_key, workspace_id=world.elsewhere.pk, key_id=made.id, **by) == "workspaces.key_unknown"
    )
    assert find_key(made.raw) is not None


def test_everyone_sees_the_workspaces_they_belong_to(world):
    assert [each.workspace for each in list_memberships(world.bob.pk)] == [world.workspace]
    assert [each.workspace for each in list_memberships(world.charlie.pk)] == [world.elsewhere]
    assert find_membership(user_id=world.charlie.pk, workspace_id=world.workspace.pk) is None
