"""The words of answers to questions, made once from what was found."""
