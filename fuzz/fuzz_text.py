"""Any words become Markdown that reads as those words, and leads nowhere that is not allowed."""

import re

from playbook_press.text import (
    MarkdownWriter,
    escape,
    escape_attribute,
    is_allowed_link,
    links_in,
    parse_block,
    parse_inline,
    pieces,
    plain,
    slots_in,
    walk,
)

_WRITER = MarkdownWriter(slot=lambda name: f"<b>{name}</b>", link=lambda address: address)
# What the writer writes itself: the last keeps two lists apart.
_TAGS = re.compile(r"</?(?:b|em|strong|code)>|<br>|<!-- -->")


def one_input(data: bytes) -> None:
    """Parse a text in both ways, and write it in all."""
    words = data.decode(errors="replace")
    for nodes in (parse_inline(words), parse_block(words)):
        plain(nodes, str)
        pieces(nodes, str, {})
        for markdown in (_WRITER.inline(nodes), _WRITER.block(nodes)):
            assert "<" not in _TAGS.sub("", markdown), markdown
    in_block = list(walk(parse_block(words)))
    assert slots_in(words) == [node.text for node in in_block if node.kind == "slot"]
    assert links_in(words) == [node.text for node in in_block if node.kind == "link"]
    assert all(map(is_allowed_link, links_in(words)))
    for escaped in (escape(words), escape_attribute(words)):
        assert not set(escaped) & set('<>`*_[]"' if escaped is not escape(words) else "<>`*_[]"), escaped
        assert "\n" not in escaped
