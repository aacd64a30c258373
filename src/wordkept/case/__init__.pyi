from wordkept.case.case import Case as Case
from wordkept.case.settings import Settings as Settings

__all__ = ["Case", "Settings"]
