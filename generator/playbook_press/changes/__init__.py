"""What a change does to a handbook: two handbooks compared, and told in a reader's words."""
