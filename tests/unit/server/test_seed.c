#include "server/seed.h"

#include <criterion/criterion.h>
#include <pthread.h>
#include <string.h>

Test(seed, is_sixteen_hexadecimal_digits) {
    char seed[SEED_SIZE];
    cr_assert(seed_make(seed));
    cr_assert_eq(strspn(seed, "0123456789abcdef"), SEED_SIZE - 1);
    cr_assert_eq(seed[SEED_SIZE - 1], '\0');
}

Test(seed, none_comes_twice) {
    enum { COUNT = 1000 };
    static char seeds[COUNT][SEED_SIZE];
    for (int i = 0; i < COUNT; i++) cr_assert(seed_make(seeds[i]));
    for (int i = 0; i < COUNT; i++) {
        for (int j = 0; j < i; j++) cr_assert_str_neq(seeds[i], seeds[j]);
    }
}

static void *make_in_thread(void *seed) {
    seed_make(seed);
    return NULL;
}

Test(seed, threads_have_their_own) {
    pthread_t threads[2];
    char seeds[2][SEED_SIZE];
    for (int i = 0; i < 2; i++) pthread_create(&threads[i], NULL, make_in_thread, seeds[i]);
    for (int i = 0; i < 2; i++) pthread_join(threads[i], NULL);
    cr_assert_str_neq(seeds[0], seeds[1]);
}
