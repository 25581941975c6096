"""The dossier as one page to read in five minutes, and as a document."""
