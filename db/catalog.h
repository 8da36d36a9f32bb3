/* The bank's index in memory: ids, difficulty, section, source and order of every question, with a
 * CRoaring bitmap for each filter value. One immutable snapshot per revision, shared by all
 * workers, counted by references (atomic: any thread may take or drop one). Filters, counts,
 * exclusions, uniform draws and cursors are operations on it; the text stays in SQLite. */
#ifndef QBANK_DB_CATALOG_H
#define QBANK_DB_CATALOG_H

struct catalog;

struct catalog *catalog_ref(struct catalog *catalog);
void catalog_unref(struct catalog *catalog); /* accepts NULL */

/* The revision it is of: REVISION_LENGTH hexadecimal digits; lives as long as the catalog. */
const char *catalog_revision(const struct catalog *catalog);

#endif
