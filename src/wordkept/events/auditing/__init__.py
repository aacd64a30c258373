"""The audit of a whole record: what is odd about it, before anybody asks it a question."""

from wordkept.events.auditing.recording import audit_record

__all__ = ["audit_record"]
