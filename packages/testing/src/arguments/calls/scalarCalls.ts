import { scalar } from '@chainrule/tensor';
import type { Table } from './table.ts';

const unary = (): unknown[] => [2];
const binary = (): unknown[] => [2, 3];

/** Arguments for the functions of `scalar`: numbers, because the keys of an expression are not options. */
export const scalarCalls: Table = {
  ...Object.fromEntries(
    Object.entries(scalar as Readonly<Record<string, { readonly length: number }>>).map(([name, { length }]) => [
      name,
      length === 1 ? unary : binary,
    ]),
  ),
  select: () => [1, 2, 3],
  cast: () => [2, 'int32'],
};
