"""The dossier in formats that other tools read, each a value in one registry."""

from wordkept.dossier.exports.export import Export

EXPORTS: tuple[Export, ...] = ()
