class EtlError(Exception):
    """What a person can put right: a file, its columns, a database. The message says where."""
