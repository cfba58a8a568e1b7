import { describe, expect, it } from 'vitest';
import { Capture, withTrace } from './trace.ts';
import { tensor, zeros } from '../ops/creation/creation.ts';
import { type Tensor } from '../array/tensor.ts';
import { Variable } from './variable.ts';
import { add } from '../ops/elementwise/add.ts';

describe('a variable', () => {
  it('replaces its value and leaves the former tensor as it is', () => {
    const first: Tensor = tensor([1, 2]);
    const w = new Variable(first, { name: 'w' });
    const before = w.value;
    w.assign(add(w.value, 1));
    expect([first, before, w.value].map((t) => t.toArray())).toEqual([
      [1, 2],
      [1, 2],
      [2, 3],
    ]);
  });

  it('counts its versions', () => {
    const w = new Variable(tensor(0));
    const start = w.version;
    w.assign(tensor(1));
    w.assign(tensor(2));
    expect(w.version).toBe(start + 2);
  });

  it('has a name, is trainable, and keeps shape and dtype', () => {
    const w = new Variable(zeros([2, 3], 'int32'));
    expect([w.name, w.trainable, w.shape, w.dtype]).toEqual(['variable', true, [2, 3], 'int32']);
    expect(new Variable(tensor(0), { name: 'step', trainable: false })).toMatchObject({
      name: 'step',
      trainable: false,
    });
  });

  it('refuses another shape or dtype', () => {
    const w: Variable = new Variable(tensor([1, 2]), { name: 'dense/kernel' });
    expect(() => w.assign(tensor([1, 2, 3]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: assign: \`dense/kernel\` has shape [2], got [3]]`,
    );
    expect(() => w.assign(tensor([[1, 2]]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: assign: \`dense/kernel\` has shape [2], got [1,2]]`,
    );
    expect(() => w.assign(tensor([1, 2], undefined, 'float64'))).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: assign: \`dense/kernel\` is float32, got float64; convert it with \`cast\`]`,
    );
    expect(() => w.assign([1, 2] as unknown as Tensor)).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: assign: \`value\` of \`dense/kernel\` must be a tensor, got [1,2]; make one with \`tensor(…)\`]`,
    );
    expect(w.value.toArray()).toEqual([1, 2]);
  });

  it('reads a value that a backend holds', async () => {
    const w = new Variable(tensor([1, 2]));
    const held = tensor([3, 4]);
    w['~reside'](
      () => held,
      () => Promise.resolve(held),
    );
    expect((await w.read()).toArray()).toEqual([3, 4]);
    w['~reside'](
      () => tensor([5, 6]),
      () => Promise.resolve(held),
    );
    expect(w.value.toArray()).toEqual([5, 6]);
  });

  it('keeps a value that is committed while the old one is read', async () => {
    const w = new Variable(tensor([1]));
    w['~reside'](
      () => tensor([2]),
      () => Promise.resolve(tensor([2])),
    );
    const reading = w.read();
    w['~commit'](tensor([3]));
    expect([(await reading).toArray(), w.value.toArray()]).toEqual([[2], [3]]);
  });

  it('is not created under capture', () => {
    expect(() =>
      withTrace(new Capture('program'), () => new Variable(tensor(1), { name: 'late' })),
    ).toThrowErrorMatchingInlineSnapshot(
      `[CaptureError: Variable: \`late\` would be created inside a program; create it before, in the layer's \`build\` or the optimizer's \`init\`]`,
    );
  });

  it('shows its latest assignment under capture and is committed by nobody else', () => {
    const w: Variable = new Variable(tensor(1));
    const capture = new Capture('program');
    withTrace(capture, () => {
      const first = w.value;
      expect(w.value).toBe(first);
      w.assign(add(first, 1));
      expect(w.value).toBe(capture.assigned.get(w));
      expect(w.value).not.toBe(first);
    });
    expect(w.value.item()).toBe(1);
  });
});
