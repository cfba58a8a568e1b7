import { describe, expect, test } from 'vitest';
import { examples } from '../../testing/examples.ts';
import { overlap, type TextBox, textBoxes } from '../../testing/textBoxes.ts';
import { toSvg } from '../toSvg.node.ts';

const cases = Object.keys(examples).flatMap((name) => [720, 480, 300].map((width) => [name, width] as const));

/** Every picture is drawn once. */
const drawn = new Map<string, ReturnType<typeof textBoxes>>();
const boxesOf = (name: string, width: number): ReturnType<typeof textBoxes> => {
  const key = `${name} ${width}`;
  const known = drawn.get(key) ?? textBoxes(toSvg(examples[name]!, { width }));
  drawn.set(key, known);
  return known;
};

describe('texts of pictures', () => {
  test.each(cases)('of %s, %i wide, are within the picture', (name, size) => {
    const { boxes, width, height } = boxesOf(name, size);
    expect(boxes.length).toBeGreaterThan(0);
    const isCut = ({ corners }: TextBox): boolean =>
      corners.some(([x, y]) => x < 0 || y < 0 || x > width || y > height);
    expect(boxes.filter(isCut)).toEqual([]);
    expect(width).toBeLessThanOrEqual(size);
  });

  test.each(cases)('of %s, %i wide, do not overlap', (name, size) => {
    const { boxes } = boxesOf(name, size);
    const pairs = boxes.flatMap((a, i) =>
      boxes
        .slice(i + 1)
        .filter((b) => overlap(a, b))
        .map((b) => [a.text, b.text]),
    );
    expect(pairs).toEqual([]);
  });

  test('that overlap or are cut are found', () => {
    const at = (text: string, more: string): string => `<text font-size="10" ${more}>${text}</text>`;
    const { boxes } = textBoxes(
      `<svg width="100" height="50">${at('one', 'x="10" y="20"')}${at('two', 'x="20" y="24"')}${at('far', 'transform="translate(80,20) rotate(-90)"')}${at('−1', 'x="5" y="40" text-anchor="end"')}</svg>`,
    );
    const found = boxes.flatMap((a, i) =>
      boxes
        .slice(i + 1)
        .filter((b) => overlap(a, b))
        .map((b) => [a.text, b.text]),
    );
    expect(found).toEqual([['one', 'two']]);
    expect(boxes[3]!.corners[0]![0]).toBeLessThan(0);
  });
});
