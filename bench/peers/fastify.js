// The three questions of the comparison, with Fastify and better-sqlite3: node fastify.js DATABASE
import Database from 'better-sqlite3';
import Fastify from 'fastify';

const database = new Database(process.argv[2], { readonly: true, fileMustExist: true });
database.pragma('mmap_size = 268435456');

// The bank does not change while it is served, so it is counted once.
const { total } = database.prepare('SELECT count(*) AS total FROM questions').get();
const byId = database.prepare('SELECT * FROM questions WHERE id = ?');
const byPosition = database.prepare('SELECT * FROM questions WHERE position = ?');
const pageAfter = database.prepare(
  'SELECT * FROM questions WHERE position > ? ORDER BY position LIMIT ?');

const string = { type: 'string' };
const question = {
  type: 'object',
  properties: {
    id: string,
    difficulty: string,
    question: string,
    context: { type: 'array', items: string },
    section: { type: 'object', properties: { id: string, title: string } },
    source: { type: 'object', properties: { path: string, line: { type: 'integer' } } },
    answer: {
      type: 'object',
      properties: { available: { type: 'boolean' }, steps: { type: 'integer' }, url: string },
    },
  },
};
const page = {
  type: 'object',
  properties: {
    items: { type: 'array', items: question },
    total: { type: 'integer' },
    next: { type: 'integer' },
  },
};

const encode = (row) => ({
  id: row.id,
  difficulty: row.difficulty,
  question: row.question,
  context: JSON.parse(row.context),
  section: { id: row.section_id, title: row.section_title },
  source: { path: row.source_path, line: row.line },
  answer: row.steps > 0
    ? { available: true, steps: row.steps, url: `/v1/questions/${row.id}/answer` }
    : { available: false },
});

const server = Fastify();

server.get('/random', { schema: { response: { 200: question } } },
  () => encode(byPosition.get(Math.floor(Math.random() * total))));

server.get('/questions', {
  schema: {
    querystring: {
      type: 'object',
      properties: {
        after: { type: 'integer', default: -1 },
        limit: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
      },
    },
    response: { 200: page },
  },
}, ({ query: { after, limit } }) => {
  const rows = pageAfter.all(after, limit);
  return { items: rows.map(encode), total, next: after + rows.length };
});

server.get('/questions/:id', { schema: { response: { 200: question } } },
  ({ params: { id } }, reply) => {
    const row = byId.get(id);
    return row ? encode(row) : reply.code(404).send();
  });

console.log(`listening on ${await server.listen({ host: '127.0.0.1', port: 0 })}`);
