"""One timeline of an account out of everything that other apps know of it."""
