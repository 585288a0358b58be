"""The pages in a real browser: Chromium, driven by Playwright, over the samples as `python -m web` serves them.

What the server sends is tested in tests/web; here is what people meet: sizes, contrast, markup, weight.
Where there is no Chromium these tests are skipped; under `CI=true` its absence is a failure.
"""
