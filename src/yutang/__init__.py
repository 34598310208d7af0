"""Yutang (鱼塘): events in; who should get what, now, and why; exactly once out."""

__version__ = "0.1.0.dev0"
