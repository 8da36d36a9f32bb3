// A client that leans on the generated types: it compiles only if they say what a client needs.
import type { components, operations, paths } from '../../../build/contract/qbank';

type Question = components['schemas']['Question'];
type Draw = paths['/v1/questions/random']['get']['responses'][200]['content']['application/json'];
type Filters = NonNullable<operations['listQuestions']['parameters']['query']>;

export const hardOnes: Filters = { difficulty: ['hard'], has_answer: true, limit: 100 };

// The answer's address is there exactly where there is an answer.
export function reveal(question: Question): string | undefined {
  return question.answer.available ? question.answer.url : undefined;
}

export function again(draw: Draw): operations['drawQuestions']['parameters']['query'] {
  return { seed: draw.seed, count: draw.requested };
}

// @ts-expect-error A question has its answer with it only where that was asked for.
export const leak = (question: Question): string => question.answer.text;

// @ts-expect-error Nothing is called so.
export const wrong: Filters = { level: 'hard' };
