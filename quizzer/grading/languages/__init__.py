"""Function words of languages other than English, a module each."""
