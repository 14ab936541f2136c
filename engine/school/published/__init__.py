"""Published tables of figures about schools, and inspections."""
