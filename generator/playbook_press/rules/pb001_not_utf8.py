"""A file is not UTF-8.

It checks that every byte of the file belongs to UTF-8 text. A byte order mark at its start is fine.

## Why it matters

Another encoding turns accents, curly quotes and currency signs into other characters, on the page and on paper.

## Bad

A file saved as Latin-1 or UTF-16.

## Good

The same file saved as UTF-8.
"""

SEVERITY = "error"
