"""Contact details are for those who work with people; others see enough to tell them apart."""

from __future__ import annotations

from django.http import HttpRequest

from yutang.workspaces.models import Membership

CONTACTS = frozenset({"phone", "mobile", "email", "wechat"})
MAY_SEE = frozenset({Membership.Role.OWNER, Membership.Role.OPERATOR, Membership.Role.SERVICE})


def mask(namespace: str, value: str, request: HttpRequest) -> str:
    """``138****5678`` for a contact and a role that may not see it; everything else as it is."""
    if namespace not in CONTACTS or getattr(request, "role", "") in MAY_SEE:
        return value
    if len(value) < 8:
        return value[:1] + "***"
    return value[:3] + "****" + value[-4:]
