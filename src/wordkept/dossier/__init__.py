"""What was found becomes a page, a text and a file: claims, charts, and the gate before them."""
