"""A case: a folder of pledges, documents, releases, a journal, and what is built from them."""

from wordkept.case.case import Case
from wordkept.case.settings import Settings

__all__ = ["Case", "Settings"]
