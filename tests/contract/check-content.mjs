// Reads the questions as JSON from standard input ([{id, question, context, answer, source, line}])
// and holds each against what docs/content.md asks of it: it has an answer of fair length, its math
// is understood by KaTeX, its Markdown leaves no markup behind in the text, it is nobody's twin.
// Prints one line for each finding; exit status 1 if there is any.
import katex from 'katex';
import MarkdownIt from 'markdown-it';
import texmath from 'markdown-it-texmath';
import { text as readAll } from 'node:stream/consumers';

const WORDS_LEAST = 40;
const WORDS_MOST = 250;
// Dice's coefficient over the character trigrams of two questions, markup and case aside.
const LIKENESS_MOST = 0.8;

const findings = [];
let current;
const say = (text) => findings.push(`${current.source}:${current.line}: ${text}`);

// texmath prints errors into the page; here they are findings. A formula counts as one word.
const engine = {
  renderToString(tex, options) {
    try {
      katex.renderToString(tex, { ...options, throwOnError: true, strict: 'error', trust: false });
    } catch (error) {
      say(`KaTeX does not understand $${tex}$: ${error.message}`);
    }
    return '<math>x</math>';
  },
};
const markdown = new MarkdownIt({ html: false }).use(texmath, { engine, delimiters: 'dollars' });

const entities = { amp: '&', lt: '<', gt: '>', quot: '"' };
const toText = (html) =>
  html
    .replace(/<pre>.*?<\/pre>|<code[^>]*>.*?<\/code>/gs, ' code ')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&(amp|lt|gt|quot);/g, (whole, name) => entities[name]);

const LEFTOVERS = /\$|\*\*|`|\]\(|\\[([a-zA-Z]|(^|\n)\s*#{1,6} |\[[EMH]\]/;
function render(source, what) {
  const text = toText(markdown.render(source));
  const leftover = LEFTOVERS.exec(text);
  if (leftover) {
    const around = text.slice(Math.max(0, leftover.index - 20), leftover.index + 20).trim();
    say(`markup is left in the text of the ${what}: "${around}"`);
  }
  return text;
}

function checkAnswer(answer) {
  if (!answer) return say('the question has no answer');
  const words = render(answer, 'answer').split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
  if (words.length < WORDS_LEAST) say(`the answer has only ${words.length} words`);
  if (words.length > WORDS_MOST) say(`the answer has ${words.length} words: too long to say`);
}

function trigrams(text) {
  const plain = ` ${text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim()} `;
  const set = new Set();
  for (let at = 0; at + 3 <= plain.length; at++) set.add(plain.slice(at, at + 3));
  return set;
}

function likeness(one, other) {
  let common = 0;
  for (const gram of one) common += other.has(gram);
  return (2 * common) / (one.size + other.size);
}

function checkTwins(records) {
  const sets = records.map((record) => trigrams([...record.context, record.question].join(' ')));
  for (let i = 0; i < records.length; i++)
    for (let j = 0; j < i; j++) {
      const close = likeness(sets[i], sets[j]);
      if (close <= LIKENESS_MOST) continue;
      current = records[i];
      say(`the twin (${close.toFixed(2)}) of ${records[j].source}:${records[j].line}`);
    }
}

const records = JSON.parse(await readAll(process.stdin));
for (const record of records) {
  current = record;
  record.context = record.context ? [record.context] : [];
  for (const context of record.context) render(context, 'context');
  render(record.question, 'question');
  checkAnswer(record.answer);
}
checkTwins(records);
for (const finding of findings) console.log(finding);
console.log(`${records.length} questions, ${findings.length} findings`);
process.exitCode = findings.length > 0 || records.length === 0 ? 1 : 0;
