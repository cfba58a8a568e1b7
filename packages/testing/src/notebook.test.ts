import { readCsv } from '@chainrule/data-loaders';
import { dense } from '@chainrule/layers-dense';
import { meanSquaredError } from '@chainrule/losses';
import { confusionMatrix } from '@chainrule/metrics';
import { input, sequential } from '@chainrule/model';
import { sgd } from '@chainrule/optim';
import { ones, tensor, Variable, zeros } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { plotHeatMap } from '@chainrule/visualize';
import '@chainrule/visualize/notebook';

/** What Deno's kernel does with the value of a cell: it awaits the method under this symbol and sends what it returns. */
async function displayed(value: unknown): Promise<Readonly<Record<string, string>>> {
  const method = (value as Record<symbol, unknown>)[Symbol.for('Jupyter.display')];
  expect(method).toBeTypeOf('function');
  const bundle = await (method as () => unknown).call(value);
  expect(structuredClone(bundle)).toEqual(bundle);
  return bundle as Readonly<Record<string, string>>;
}

const model = sequential(input([1]), dense(1));

describe('a notebook shows', () => {
  test.each([
    ['a picture', [28, 28, 1], '<image'],
    ['a colored picture', [8, 6, 3], '<image'],
    ['pictures', [30, 8, 6, 3], '<image'],
    ['gray pictures', [2, 8, 6], '<image'],
    ['a table of numbers as a heat map', [5, 6], 'color scale'],
  ])('%s', async (_, shape, part) => {
    const bundle = await displayed(ones(shape));
    expect(Object.keys(bundle)).toEqual(['text/html', 'image/svg+xml', 'text/plain']);
    expect(bundle['text/html']).toContain(part);
    expect(bundle['image/svg+xml']).toMatch(/^<svg .*fill="#ffffff"/);
    expect(bundle['text/plain']).toBe(String(ones(shape)));
  });

  test.each([[[]], [[3]], [[0, 2]], [[0, 2, 2]], [[2, 2, 2, 2]], [[1, 1, 1, 1, 1]]])(
    'a tensor of shape %j as text',
    async (shape) => {
      expect(await displayed(ones(shape))).toEqual({ 'text/plain': String(ones(shape)) });
    },
  );

  test('a variable by its value', async () => {
    expect(await displayed(new Variable(zeros([2, 2])))).toEqual(await displayed(zeros([2, 2])));
  });

  test('a history as curves', async () => {
    const trainer = model.compile({ optimizer: sgd({ learningRate: 0.1 }), loss: meanSquaredError });
    const x = tensor([[1], [2]]);
    const bundle = await displayed(await trainer.fit({ x, y: x }, { epochs: 3, validation: { x, y: x } }));
    expect(bundle['text/html']).toContain('validation');
    expect(bundle['text/plain']).toContain('loss over epoch');
    expect(bundle['text/html']).toContain('currentColor');
  });

  test('a confusion matrix', async () => {
    const confusion = confusionMatrix({ classes: 2 });
    confusion.update(tensor([[1, 2], [4, 3]]), tensor([1, 1], [2], 'int32')); // prettier-ignore
    expect((await displayed(confusion))['text/html']).toContain('1 of 2 predictions are right');
  });

  test('a model, a table and a figure', async () => {
    expect((await displayed(model))['text/html']).toContain('dense (dense)');
    const table = await displayed(readCsv('a,b\n1,<b>\n2,y'));
    expect(table['text/html']).toContain('<td>1</td><td>&#60;b&#62;</td>');
    expect((await displayed(readCsv('a,b')))['text/html']).toContain('0 rows');
    expect((await displayed(plotHeatMap([[1]])))['text/html']).toContain('heat map');
  });
});
