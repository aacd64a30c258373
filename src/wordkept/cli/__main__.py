"""Lets `python -m wordkept.cli` stand for `wordkept`."""

from wordkept.cli.commands import main

if __name__ == "__main__":
    main()
