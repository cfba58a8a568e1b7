import { parseHTML } from 'linkedom';
import sharp from 'sharp';
import { afterEach, expect, test, vi } from 'vitest';
import type { Figure } from './figure.ts';
import { plotTokens } from './figures/plotTokens.ts';
import { displayFigure } from './notebook/displays.node.ts';
import { toElement } from './toElement.ts';
import { toPng } from './toPng.node.ts';
import { toSvg } from './toSvg.node.ts';
import { toText } from './toText.ts';

afterEach(() => void vi.unstubAllGlobals());

/** What no output may contain, by the code. XML 1.0, production 2, without the controls that it discourages. */
function forbidden(text: string): string[] {
  return [...text].filter((letter) => {
    const code = letter.codePointAt(0)!;
    const isControl = code < 0x20 || (code >= 0x7f && code < 0xa0);
    return (isControl && code !== 9 && code !== 10) || (code >= 0xd800 && code < 0xe000) || code === 0xfffe || code === 0xffff; // prettier-ignore
  });
}

const outputs: Record<string, (figure: Figure) => string> = {
  toSvg: (figure) => toSvg(figure),
  toElement(figure) {
    vi.stubGlobal('document', parseHTML('<html><body></body></html>').document);
    return toElement(figure).outerHTML;
  },
  toText: (figure) => toText(figure),
  'a notebook': (figure) => Object.values(displayFigure(figure)).join('\n'),
};

const image = { width: 1, height: 1, channels: 1, data: Uint8Array.of(7) } as const;

test.each(Object.entries(outputs))('%s shows pictures of control characters', (_, draw) => {
  const lines: Figure = { kind: 'lines', title: 'a\u001b[31mb', x: '\0', y: 'y\u007f', series: [] };
  const figure: Figure = {
    kind: 'panels',
    title: 'panels \u0008',
    panels: [
      lines,
      { kind: 'images', title: 'images', images: [{ ...image, caption: 'c\ud800d' }] },
      { kind: 'graph', title: 'graph', nodes: [{ title: 'e\u009bf', lines: ['g\uffffh'] }], edges: [] },
    ],
  };
  const text = draw(figure);
  expect(forbidden(text)).toEqual([]);
  for (const shown of ['a␛[31mb', 'panels ␈', 'c\ufffdd', 'e\ufffdf', 'g\ufffdh']) expect(text).toContain(shown);
  // The figure itself keeps its texts.
  expect(lines.title).toBe('a\u001b[31mb');
});

test.each(['a\u0007b', '\0', '\u001b', '\ud800', '\udc00x', '\uffff', '\u0085'])(
  'toPng draws %j, which XML forbids or discourages',
  async (text) => {
    const figure = { ...plotTokens([text], [1], { title: text }), description: text };
    expect((await toPng(figure, { sharp, scale: 0.5 })).subarray(1, 4)).toEqual(new TextEncoder().encode('PNG'));
  },
);

test('tabs, ends of lines and letters outside the basic plane stay', () => {
  expect(toText(plotTokens(['😀\n', 'b\t'], [1, 0]))).toMatch(/😀.*\n(.*\n)?.*b/);
  expect(toSvg({ kind: 'images', title: '😀 字', images: [] })).toContain('<title>😀 字</title>');
});
