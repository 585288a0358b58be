"""Questions in, results pages out: `open_archive`, `Request`, `Page`."""
