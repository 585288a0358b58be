"""Pages for people and JSON for programs, over a search that only reads."""
