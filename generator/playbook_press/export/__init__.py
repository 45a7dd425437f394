"""A handbook for other programs: as JSON, CSV, Markdown and Atom, and as a tree for other site engines."""
