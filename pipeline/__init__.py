"""fourp: policy documents in, tagged, searchable and reportable knowledge out."""

__version__ = "0.1.0"
