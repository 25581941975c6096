"""Which column plays which role: by names in four languages, and by what stands in the cells."""
