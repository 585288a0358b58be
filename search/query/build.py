"""Trees in their one shape: flat, without empty parts, contradictions found.

The parser puts every AND, OR and NOT together here. The one idea: what means the same has the same tree, so that trees
can be compared, printed and parsed again.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from search.query.tree import And, Dated, Everything, Node, Not, Nothing, Or, Value


def negation(node: Node) -> Node:
    """Return NOT `node`.

    >>> negation(negation(Nothing()))
    Nothing()
    """
    match node:
        case Not(part):
            return part
        case Everything():
            return Nothing()
        case Nothing():
            return Everything()
        case And((Everything(), Not(part))):
            return part
        case _:
            return Not(node)


def disjunction(parts: Sequence[Node]) -> Node | None:
    """Return the OR of the parts, None of none; values of one facet become one value, equal parts one part."""
    flat: list[Node] = []
    for part in parts:
        flat += part.parts if isinstance(part, Or) else (part,)
    if any(isinstance(part, Everything) for part in flat):
        return Everything()
    some = [part for part in dict.fromkeys(flat) if not isinstance(part, Nothing)]
    if flat and not some:
        return Nothing()
    merged: list[Node] = []
    where: dict[str, int] = {}
    keys: dict[str, tuple[str, ...]] = {}
    for part in some:
        if isinstance(part, Value) and not part.typed:
            at = where.setdefault(part.facet, len(merged))
            if at < len(merged):
                keys[part.facet] = tuple(dict.fromkeys((*keys[part.facet], *part.keys)))
                merged[at] = Value(part.facet, keys[part.facet])
                continue
            keys[part.facet] = part.keys
        merged.append(_positive(part))
    if len(merged) < 2:
        return merged[0] if merged else None
    return Or(tuple(merged))


def conjunction(parts: Sequence[Node]) -> tuple[Node | None, str]:
    """Return the AND of the parts, None of none, and in words what contradicts itself in it (else "")."""
    flat: list[Node] = []
    for part in parts:
        flat += part.parts if isinstance(part, And) else (part,)
    if not flat:
        return None, ""
    if any(isinstance(part, Nothing) for part in flat):
        return Nothing(), ""
    flat = [part for part in flat if not isinstance(part, Everything)]
    if not flat:
        return Everything(), ""
    flat, reason = _one_period(flat)
    if reason:
        return Nothing(), reason
    wanted = {part for part in flat if not isinstance(part, Not)}
    for part in flat:
        if isinstance(part, Not) and part.part in wanted:
            return Nothing(), "The same is wanted and excluded"
    if not wanted:
        return And((Everything(), *dict.fromkeys(flat))), ""
    flat = _without_repeats(flat)
    return (flat[0] if len(flat) == 1 else And(tuple(flat))), ""


def _one_period(parts: list[Node]) -> tuple[list[Node], str]:
    """Return the parts with their dates drawn together into one period, at the place of the first."""
    dated = [part for part in parts if isinstance(part, Dated)]
    if len(dated) < 2 and not (dated and _is_empty(dated[0])):
        return parts, ""
    since: date | None = max((part.since for part in dated if part.since), default=None)
    until: date | None = min((part.until for part in dated if part.until), default=None)
    both = Dated(since, until)
    if _is_empty(both):
        return parts, "The dates leave no day"
    first = parts.index(dated[0])
    rest = [part for part in parts[first:] if not isinstance(part, Dated)]
    return [*parts[:first], both, *rest], ""


def _is_empty(dated: Dated) -> bool:
    return dated.since is not None and dated.until is not None and dated.since > dated.until


def _without_repeats(parts: list[Node]) -> list[Node]:
    """Return the parts without filters and exclusions that stand twice; a word said twice weighs twice."""
    seen: set[Node] = set()
    kept = []
    for part in parts:
        if isinstance(part, Not | Value | Dated):
            if part in seen:
                continue
            seen.add(part)
        kept.append(part)
    return kept


def _positive(part: Node) -> Node:
    """Return a part of an OR: a lone exclusion means everything else."""
    return And((Everything(), part)) if isinstance(part, Not) else part
