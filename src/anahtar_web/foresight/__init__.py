"""Who is likely to stay away, by the company's own criterion, and how well that would have been told last year."""
