"""Each format, once: a document of whatever content -> its text in that format."""
