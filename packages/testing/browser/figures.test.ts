import { toSvg } from '@chainrule/visualize/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { examples } from '../../visualize/testing/examples.ts';
import { parseSvg } from '../../visualize/testing/parseSvg.ts';
import { hasChromium, openBrowser, type TestBrowser } from './openPage.node.ts';
import { type SvgTree, svgTree } from './svgTree.ts';

describe.skipIf(!hasChromium)('figures', () => {
  let browser: TestBrowser;
  let drawn: Readonly<Record<string, SvgTree>> = {};

  beforeAll(async () => {
    browser = await openBrowser();
    // On coarse screens, Plot moves axes by half a pixel.
    const page = new URL('figures.page.ts', import.meta.url);
    drawn = (await browser.run<typeof drawn>(page, { pixelRatio: 2 })).value;
  });

  afterAll(() => browser?.close());

  test.each(Object.keys(examples))('%s is the same in Chromium as in Node', (name) => {
    expect(drawn[name]).toEqual(svgTree(parseSvg(toSvg(examples[name]!, { width: 480 }))));
  });
});
