"""How documents are kept: by the digest of their content, out of what is served, for who sees their account."""
