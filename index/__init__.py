"""Articles in: everything that reads, cleans, keeps and indexes stories.

The write side of the house. Files become records (`readers`), records become articles (`enrich`), articles are
accepted into the store (`store`) and from there into an index generation (`embedded`). Other rooms use `Article`,
`City` and `Story`, the analysis of text into terms (`analysis`) and the ranking formula (`ranking`).
"""

from index.article import Article, City, Story

__all__ = ["Article", "City", "Story"]
