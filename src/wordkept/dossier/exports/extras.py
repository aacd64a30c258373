"""What a format needs besides wordkept's own requirements, and how to say that it is absent."""

from importlib.util import find_spec

from wordkept.errors import InputError, Problem


def needed(module: str, *, format_name: str) -> None:
    """Nothing where a library can be imported; otherwise an error that says what to install.

    >>> needed("json", format_name="json")
    """
    if find_spec(module) is None:
        raise InputError(
            Problem(
                what=f"The format {format_name} needs the library {module}, which is not there.",
                where=f"wordkept export ... {format_name}",
                remedy=f'pip install "wordkept[export]", or pip install {module}',
            )
        )
