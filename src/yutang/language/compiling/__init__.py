"""The one compiler: nodes to SQL over the relations of ``language/relations.py``, through SQLGlot."""

from yutang.language.compiling.expressions import Unsupported
from yutang.language.compiling.horizon import is_polled
from yutang.language.compiling.question import horizons, members, moments, values

__all__ = ["Unsupported", "horizons", "is_polled", "members", "moments", "values"]
