"""Our versioned JSON and its schemas, CSV and Markdown. What a result says is decided below; how it is carried, here."""
