"""The modules of the feature that write what an entry of the register tells of which is not its own."""

WRITERS = {"eig_sheets.features.next_call.commands_files": "configuration"}
