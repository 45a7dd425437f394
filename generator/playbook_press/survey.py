"""Lints a handbook file by file: it holds one playbook at a time, and reads none again that is known."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from playbook_press.cache import Cache, context, digest
from playbook_press.document import Document
from playbook_press.lint import Checked, Finding, check, compare, settle
from playbook_press.load import File, Handbook, HandbookError, built, read_bytes
from playbook_press.model import Library
from playbook_press.settings import Settings


@dataclass(frozen=True)
class Survey:
    """What is wrong with a handbook."""

    handbook: Handbook
    """Its documents hold no nodes, and their text only where a finding is about it. What they say they
    hold only where it was asked for."""
    findings: list[Finding]


@dataclass
class Memory:
    """What a process knows of the files of a handbook that it reads again and again."""

    documents: dict[File, tuple[str, Document]] = field(default_factory=dict)
    """The hash of each file's content, and what it says; playbooks are kept without their nodes."""
    beside: str = ""
    """The hash of all that playbooks were checked beside."""
    checked: dict[File, tuple[str, Checked]] = field(default_factory=dict)
    """The hash of each playbook's content, and what is known of it beside that."""


def survey(  # noqa: PLR0913 (the last three are named where it is called)
    folder: Path,
    files: Sequence[File],
    site_url: str,
    settings: Settings,
    cache_folder: Path | None = None,
    *,
    memory: Memory | None = None,
    written: frozenset[str] | None = None,
) -> Survey:
    """Lint the files of a handbook, as `lint` does; with a folder for the cache, by what that knows.

    With a memory, the documents hold what the files say, and a file is taken apart only where it has
    changed since the last time. The cache is then read and written only where nothing is remembered.
    `written` are the pages that are written by hand, as in `Handbook`.
    """
    unreadable: list[str] = []
    checked: dict[File, Checked] = {}
    shared: dict[File, tuple[bytes, Document]] = {}
    for file in files:
        if file.collection != "playbooks":
            try:
                content = read_bytes(file.path, file.shown)
                shared[file] = content, _read(file, content, digest(content), memory)
            except HandbookError as error:
                unreadable.append(str(error))
    library = Handbook(folder, [document for _, document in shared.values()], (), written).library
    library = replace(library, limits=settings.limits)
    for file, (_, document) in shared.items():
        checked[file] = check(document, library)
    beside = context(settings, {file.shown: content for file, (content, _) in shared.items()})
    if memory is not None and memory.beside != beside:
        memory.beside, memory.checked = beside, {}
    is_remembered = memory is not None and memory.checked
    cache = Cache(cache_folder, beside) if cache_folder is not None and not is_remembered else None
    for file in files:
        if file.collection == "playbooks":
            try:
                checked[file] = _check(file, library, cache, memory)
            except HandbookError as error:
                unreadable.append(str(error))
    if cache is not None:
        cache.save()
    findings = _compare(checked, library, site_url, settings)
    touched = {finding.path for finding in findings}
    documents = [_shell(file, memory, is_needed=file.shown.as_posix() in touched) for file in checked]
    return Survey(Handbook(folder, documents, unreadable), findings)


def _read(file: File, content: bytes, content_digest: str, memory: Memory | None) -> Document:
    """Take a file apart, unless it is known."""
    if memory is not None and file in memory.documents:
        known_digest, known = memory.documents[file]
        if known_digest == content_digest:
            return known
    document = built(content, file)
    if memory is not None:
        is_playbook = file.collection == "playbooks"
        kept = replace(document, text="", root=None) if is_playbook else document
        memory.documents[file] = content_digest, kept
    return document


def _check(file: File, library: Library, cache: Cache | None, memory: Memory | None) -> Checked:
    content = read_bytes(file.path, file.shown)
    content_digest = digest(content)
    # What it says is wanted even where it is known what is wrong with it.
    document = _read(file, content, content_digest, memory) if memory is not None else None
    if memory is not None and file in memory.checked:
        remembered_digest, remembered = memory.checked[file]
        if remembered_digest == content_digest:
            return remembered
    known = cache.get(file.shown, content_digest) if cache else None
    if known is None:
        known = check(document if document and document.text else built(content, file), library)
        if cache:
            cache.put(file.shown, content_digest, known)
    if memory is not None:
        memory.checked[file] = content_digest, known
    return known


def _compare(
    checked: dict[File, Checked], library: Library, site_url: str, settings: Settings
) -> list[Finding]:
    files = {one.key: file for file, one in checked.items()}
    broken = frozenset(
        one.id for one in checked.values() if one.facts is None and one.collection == "playbooks"
    )
    library = replace(library, unread={**library.unread, "playbooks": broken})

    @lru_cache(maxsize=16)
    def document_of(key: str) -> Document:
        file = files[key]
        return built(read_bytes(file.path, file.shown), file)

    found = list(compare(list(checked.values()), library, document_of))
    return settle(checked.values(), found, site_url, settings)


def _shell(file: File, memory: Memory | None, *, is_needed: bool) -> Document:
    """A document without its nodes: its text is all that a report shows of it."""
    known = memory.documents[file][1] if memory is not None else Document(file.shown, file.collection)
    text = read_bytes(file.path, file.shown).decode("utf-8", errors="replace") if is_needed else ""
    return replace(known, root=None, text=text.lstrip("\ufeff"))
