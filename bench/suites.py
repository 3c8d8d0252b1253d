"""The suites by name; a new one is a module with `run` and `table`, and a line here.

It also needs its two marks in docs/benchmarks.md, between which its table is written.
"""

from types import MappingProxyType

from bench import dereference, growth, sparql, validation

SUITES = MappingProxyType(
    {
        "dereference": (dereference.run, dereference.table),
        "growth": (growth.run, growth.table),
        "sparql": (sparql.run, sparql.table),
        "validation": (validation.run, validation.table),
    }
)
