"""Any bytes are read as far as they make sense; what is refused has a code and a place, and the rest is whole."""

from collections.abc import Iterator

from harness import COLLECTIONS, read
from playbook_press.compose import REFUSED, RefusedKey, YamlNode, compose
from playbook_press.document import Document
from playbook_press.rules import all_rules


def one_input(data: bytes) -> None:
    """Read a file as each thing that it could be."""
    for collection in COLLECTIONS:
        if document := read(data, collection):
            _check_problems(document)
    text = data.decode(errors="replace").lstrip("\ufeff")
    root, problems = compose(text)
    if root is not None:
        root.plain()
        for node in _nodes(root):
            assert 0 <= node.start <= node.end <= len(text) + 1, node
            if not problems:
                _check_words(text, node)


def _check_problems(document: Document) -> None:
    for problem in document.problems:
        assert problem.code in all_rules(), problem
        assert 0 <= problem.span.start <= problem.span.end <= len(document.text) + 1, problem
    for _, span in [*document.shape_errors, *document.empty]:
        assert 0 <= span.start <= span.end <= len(document.text) + 1, span


def _check_words(text: str, node: YamlNode) -> None:
    """A text that is neither quoted nor broken stands in the file as it is."""
    raw = text[node.start : node.end]
    if isinstance(node.value, str) and raw[:1] not in {"", "'", '"', "|", ">"} and raw.isprintable():
        assert node.value == raw, node
    assert node.value is not REFUSED, node


def _nodes(node: YamlNode) -> Iterator[YamlNode]:
    waiting = [node]
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node.value, dict):
            for key, (name, child) in node.value.items():
                waiting.append(child)
                if not isinstance(key, RefusedKey):
                    waiting.append(name)
        elif isinstance(node.value, list):
            waiting += node.value
