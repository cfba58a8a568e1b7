import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fuzzers } from './fuzzers.ts';
import { mutate } from './mutate.ts';
import { mutations } from './mutations.ts';

const packages = join(import.meta.dirname, '../../..');

describe('every mutation', () => {
  test.each(mutations)('$name changes one place, and names its fuzzer', (mutation) => {
    const { contents } = mutate(packages, mutation);
    expect(contents).toContain(mutation.replace);
    expect(contents).not.toContain(mutation.search);
    expect(fuzzers.map(({ name }) => name)).toContain(mutation.fuzzer);
  });

  test('has a name of its own', () => {
    expect(new Set(mutations.map(({ name }) => name)).size).toBe(mutations.length);
  });
});

test('a text that is not there, or there twice, is an error', () => {
  const given = { ...mutations[0]!, name: 'lost', replace: '' };
  expect(() => mutate(packages, { ...given, search: 'no such text' })).toThrow(
    `mutation lost: expects its text once in ${given.package}, found it 0 times`,
  );
  expect(() => mutate(packages, { ...given, search: 'export function' })).toThrow('expects its text once');
});
