"""A file of a site that is made when it is copied or read, and not before."""

from collections.abc import Callable
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, InclusionLevel

Make = Callable[[], str | bytes]


class MadeFile(File):
    """A file that MkDocs treats like one of the folder of pages."""

    make: Make

    @property  # type: ignore[misc] # what is made cannot be set
    def content_bytes(self) -> bytes:
        """What it holds, made anew."""
        content = self.make()
        return content.encode() if isinstance(content, str) else content

    @property  # type: ignore[misc] # the same
    def content_string(self) -> str:
        """What it holds, as text."""
        return self.content_bytes.decode()

    def copy_file(self, dirty: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 (the signature is MkDocs')
        """Make it, and write it to its place in the site."""
        path = Path(self.abs_dest_path)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(self.content_bytes)


def made_file(
    config: MkDocsConfig, path: str, make: Make, inclusion: InclusionLevel = InclusionLevel.NOT_IN_NAV
) -> MadeFile:
    """Give a file with its path; it is no page unless the path is that of one."""
    file = MadeFile(path, None, config.site_dir, config.use_directory_urls, inclusion=inclusion)
    file.generated_by = "playbooks"
    file.make = make
    return file
