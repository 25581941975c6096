"""Anahtar: which customers a company cannot afford to lose, read from its own sales ledger.

The core package. It knows no web framework, no clock, no network and no environment:
the day, the language and every folder are given to it. `anahtar.cli` is the only room
that looks at the machine.
"""

__version__ = "0.1.0"
