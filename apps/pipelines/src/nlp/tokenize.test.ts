import { describe, expect, test } from 'vitest';
import type { Figure } from '@chainrule/visualize';
import { runOnce } from '../../testing/runOnce.ts';
import { testSurroundings } from '../../testing/surroundings.ts';
import { tokenize } from './tokenize.ts';

const { printed } = testSurroundings('tokenize');

describe('nlp tokenize', () => {
  test('compares five tokenizers on held-out lines, in a table and over sizes of the vocabulary', async () => {
    const figures: Figure[] = [];
    const { metrics } = await runOnce(tokenize, { limit: 200 }, figures);
    expect(metrics['testBpeRoundTripAccuracy']).toBe(1);
    expect(metrics['testCharactersPerBpeToken']).toBeGreaterThan(1.3);
    expect(metrics['testCharactersPerWord']).toBeGreaterThan(metrics['testCharactersPerWordPieceToken']!);
    expect(metrics['testUnknownWords']).toBeGreaterThan(0);
    const [figure] = figures;
    expect(figure).toMatchObject({ kind: 'lines', title: 'length of tokens' });
    const series = figure?.kind === 'lines' ? figure.series : [];
    expect(series.map(({ name }) => name)).toEqual(['words', 'characters', 'BPE', 'WordPiece', 'unigram']);
    expect(series[1]!.points.every(([, y]) => y === 1)).toBe(true);
    const lengths = series[2]!.points.map(([, y]) => y);
    expect(lengths).toEqual([...lengths].sort((a, b) => a - b));
    const table = printed.find((text) => text.startsWith('tokenizer'))!.split('\n');
    expect(table.slice(1, 6).map((line) => line.split(' ')[0])).toEqual(series.map(({ name }) => name));
  });
});
