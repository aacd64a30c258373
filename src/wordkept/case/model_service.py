"""The language model that a case may be read with: only where the user names one."""

import os

from wordkept.case.case import Case
from wordkept.reading.language_model_service import KEY, Service, checked_service


def model_service(case: Case, address: str | None = None, name: str | None = None) -> Service:
    """The service at the address given, or else at that of the case's settings.

    The key comes from the environment and is kept nowhere. Raises InputError with all that is
    wrong: nothing given, no address, or an address elsewhere in a case that is offline.
    """
    return checked_service(
        address or case.settings.model_address,
        name or case.settings.model_name,
        key=os.environ.get(KEY),
        offline=case.settings.offline,
    )
