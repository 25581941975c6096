"""The ledger folder: a chain of checked manifests, durable and taken back whole."""
