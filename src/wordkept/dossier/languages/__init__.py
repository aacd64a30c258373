"""The reader's languages: what is said on a page in English, said in another language."""
