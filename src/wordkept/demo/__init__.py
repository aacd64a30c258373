"""The bundled case, Syria 2015-16: pledges, a document written for it, and records as facts."""

from wordkept.demo.building import build_demo

__all__ = ["build_demo"]
