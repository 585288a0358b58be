"""The workload and the peers, side by side in one run: `python -m bench`.

For developing only. A deterministic pseudo-archive (`corpus`) is built in this project and in other engines, the same
questions (`questions`) are put to all of them in turn, and one table tells who answered how fast (`report`).
"""
