#include "content/tex.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>

#include "content/tex_symbols.h"

Test(tex, formulas_read_as_text) {
    static const struct {
        const char *tex, *text;
    } cases[] = {
        {"", ""},
        {"x^2", "x²"},
        {"x_i^{2}", "xᵢ²"},
        {"x^2_i", "xᵢ²"},
        {"x_{ij}", "xᵢⱼ"},
        {"e^{-x}", "e⁻ˣ"},
        {"e^{-\\lambda t}", "e^{-λt}"},
        {"x^*", "x*"},
        {"f'(x)", "f′(x)"},
        {"90^\\circ", "90°"},
        {"X^\\top X w", "XᵀX w"},
        {"\\alpha\\beta x", "αβx"},
        {"\\frac{a}{b}", "a/b"},
        {"\\frac{a+b}{2c}", "(a+b)/(2c)"},
        {"\\frac{1}{n^2}", "1/n²"},
        {"\\frac1\\beta", "1/β"},
        {"2\\frac12", "2 1/2"},
        {"\\frac{(a+b)}{(c)}", "(a+b)/(c)"},
        {"\\frac{(a)+(b)}{c}", "((a)+(b))/c"},
        {"\\binom{n}{k}", "C(n, k)"},
        {"\\sqrt{2}+\\sqrt{ab}+\\sqrt[3]{x}", "√2+√(ab)+³√x"},
        {"\\sum_{i=1}^{n} x_i", "∑_{i=1}^{n} xᵢ"},
        {"\\sum_i x_i", "∑ᵢ xᵢ"},
        {"\\int_0^1 f", "∫₀¹ f"},
        {"\\max_{y\\in Y} f", "max_{y ∈ Y} f"},
        {"x\\log y", "x log y"},
        {"-\\ln U\\le x", "-ln U ≤ x"},
        {"\\log_2 n", "log₂ n"},
        {"\\exp(x)", "exp(x)"},
        {"\\operatorname{Var}(X)", "Var(X)"},
        {"a\\cdot b\\times c", "a · b × c"},
        {"P(A\\mid B)", "P(A | B)"},
        {"\\pm1", "±1"},
        {"\\mathbb R^{n\\times d}", "ℝ^{n × d}"},
        {"\\mathbb{E}[X]\\mathbb{1}", "𝔼[X]𝟙"},
        {"\\mathcal{L}\\mathcal N", "ℒ𝒩"},
        {"\\hat y\\bar{x}\\tilde z", "ŷx̄z̃"},
        {"\\widehat{ab}", "widehat(ab)"},
        {"\\text{if } x", "if x"},
        {"\\left(\\frac{a}{b}\\right)^2", "(a/b)²"},
        {"\\left.x\\right|_0", "x|₀"},
        {"\\lVert x\\rVert_2 \\{a\\}", "‖x‖₂ {a}"},
        {"\\underbrace{a+b}_{c}", "(a+b)_c"},
        {"a\\,b\\quad c\\!d~e", "a b  cd e"},
        {"\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}", "(1, 2; 3, 4)"},
        {"\\begin{cases}a & b,\\\\[2pt] c & d\\end{cases}", "{ a, b; c, d"},
        {"\\begin{aligned}a&=b\\\\&=c\\end{aligned}", "a=b\n=c"},
        {"\\begin{array}{cc}a&b\\end{array}+x", "a, b+x"},
        /* what it does not know, and what is no TeX */
        {"\\foo x", "\\foo x"},
        {"\\foo{a}{\\beta}", "\\foo{a}{β}"},
        {"\\bar", "\\bar"},
        {"\\frac", "/"},
        {"a}b{c", "abc"},
        {"x^", "x^{}"},
        {"x__y", "x__y"},
        {"\\begin{matrix}a", "a"},
        {"\\", "\\"},
        {"中_文", "中_文"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct buffer text = {0};
        tex_append(&text, cases[i].tex, strlen(cases[i].tex));
        char *result = buffer_steal(&text);
        cr_expect(eq(str, result, (char *)cases[i].text), "%s", cases[i].tex);
        free(result);
    }
}

/* Each root looks for the end of its index, and none has one. */
Test(tex, many_brackets_without_an_end_take_little_time, .timeout = 2) {
    enum { COUNT = 200000, SIZE = 6 };
    char *roots = malloc(COUNT * SIZE);
    struct buffer text = {0};
    for (size_t i = 0; i < COUNT; i++) memcpy(roots + i * SIZE, "\\sqrt[", SIZE);
    tex_append(&text, roots, COUNT * SIZE);
    cr_expect(gt(sz, text.size, (size_t)COUNT));
    buffer_free(&text);
    free(roots);
}

Test(tex, symbols_are_found) {
    static const char *const known[] = {"alpha", "sum", "frac", "|", "{", " ", "xi", "!", "zeta"};
    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
        const struct tex_symbol *symbol = tex_symbol_find(known[i], strlen(known[i]));
        cr_assert(symbol != NULL, "%s", known[i]);
        cr_expect(eq(str, (char *)symbol->name, (char *)known[i]));
    }
    cr_expect(tex_symbol_find("alph", 4) == NULL);
    cr_expect(tex_symbol_find("alphax", 6) == NULL);
    cr_expect(tex_symbol_find("", 0) == NULL);
    cr_expect(tex_symbol_find("sums", 3) != NULL);
}
