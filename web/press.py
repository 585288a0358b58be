"""Jinja, with what never changes printed into a template when it is compiled.

It knows no page. The one idea: the words of the interface and the title of the archive are the same on every page for
as long as the application runs, so they become part of the text around them: looked up and escaped once, not per page.
"""

from __future__ import annotations

from collections.abc import Mapping

from flask.templating import Environment
from jinja2 import nodes
from jinja2.visitor import NodeTransformer


class Press(Environment):
    """The environment of templates; what is `settled` in it are names of texts, and of modules or tables of texts."""

    settled: Mapping[str, object] = {}

    def settle(self, **values: object) -> None:
        """Say what does not change any more; to be called before a template is loaded."""
        self.settled = values
        self.globals.update(values)

    def _generate(self, source: nodes.Template, *how: object, **else_how: object) -> str:  # Jinja's hook for this
        return super()._generate(_Settling(self).visit(source), *how, **else_how)  # type: ignore[arg-type]


class _Settling(NodeTransformer):
    """Puts the values of settled names in the place of the names.

    >>> press = Press(__import__("flask").Flask("press"))
    >>> press.settle(title="Bath & Wells")
    >>> press.from_string("<b>{{ title }}</b>{{ more }}").render(more="", title="not asked")
    '<b>Bath & Wells</b>'
    """

    def __init__(self, press: Press) -> None:
        self._press = press

    def visit_Name(self, node: nodes.Name) -> nodes.Node:  # noqa: N802  # called by the name of the node
        if node.ctx != "load" and node.name in self._press.settled:
            raise ValueError(f"“{node.name}” is settled for all templates: line {node.lineno} cannot give it a value.")
        return self._settled(node)

    def visit_Getattr(self, node: nodes.Getattr) -> nodes.Node:  # noqa: N802  # likewise
        settled = self._settled(node)
        return settled if settled is not node else self.generic_visit(node)

    def _settled(self, node: nodes.Expr) -> nodes.Node:
        value = self._value(node)
        return nodes.Const(value, lineno=node.lineno) if isinstance(value, str) else node

    def _value(self, node: nodes.Node) -> object:
        match node:
            case nodes.Name():
                return self._press.settled.get(node.name)
            case nodes.Getattr():
                around = self._value(node.node)
                return None if around is None else self._press.getattr(around, node.attr)
        return None
