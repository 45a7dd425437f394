"""What was made in earlier builds, kept in a folder: the same input is not worked on twice."""

import contextlib
import os
import tempfile
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from hashlib import blake2b
from pathlib import Path

_DIGEST = 16


class Shelf:
    """A folder of things made, each under the hash of all that it depends on.

    What is damaged is made again, and a folder that cannot be used is as good as none.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._used: set[str] = set()

    @staticmethod
    def name(key: bytes) -> str:
        """What stands on the shelf under a key."""
        return blake2b(key, digest_size=_DIGEST).hexdigest()

    def get(self, key: bytes, make: Callable[[], bytes]) -> bytes:
        """What is kept under a key, or else what `make` gives, which is kept from now on."""
        name = self.name(key)
        content = self.read(name)
        if content is None:
            content = make()
            self.write(name, content)
        return content

    def read(self, name: str) -> bytes | None:
        """What is kept under a name; None where there is nothing that is whole."""
        self._used.add(name)
        with contextlib.suppress(OSError):
            kept = (self._folder / name).read_bytes()
            if kept[:_DIGEST] == _digest(kept[_DIGEST:]):
                return kept[_DIGEST:]
        return None

    def write(self, name: str, content: bytes) -> None:
        """Keep something under a name, if the folder can be used."""
        self._used.add(name)
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            descriptor, unfinished = tempfile.mkstemp(dir=self._folder)
            try:
                with os.fdopen(descriptor, "wb") as file:
                    file.write(_digest(content) + content)
                Path(unfinished).replace(self._folder / name)
            except OSError:
                Path(unfinished).unlink(missing_ok=True)

    def tidy(self) -> None:
        """Throw away what nobody has asked for."""
        with contextlib.suppress(OSError):
            for path in self._folder.iterdir():
                if path.name not in self._used:
                    path.unlink(missing_ok=True)


def _digest(content: bytes) -> bytes:
    return blake2b(content, digest_size=_DIGEST).digest()


_IN_USE: ContextVar[Shelf | None] = ContextVar("shelf", default=None)


@contextlib.contextmanager
def kept_in(folder: Path) -> Iterator[None]:
    """Keep what is printed in a folder, and take it from there."""
    shelf = Shelf(folder)
    before = _IN_USE.set(shelf)
    try:
        yield
        shelf.tidy()
    finally:
        _IN_USE.reset(before)


def kept(key: bytes, make: Callable[[], bytes]) -> bytes:
    """What `make` gives, from the shelf where there is one."""
    shelf = _IN_USE.get()
    return make() if shelf is None else shelf.get(key, make)
