"""The language pipeline: articles to parsed documents."""
