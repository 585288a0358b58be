"""The query language: from a reader's words to a tree, with diagnostics and an explanation."""
