"""The server's texts: found in the source, kept in one .po file, checked and compiled, all in Python."""
