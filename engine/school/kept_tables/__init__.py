"""Tables that people and termwise both write into a school's folder: read row by row, added to, never over."""
