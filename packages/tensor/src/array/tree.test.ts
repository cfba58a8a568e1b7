import { describe, expect, it } from 'vitest';
import { tensor } from '../ops/creation/creation.ts';
import { isBranch, treeLeaves, treeMap, treeReplace, treeTensors } from './tree.ts';
import { Variable } from '../graph/variable.ts';

const [a, b, c] = [tensor(1), tensor(2), tensor(3)];
const tree = { z: [a, { deep: b }], k: c, rate: 0.1, none: null };

describe('a tree', () => {
  it('lists its leaves by sorted key, with their paths', () => {
    expect(treeLeaves(tree).map(({ path }) => path)).toEqual(['k', 'none', 'rate', 'z[0]', 'z[1].deep']);
    expect(treeLeaves([1, [2]]).map(({ path }) => path)).toEqual(['[0]', '[1][0]']);
    expect(treeLeaves(a)).toEqual([{ path: '', leaf: a }]);
  });

  it('has its tensors in the same order, whatever the order of the keys', () => {
    expect(treeTensors(tree)).toEqual([c, a, b]);
    expect(treeTensors({ rate: 0.1, k: c, z: [a, { deep: b }] })).toEqual([c, a, b]);
  });

  it('is mapped leaf by leaf and stays as it was', () => {
    const paths: string[] = [];
    const mapped = treeMap(tree, (leaf, path) => (paths.push(path), leaf === 0.1 ? 0.2 : leaf));
    expect(mapped).toEqual({ ...tree, rate: 0.2 });
    expect(paths).toEqual(treeLeaves(tree).map(({ path }) => path));
    expect(tree.rate).toBe(0.1);
  });

  it('has its tensors replaced and carries the rest along', () => {
    const [x, y, z] = [tensor(4), tensor(5), tensor(6)];
    expect(treeReplace(tree, [x, y, z])).toEqual({ z: [y, { deep: z }], k: x, rate: 0.1, none: null });
  });

  it('is made of arrays and plain objects only', () => {
    const values = [
      [],
      {},
      Object.create(null),
      a,
      new Variable(a),
      new Map(),
      Float32Array.of(1),
      null,
      'text',
      () => 0,
    ];
    expect(values.map(isBranch)).toEqual([true, true, true, false, false, false, false, false, false, false]);
  });

  it('may be empty', () => {
    expect([treeTensors([]), treeTensors({}), treeReplace([], [])]).toEqual([[], [], []]);
  });
});
