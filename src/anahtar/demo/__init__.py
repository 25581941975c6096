"""The demo company: a seeded Turkish industrial supplier with every phenomenon the analysis knows."""
