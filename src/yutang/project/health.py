"""For the machines that look after this one."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from yutang.kernel.rooms import Measure, rooms


def alive(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain")


def ready(request: HttpRequest) -> HttpResponse:
    """200 when the database answers and has its tables, and the home folder is there."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM workspaces_workspace LIMIT 1")
    except Error:
        return HttpResponse("database\n", status=503, content_type="text/plain")
    if not Path(settings.YUTANG_HOME).is_dir():
        return HttpResponse("home\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")


class _Rooms:
    def collect(self) -> Iterator[Metric]:
        families: dict[str, GaugeMetricFamily] = {}
        for room in rooms():
            for measure in room.metrics():
                _add(families, measure)
        yield from families.values()


def _add(families: dict[str, GaugeMetricFamily], measure: Measure) -> None:
    if measure.name not in families:
        families[measure.name] = GaugeMetricFamily(measure.name, measure.help, labels=tuple(measure.labels))
    families[measure.name].add_metric(tuple(measure.labels.values()), measure.value)


def metrics(request: HttpRequest) -> HttpResponse:
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Rooms())
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
