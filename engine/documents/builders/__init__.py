"""Each document, once: an answer's record -> the tree of what is said of it, in whatever format."""
