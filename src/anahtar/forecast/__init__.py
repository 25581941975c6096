"""Foresight: who is likely to stay away, how surely, and which way of telling has proved right on this ledger.

- `purchases.py`: purchase days of all accounts; `histories.py`: what the models read of them.
- `models.py`: the models by name, fitted to a base; `geometric.py` (BG/NBD, MBG/NBD, MBG/CNBD-k), `mixture.py`,
  `pareto.py` hold one family each, `spend.py` what a purchase is worth.
- `backtest/`: every way of telling held against what happened afterwards, day for day as if one had stood there.
- `foresight.py`: what every account's, or direction's, silence means on one day, by the company's criterion.
- `ledger.py`: purchase days of a ledger's batches; only this and `foresight.py` start an engine.

The models are numpy alone: the counts in these models are whole numbers, so their gamma and beta functions are sums of
logarithms, and the one integral (Pareto/NBD) is smooth. No import here takes longer than numpy's own.
"""
