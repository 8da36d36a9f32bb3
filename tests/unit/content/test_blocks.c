#include "content/blocks.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

static char *repeat(const char *text, size_t times) {
    char *all = NULL;
    size_t size;
    FILE *out = open_memstream(&all, &size);
    for (size_t i = 0; i < times; i++) fputs(text, out);
    fclose(out);
    return all;
}

/* A table of so many columns and short rows, below `prefix`. */
static void parse_table(const char *prefix, size_t columns, size_t rows,
                        struct block_tree *ret_tree) {
    char *header = repeat("|a", columns), *rule = repeat("|---", columns),
         *body = repeat("|\n", rows);
    char *table = NULL;
    struct source source;
    unsigned line;
    int size = asprintf(&table, "%s%s|\n%s%s|\n%s", prefix, header, prefix, rule, body);
    source_init(&source, table, (size_t)size);
    cr_assert_eq(blocks_parse(&source, ret_tree, &line), BLOCKS_OK);
    source_free(&source);
    free(table);
    free(header);
    free(rule);
    free(body);
}

static const struct block *last_block(const struct block_tree *tree) {
    return &tree->blocks[tree->count - 1];
}

/* The bars of 99 columns are as many as a table may have. */
Test(blocks, a_table_of_too_many_columns_is_a_paragraph) {
    static const char *const prefixes[] = {"", "> ", "> > "};
    for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++) {
        struct block_tree tree;
        parse_table(prefixes[i], 99, 0, &tree);
        cr_expect_eq(last_block(&tree)->type, BLOCK_TABLE, "%s", prefixes[i]);
        tree_free(&tree);
        parse_table(prefixes[i], 100, 0, &tree);
        cr_expect_eq(last_block(&tree)->type, BLOCK_PARAGRAPH, "%s", prefixes[i]);
        tree_free(&tree);
    }
}

Test(blocks, the_cells_that_fill_short_rows_up_take_no_memory) {
    struct block_tree tree;
    parse_table("", 50, 1000, &tree);
    cr_expect_eq(last_block(&tree)->type, BLOCK_TABLE);
    cr_expect_leq(tree.run_count, 1100);
    tree_free(&tree);
}
