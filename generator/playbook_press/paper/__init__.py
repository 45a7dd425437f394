"""What is printed: cheat sheets, pocket cards and worksheets, as PDFs.

- Cheat sheets: `sheet` says what could stand on one and `ranking` in which order; `printer` chooses,
  lays out in `columns` and prints; `thumbnails` are its pictures. What a linter wants to know of
  their room is in `crowding` and `estimates`, and in `measuring`, which asks Typst.
- Pocket cards: `card` is what stands on one, `cards` prints them.
- Worksheets: `worksheets` prints them from `parts`; `answers` and `computing` fill them in,
  `drawing` and `room` say where things stand.
- All of them: `typesetting` runs Typst; `formats` are the sizes of paper, and `imprint` says where a
  print comes from; `words`, `wording`, `breaking` and `letters` are about the text; `paths` and
  `press` are about a whole site.
"""
