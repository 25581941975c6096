"""Every way of telling who will stay away, held against what happened afterwards on the user's own ledger.

`running.backtest` is the whole of it; `telling` puts what it found into words.
"""
