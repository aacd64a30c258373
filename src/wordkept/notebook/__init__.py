"""One call for a notebook: daily counts from any kind of table, and what they show of a pledge."""
