"""Why a run can't be made: what the user gave, in one line."""


class BadInputError(ValueError):
    """Input that can't be used; the message is one line that says what was given and wanted."""
