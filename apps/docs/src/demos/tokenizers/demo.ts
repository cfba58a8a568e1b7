import type { Controls, Demo } from '../../demo/demo.ts';
import View from './View.vue';
import type { Settings } from './program.ts';
import source from './program.ts?raw';
import highlighted from './program.ts?highlighted';

const controls: Controls<Settings> = {
  text: { kind: 'choice', label: 'Text', default: 'English', choices: ['English', 'German', 'TypeScript'] },
};

export const demo: Demo = {
  name: 'tokenizers',
  title: 'Four tokenizers learn to cut a text',
  source,
  highlighted,
  controls,
  curves: {
    words: { label: 'Words', group: 'tokens of the text' },
    bpe: { label: 'BPE', group: 'tokens of the text' },
    wordPiece: { label: 'WordPiece', group: 'tokens of the text' },
    unigram: { label: 'Unigram', group: 'tokens of the text' },
    unknown: { label: 'Unknown words', group: 'unknown words', format: 'percent' },
  },
  steps: 100,
  pace: 8,
  worker: () => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }),
  view: View,
};
