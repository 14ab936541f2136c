"""A school's folder as one workbook: how it is laid out, and how it is read."""
