"""Numbers computed from many sales lines: one module per question, Ibis tables in, Ibis tables out."""
