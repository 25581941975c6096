"""The people at an account who take part in its decisions, and the rule by which they decide."""
