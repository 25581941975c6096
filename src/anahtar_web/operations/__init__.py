"""Running Anahtar: starting it, looking after it, backing it up. No models and no pages."""
