"""Rows of exports made into pupils: headings, dates, names, who is who, and what each row says."""
