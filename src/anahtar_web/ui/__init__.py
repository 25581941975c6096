"""The shell: layout, components, template tags, what a view may do, error pages. No models."""
