"""A file is larger than 1 MiB, or holds more than 50,000 keys and values, or 40,000 marks.

It checks the size of the file before it is read, and counts as it reads. A mark is what can mean something in a text, such as `*` and `[`.

## Why it matters

A playbook is text that a person reads, some tens of kilobytes. A larger file is a mistake, or an attempt to keep the build busy.

## Bad

A file into which a picture or an export was pasted.

## Good

The text alone, in several playbooks where it is long.
"""

SEVERITY = "error"
