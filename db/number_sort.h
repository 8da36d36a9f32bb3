/* Sorting numbers without comparing them. Internal to db/. */
#ifndef QBANK_DB_NUMBER_SORT_H
#define QBANK_DB_NUMBER_SORT_H

#include <stddef.h>
#include <stdint.h>

/* Sorts in ascending order, by as many bytes as the greatest number has (D. E. Knuth, The Art of
 * Computer Programming 3, section 5.2.5). For some hundred random numbers: qsort() takes several
 * times as long, as no processor foretells how a comparison ends. `scratch` has room for `count`.
 */
void number_sort(uint32_t *numbers, size_t count, uint32_t *scratch);

#endif
