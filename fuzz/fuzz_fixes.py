"""Whatever is mended in a file, nothing else of it is lost, and mending it again changes nothing."""

from harness import handbook, read
from playbook_press.autofix import mend
from playbook_press.document import Document
from playbook_press.load import Handbook, with_text
from playbook_press.settings import Settings


def one_input(data: bytes) -> None:
    """Mend a file, with what has to be guessed and without."""
    document = read(data)
    if document is None:
        return
    for is_unsafe in (False, True):
        once = _mended(document, is_unsafe=is_unsafe)
        if any(problem.code == "PB001" for problem in document.problems):
            assert once is document
            continue
        again = _mended(with_text(once, once.text), is_unsafe=is_unsafe)
        assert again.text == once.text
        if document.root is not None:
            assert once.root is not None
        assert len(once.problems) <= len(document.problems), once.problems


def _mended(document: Document, *, is_unsafe: bool) -> Document:
    known = handbook()
    # The other playbooks are left out: each turn of mending would check them again.
    beside = [other for other in known.documents if other.collection != "playbooks"]
    both = Handbook(known.folder, [*beside, document], ())
    return mend(both, Settings(), [document.path], is_unsafe=is_unsafe).handbook.documents[-1]
