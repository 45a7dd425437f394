"""`playbooks hosting`: what a host needs to serve the site."""

from pathlib import Path

import click

from playbook_press.cli.common import CannotRunError
from playbook_press.cli.mkdocs_yml import site_folder
from playbook_press.hosting import HEADERS_FILE, caddy, headers_file, nginx, served


@click.command("hosting")
@click.argument("host", metavar="HOST", type=click.Choice(["nginx", "caddy", HEADERS_FILE]))
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@click.option("--brotli", is_flag=True, help="For an nginx that has the module brotli_static.")
def hosting(host: str, folder: Path | None, *, brotli: bool) -> None:
    """Print how a host is to serve the built site.

    HOST is nginx, caddy, or _headers, which is the file that Netlify and Cloudflare Pages read. It gets
    the site's security policy, and what browsers may keep. DIR is the built site, or a folder with
    several; by default the one that `playbooks build` writes.
    """
    folder = folder or site_folder()
    try:
        site = served(folder)
    except OSError as error:
        raise CannotRunError(f"{error.filename or folder}: cannot be read: {error.strerror}") from None
    if not site.settled:
        raise CannotRunError(
            f"{folder}: there is no site here: run `playbooks build` first, or name its folder"
        )
    if host == "nginx":
        written = nginx(site, has_brotli=brotli)
    else:
        written = caddy(site) if host == "caddy" else headers_file(site)
    click.echo(written, nl=False)


COMMANDS = (hosting,)
