"""The journal of a case: append-only, hash-chained, and checked byte by byte."""
