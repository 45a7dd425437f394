"""A link may not lead where it leads.

It checks that the address of each link starts with `https://`, `http://` or `mailto:`, or names a page of the handbook, such as `playbooks/asking-for-time`.

## Why it matters

Such a link does not work: its brackets and its address are printed as they stand in the file.

## Bad

```yaml
summary: Read [the law](www.example.org/law) first.
```

## Good

```yaml
summary: Read [the law](https://www.example.org/law) first.
```
"""

import re
from collections.abc import Iterator

from playbook_press.fixes import Fix, Replace
from playbook_press.model import Library
from playbook_press.rules import Found, strings, wording
from playbook_press.text import is_allowed_link

SEVERITY = "error"
FIXABLE = True
EVERYWHERE = True

_LINK = re.compile(
    r"(?<!\\)\]\(\s*<?((?:[^\s()<>\\]|\\\S|\([^\s()<>]*\))*)>?(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)"
)
_CODE = re.compile(r"(`+)[^`].*?\1", re.DOTALL)
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,24}(?::\d+)?(?:[/?#].*)?", re.IGNORECASE)
_FILES = re.compile(r"\.(?:ya?ml|md|html?|pdf|docx?|xlsx?|png|jpe?g|txt)(?=$|[#?])", re.IGNORECASE)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PAGES = ("playbooks/", "contexts/", "worksheets/", "glossary")
_HELP = "start it with `https://` or `mailto:`, or name a page, such as `playbooks/asking-for-time`"


def check(part: object, library: Library) -> Iterator[Found]:  # noqa: ARG001 (all rules are called alike)
    """Yield each address that is not allowed."""
    if "](" not in wording(part):
        return
    for text in strings(part):
        if "](" not in text.words:
            continue
        for address in dict.fromkeys(_LINK.findall(_CODE.sub(" ", text.words))):
            if is_allowed_link(address):
                continue
            if not address:
                yield Found(
                    text.location, "a link leads nowhere", "write its address between the brackets", "]()"
                )
                continue
            meant = _meant(address)
            yield Found(
                text.location,
                f"a link may not lead to `{address}`",
                f"did you mean `{meant}`?" if meant else _HELP,
                excerpt=address,
                # Only an address that is no part of another word of the text can be replaced there.
                fix=Fix((Replace(text.location, f"]({meant})", excerpt=f"]({address})"),))
                if meant.startswith(("https://", "mailto:"))
                else None,
            )


def _meant(address: str) -> str:
    """The address that was meant, as far as one can tell."""
    page = re.sub(r"^(?:\.{0,2}/)+", "", address)
    page = re.sub(r"(?:\.ya?ml|\.md|\.html?|/)(?=$|#)", "", page)
    if page.startswith(_PAGES) and is_allowed_link(page):
        return page
    if _MAIL.fullmatch(address):
        return f"mailto:{address}"
    if (
        _HOST.fullmatch(address)
        and not _FILES.search(address.partition("/")[0])
        and is_allowed_link(f"https://{address}")
    ):
        return f"https://{address}"
    return ""
