"""What arrived, what happened, and where the older part of it lies.

Every ``at`` is integer microseconds since 1970-01-01 UTC.
"""

from django.db import models


class IntakeBatch(models.Model):
    """The accepted items of one ingest call, as MessagePack, waiting for admission; deleted when they are in the log."""

    workspace_id = models.BigIntegerField()
    received_at = models.BigIntegerField()
    count = models.IntegerField()
    items = models.BinaryField()
    """Last: what stands behind it is read through all its pages."""

    class Meta:
        indexes = (models.Index(fields=("workspace_id", "id"), name="intake_in_order"),)


class SetAside(models.Model):
    """An accepted item that admission could not take in. It should not happen; nothing is lost, and ``verify`` tells."""

    workspace_id = models.BigIntegerField()
    received_at = models.BigIntegerField()
    reason = models.TextField()
    item = models.BinaryField()
    """A fact as MessagePack, or a whole intake row that could not be read."""


class LogEntry(models.Model):
    """One admitted fact that is not yet in a history file. ``seq`` is the order of admission: ``max(seq)`` is a watermark."""

    seq = models.BigIntegerField()
    workspace_id = models.BigIntegerField()
    id = models.CharField(max_length=255)
    row = models.BigAutoField(primary_key=True)
    fact = models.CharField(max_length=10)
    """event, traits, tag, untag, relate (merge, unmerge, retract and erase live in tables of their own)."""
    origin = models.BigIntegerField()
    """``Origin.number``."""
    kind = models.CharField(max_length=200)
    """The event's kind; the tag's name; empty for traits and relate."""
    at = models.BigIntegerField(null=True)
    """Null: always known (traits without a time)."""
    received_at = models.BigIntegerField()
    channel = models.CharField(max_length=200, null=True)  # noqa: DJ001 - missing is not ""
    source = models.CharField(max_length=200, null=True)  # noqa: DJ001
    props = models.TextField()
    """Canonical JSON object (see ``events/rules.py``): the event's properties, the traits, or relation → target key."""

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("workspace_id", "seq"), name="log_seq_once"),
            models.UniqueConstraint(fields=("workspace_id", "id"), name="log_id_once"),
        )
        indexes = (models.Index(fields=("workspace_id", "origin", "at"), name="log_by_origin"),)


class Cursor(models.Model):
    """Where a workspace's admission stands: the next ``seq`` and the next origin number are taken from here, under its lock."""

    workspace_id = models.BigIntegerField(primary_key=True)
    next_seq = models.BigIntegerField(default=1)
    next_origin = models.BigIntegerField(default=1)


class Retraction(models.Model):
    """From ``at`` on, the fact with ``target_id`` is forgotten. ``target_seq`` is filled when the fact is, or becomes, known."""

    workspace_id = models.BigIntegerField()
    fact_id = models.CharField(max_length=255)
    target_id = models.CharField(max_length=255)
    target_seq = models.BigIntegerField(null=True)
    at = models.BigIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("workspace_id", "fact_id"), name="retraction_once"),)
        indexes = (models.Index(fields=("workspace_id", "target_id"), name="retraction_by_target"),)


class HistoryFile(models.Model):
    """One immutable Parquet file. In force while ``dropped_at`` is null; unlinked an hour after it was dropped."""

    class Table(models.TextChoices):
        EVENTS = "events"
        ATTRIBUTES = "attributes"

    workspace_id = models.BigIntegerField()
    table = models.CharField(max_length=10, choices=Table)
    path = models.CharField(max_length=255)
    """Relative to the home's ``history/`` folder."""
    rows = models.BigIntegerField()
    bytes = models.BigIntegerField()
    seq_from = models.BigIntegerField()
    seq_to = models.BigIntegerField()
    at_min = models.BigIntegerField()
    at_max = models.BigIntegerField()
    columns = models.JSONField(default=list)
    """Typed columns in the file, as ``"number:amount"``, ``"text:sku"``, ``"boolean:gift"``."""
    rest = models.JSONField(default=list)
    """Names of properties that stay in the ``rest`` column (lists, and those beyond the column limit)."""
    created_at = models.BigIntegerField()
    dropped_at = models.BigIntegerField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("workspace_id", "path"), name="history_path_once"),)


class Property(models.Model):
    """Seen in this workspace: a kind's property and type (or a trait, with ``kind`` = "", or a tag: ``type`` = "tag")."""

    workspace_id = models.BigIntegerField()
    kind = models.CharField(max_length=200)
    name = models.CharField(max_length=200)
    type = models.CharField(max_length=10)
    count = models.BigIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("workspace_id", "kind", "name", "type"), name="property_once"),
        )


class Import(models.Model):
    """One import of one file: where it stands, what it added, what it refused."""

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    workspace_id = models.BigIntegerField()
    name = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64)
    """Hash of content and mapping: a repeated import of the same is recognised and resumed."""
    path = models.CharField(max_length=500, default="")
    """Of an uploaded file, relative to the home's ``uploads/`` folder."""
    mapping = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    bytes_total = models.BigIntegerField(default=0)
    bytes_done = models.BigIntegerField(default=0)
    rows_read = models.BigIntegerField(default=0)
    added = models.BigIntegerField(default=0)
    known = models.BigIntegerField(default=0)
    refused = models.BigIntegerField(default=0)
    rejects_path = models.CharField(max_length=500, default="")
    problem = models.TextField(default="")
    started_at = models.BigIntegerField()
    ended_at = models.BigIntegerField(null=True)

    class Meta:
        indexes = (models.Index(fields=("workspace_id", "-started_at"), name="imports_newest"),)
