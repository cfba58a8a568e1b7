import { dense, embedding } from '@chainrule/layers-dense';
import { lstm } from '@chainrule/layers-recurrent';
import { add } from '@chainrule/layers-merge';
import { apply, functional, input, type Model, sequential } from '@chainrule/model';
import { relu } from '@chainrule/tensor';
import { type GraphFigure, plotModel, toText } from '@chainrule/visualize';
import { describe, expect, test } from 'vitest';
import { resNet } from './blocks/resNet.ts';
import { siamese } from './blocks/siamese.ts';
import { uNet } from './blocks/uNet.ts';

/** The arrows as titles. */
const arrows = ({ nodes, edges }: GraphFigure): string[] =>
  edges.map(({ from, to, label }) => `${nodes[from]!.title} > ${nodes[to]!.title}${label ? `: ${label}` : ''}`);

describe('plotModel', () => {
  test('shows types, functions, shapes, parameters, and what is frozen', () => {
    const model = sequential(input([4]), dense(3, { name: 'hidden', activation: relu }), dense(1, { useBias: false }));
    model.build();
    model.layer('hidden').trainable = false;
    const { nodes, edges, description } = plotModel(model);
    expect(nodes).toEqual([
      { title: 'input', lines: ['[?,4]'], group: 'input' },
      { title: 'hidden', lines: ['dense', 'relu', '[?,3]', '15 parameters'], group: 'frozen' },
      { title: 'dense', lines: ['[?,1]', '3 parameters'], group: 'trainable' },
    ]);
    expect(edges).toEqual([{ from: 0, to: 1 }, { from: 1, to: 2 }]); // prettier-ignore
    expect(description).toMatch(
      /^A model of 2 layers with 18 parameters, of which 3 are trainable: input \[\?,4\], hidden/,
    );
  });

  test('knows no parameters before build', () => {
    const { nodes, description } = plotModel(sequential(input([4]), dense(3)));
    expect(nodes[1]).toEqual({ title: 'dense', lines: ['[?,3]'] });
    expect(description).toMatch(/^A model of 1 layers: /);
  });

  test('shows a shared model once for each application, and its layers in a panel', () => {
    const { model } = siamese().trainer;
    const { panels } = plotModel(model, { nested: true });
    expect(panels.map(({ title }) => title)).toEqual(['functional', 'sequential']);
    expect(arrows(panels[0]!)).toEqual([
      'left > sequential',
      'right > sequential',
      'sequential > subtract',
      'sequential > subtract',
      'subtract > activation',
      'activation > dense',
    ]);
    expect(panels[0]!.nodes[2]!.lines!.slice(-2)).toEqual(['64 non-trainable', 'shared, 1 of 2']);
    expect(panels[1]!.nodes.map(({ title }) => title)).toContain('batchNormalization');
  });

  test('names the outputs of a layer with several, and of a model with several', () => {
    const [source, target] = [input([null], { name: 'source' }), input([null], { name: 'target' })];
    const [last, h, c] = apply(source, embedding(10, 4), lstm(8, { returnState: true }));
    const words = apply([apply(target, embedding(10, 4)), h, c], lstm(8));
    const figure = plotModel(functional({ source, target }, { words, topic: apply(last, dense(2)) }));
    expect(arrows(figure)).toContain('lstm > lstm_1: outputs 2, 3');
    expect(arrows(figure)).toContain('lstm > dense: output 1');
    expect(figure.nodes.find(({ title }) => title === 'dense')!.lines).toContain('output topic');
  });

  test('draws one arrow where a layer takes the same value twice', () => {
    const x = input([2]);
    expect(arrows(plotModel(functional(x, apply([x, x], add())) as never))).toEqual(['input > add']);
  });

  test.each([
    ['U-Net', uNet().trainer.model, 13, 'conv2d > concatenate_1'],
    ['ResNet-20', resNet([8, 8, 1], 2).build() as unknown as Model, 73, 'activation > add'],
  ] as const)('shows the shortcuts of %s', (_, model, boxes, shortcut) => {
    const figure = plotModel(model);
    expect(figure.nodes).toHaveLength(boxes);
    expect(arrows(figure)).toContain(shortcut);
    // Every box but the inputs has an arrow to it, from a box before it.
    expect(new Set(figure.edges.map(({ to }) => to)).size).toBe(boxes - 1);
    expect(figure.edges.every(({ from, to }) => from < to)).toBe(true);
    expect(toText(figure).split('\n')[1]).toMatch(/^ 1\. input/);
  });

  test('refuses values that are not models', () => {
    expect(() => plotModel([] as never)).toThrow('plotModel: `model` must be a model, got []');
  });
});
