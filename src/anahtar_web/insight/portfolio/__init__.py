"""What the portfolio page asks and what is reckoned for it; `pages/portfolio` puts it into words."""
