"""What Yutang is measured by; ``docs/benchmarks.md`` explains each and keeps the results."""
