"""`python -m quizzer` runs the same program as the `quizzer` command."""

from quizzer.cli.main import main

main()
