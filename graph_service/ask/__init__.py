"""Questions in plain words: what a sentence asks, or why that cannot be said."""
