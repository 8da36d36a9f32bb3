#include "server/commands/heap.h"

#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

/* In bytes. ROOM is address space, and no memory until it is used. */
enum { LARGE_BLOCK = 256 * 1024, ROOM = 256 << 20, USUAL_PAD = 128 * 1024 };

/* Large blocks go back to the kernel at once. Of itself the library comes to keep those that are as
 * large as the largest that was ever freed, for each thread in a heap of its own. */
static void return_large_blocks(void) {
    mallopt(M_MMAP_THRESHOLD, LARGE_BLOCK);
    mallopt(M_ARENA_MAX, 1);
}

/* The words of a full-text index are gathered in a hash table of tens of megabytes, and each word
 * of the bank is looked up there: with small pages most of that is waiting for their addresses. */
static void ask_for_huge_pages(void) {
    mallopt(M_TOP_PAD, ROOM);
    mallopt(M_TRIM_THRESHOLD, 2 * ROOM);
    char *begin = sbrk(0);
    void *volatile block = malloc(LARGE_BLOCK / 2); /* grows the heap by ROOM */
    free(block);
    mallopt(M_TOP_PAD, USUAL_PAD); /* where there is no ROOM, small steps may still do */
    char *end = sbrk(0);
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE), gap = -(uintptr_t)begin % page;
    if (end > begin + gap) madvise(begin + gap, (size_t)(end - begin) - gap, MADV_HUGEPAGE);
}

void heap_set_up(void) {
    return_large_blocks();
    ask_for_huge_pages();
}
