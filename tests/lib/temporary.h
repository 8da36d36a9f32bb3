/* Directories and files that a test may scribble on. Every failure ends the test. */
#ifndef QBANK_TESTS_LIB_TEMPORARY_H
#define QBANK_TESTS_LIB_TEMPORARY_H

/* Makes a new directory under $TMPDIR or the system's place for such things. Owned path. */
char *temporary_create(void);

/* Removes the directory with all that is in it and frees the path; accepts NULL. */
void temporary_remove(char *directory);

/* DIRECTORY/NAME as an owned path; nothing is created. */
char *temporary_path(const char *directory, const char *name);

/* Writes a file (its parents are created) and returns its owned path. */
char *temporary_write(const char *directory, const char *name, const char *text);

/* The whole file as an owned, NUL-terminated string. */
char *temporary_read(const char *path);

#endif
