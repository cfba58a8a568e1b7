import { RandomSource } from '@chainrule/tensor';
import { expect, test } from 'vitest';
import { expand } from './grammar.ts';

test('expand replaces symbols by their choices, recursively', () => {
  const grammar = { pet: ['cat', '{size} dog'], size: ['big', 'small'] };
  const seen = new Set(
    Array.from({ length: 60 }, (_, i) => expand(grammar, 'a {pet} and a {pet}', new RandomSource(1, 'texts', i))),
  );
  const pets = ['cat', 'big dog', 'small dog'];
  expect([...seen].sort()).toEqual(pets.flatMap((a) => pets.map((b) => `a ${a} and a ${b}`)).sort());
});
