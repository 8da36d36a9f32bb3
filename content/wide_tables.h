/* Tables of more columns than anybody reads. md4c fills short rows up to the width of the header:
 * 36 kB of a table with thousands of columns were nine million cells. Pure. */
#ifndef QBANK_CONTENT_WIDE_TABLES_H
#define QBANK_CONTENT_WIDE_TABLES_H

#include "content/source.h"

/* The most bars that the line below a table's header may have. */
enum { WIDE_TABLES_BARS_MAX = 100 };

/* Hides the bars of such lines that have more in the source's copy: to md4c the table is a
 * paragraph then. */
void wide_tables_hide(struct source *source);

#endif
