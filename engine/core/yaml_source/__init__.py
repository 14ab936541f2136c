"""YAML with the place of every key and value: files in, plain data and marks out, problems collected."""
