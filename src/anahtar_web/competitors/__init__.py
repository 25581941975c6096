"""Who else wants our accounts: where, with what, through whom, how strong."""
