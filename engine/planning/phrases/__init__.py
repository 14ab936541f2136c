"""The words of planning, made once from its records."""
