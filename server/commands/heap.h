/* The C library's heap, set up for a process that imports and ends: one heap is too few for the
 * threads of a server. */
#ifndef QBANK_SERVER_COMMANDS_HEAP_H
#define QBANK_SERVER_COMMANDS_HEAP_H

/* Bounds what the heap keeps of blocks that were freed, and asks the kernel for huge pages where it
 * gives them to those who ask. Call it before threads are made. What fails changes nothing. */
void heap_set_up(void);

#endif
