"""What is held of a person: told, corrected, erased."""
