class WorkflowError(Exception):
    """What a person can put right: a step as it is declared, or a file that it needs."""
