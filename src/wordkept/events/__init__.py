"""Datasets become one audited record: schema, adapters, receipts, releases, series."""
