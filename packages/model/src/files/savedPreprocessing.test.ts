import { FormatError, OptionError, ValueError } from '@chainrule/errors';
import { expect, test } from 'vitest';
import { affine } from '../../testing/model.ts';
import { input } from '../graph/input.ts';
import { sequential, type Sequential } from '../graph/sequential.ts';
import { encodeSafetensors, decodeSafetensors } from './safetensors.ts';
import { decodeModel, encodeModel } from './savedModel.ts';

class Shift {
  readonly by: number;

  constructor({ by }: { readonly by: number }) {
    if (typeof by !== 'number') throw new ValueError('Shift: `by` must be a number');
    this.by = by;
  }

  toJSON(): { readonly type: string; readonly by: number } {
    return { type: 'Shift', by: this.by };
  }
}

const known = { layers: { affine } };
const shift = (json: { readonly by: number }): Shift => new Shift(json);
const model = (): Sequential => {
  const made = sequential(input([1]), affine(1)).build();
  made.preprocessing = { features: new Shift({ by: 2 }), target: new Shift({ by: -0.5 }) };
  return made;
};

test('a file holds the preprocessing of its model', async () => {
  const loaded = await decodeModel(await encodeModel(model()), {
    ...known,
    preprocessing: { features: shift, target: shift },
  });
  expect(loaded.preprocessing.features).toBeInstanceOf(Shift);
  expect([loaded.preprocessing.features.by, loaded.preprocessing.target.by]).toEqual([2, -0.5]);
  expect(await encodeModel(loaded)).toEqual(await encodeModel(model()));
});

test('a model without preprocessing has an empty object, and its file holds nothing of it', async () => {
  const bytes = await encodeModel(sequential(input([1]), affine(1)).build());
  expect(decodeSafetensors(bytes).metadata).not.toHaveProperty('preprocessing');
  expect((await decodeModel(bytes, known)).preprocessing).toEqual({});
});

test('loading names preprocessing that nobody makes, that the file lacks, and that is refused', async () => {
  const bytes = await encodeModel(model());
  await expect(decodeModel(bytes, { ...known, preprocessing: { features: shift } })).rejects.toThrow(
    new FormatError(
      'load: the model has the preprocessing target; pass what makes it from its JSON, such as `preprocessing: { target: (json) => new Shift(json) }`',
    ),
  );
  await expect(
    decodeModel(bytes, { ...known, preprocessing: { features: shift, target: shift, other: shift } }, 'm'),
  ).rejects.toThrow(new FormatError('load: m: has no preprocessing other; leave it out of `preprocessing`'));
  const wrong = (): Shift => new Shift({} as never);
  await expect(decodeModel(bytes, { ...known, preprocessing: { features: wrong, target: shift } })).rejects.toThrow(
    new FormatError('load: `preprocessing.features`: Shift: `by` must be a number'),
  );
});

test.each(['[1]', '3', 'null', '{'])('loading refuses %s as preprocessing', async (preprocessing) => {
  const { tensors, metadata } = decodeSafetensors(await encodeModel(model()));
  const { sha256: _, ...others } = metadata;
  const unsigned = encodeSafetensors(tensors, { ...others, preprocessing });
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', unsigned as Uint8Array<ArrayBuffer>));
  const sha256 = Array.from(digest, (b) => b.toString(16).padStart(2, '0')).join('');
  const bytes = encodeSafetensors(tensors, { ...others, preprocessing, sha256 });
  await expect(decodeModel(bytes, known, 'm')).rejects.toThrow(
    new FormatError('load: m: the preprocessing in its metadata must be a JSON object'),
  );
});

test.each([
  [null, '`preprocessing` must be an object of values with `toJSON()`, such as `{ scaler }`, got null'],
  [[], '`preprocessing` must be an object of values'],
  [{ scaler: 3 }, '`preprocessing.scaler` must be a value with `toJSON()`, such as a fitted scaler, got 3'],
])('a model refuses %j as preprocessing', (given, message) => {
  const one = model();
  expect(() => (one.preprocessing = given as never)).toThrow(OptionError);
  expect(() => (one.preprocessing = given as never)).toThrow(`sequential: ${message}`);
});
