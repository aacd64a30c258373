"""How well each part of the reader does on text that people have annotated."""
