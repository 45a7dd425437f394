"""What is printed: cheat sheets, pocket cards and blank worksheets, as PDFs."""
