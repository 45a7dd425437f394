"""Where the prints of a site are.

No two are in the same place, whatever the contexts are called: each pattern ends in its own way, and none
ends as another does.
"""

SHEET = "sheets/{context}-{paper}.pdf"
LARGE_PRINT = "sheets/{context}-{paper}-large.pdf"
CARDS = "sheets/{context}-{paper}-cards.pdf"
PICTURE = "sheets/{context}-{side}.png"
WORKSHEET = "worksheets/{worksheet}-{paper}.pdf"
