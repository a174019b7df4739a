"""The command line: composes the parts, renders results, maps errors to exit codes."""
