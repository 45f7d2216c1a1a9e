"""Words that nothing says once the feature is off, but what people typed and what is past."""

WORDS = ("talent", "candidats", "vœux")
