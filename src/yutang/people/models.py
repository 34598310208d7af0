"""Origins, the identities that name them, and the merges that connect them into persons.

An origin never changes and never moves; a person is the origins connected by merges in force. Every ``at`` is integer
microseconds since 1970-01-01 UTC.
"""

from django.db import models


class Origin(models.Model):
    """An immutable hook for facts. ``number`` is dense within the workspace, from 1: what bitmaps and history files hold."""

    workspace_id = models.BigIntegerField()
    number = models.BigIntegerField()
    key = models.CharField(max_length=255)
    """The first identity's value, as people write it: ``u1``. What ``hash_bucket`` and exports use."""
    first_at = models.BigIntegerField(null=True)
    """Time of the earliest own fact; null while there is none but an always-known trait."""
    first_id = models.CharField(max_length=255, default="")
    """The id of that fact: ties are broken in time order."""

    class Meta:
        constraints = (models.UniqueConstraint(fields=("workspace_id", "number"), name="origin_number_once"),)


class Identity(models.Model):
    """One name of one origin: ``(namespace, value)``, for example ``("user_id", "u1")``. The first origin to have it keeps it."""

    workspace_id = models.BigIntegerField()
    namespace = models.CharField(max_length=40)
    value = models.CharField(max_length=255)
    origin = models.ForeignKey(Origin, on_delete=models.CASCADE, related_name="identities")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("workspace_id", "namespace", "value"), name="identity_once"),
        )


class MergeFact(models.Model):
    """A merge (``joins``) or un-merge of a pair, as it was said; ``one < other`` by number.

    A merge is in force from its ``at`` until the next un-merge of the pair in time order. Intervals are derived, never stored,
    so that a late fact puts them right.
    """

    workspace_id = models.BigIntegerField()
    fact_id = models.CharField(max_length=255)
    one = models.ForeignKey(Origin, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Origin, on_delete=models.CASCADE, related_name="+")
    joins = models.BooleanField()
    at = models.BigIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("workspace_id", "fact_id"), name="merge_fact_once"),)


class Erasure(models.Model):
    """Everything known of the person this origin belonged to at ``at`` is gone; facts that arrive later stay out."""

    workspace_id = models.BigIntegerField()
    fact_id = models.CharField(max_length=255)
    origin = models.ForeignKey(Origin, on_delete=models.CASCADE, related_name="+")
    at = models.BigIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("workspace_id", "fact_id"), name="erasure_once"),)
