import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { DefaultTheme } from 'vitepress';

// The pages in their order. Titles come from the pages.

const course = {
  'The neuron': ['neuron', 'perceptron', 'gradient-descent', 'losses', 'softmax', 'back-propagation'],
  Training: ['initialization', 'optimizers', 'overfitting', 'model-selection', 'measuring'],
  Images: ['convolution', 'architectures', 'augmentation', 'transfer-learning', 'autoencoders'],
  Sequences: ['time-series', 'recurrent', 'lstm-gru', 'generation'],
  Language: ['text', 'seq2seq', 'attention'],
};
const demos = [
  'points',
  'optimizers',
  'graph',
  'convolution',
  'digits',
  'regularization',
  'augmentation',
  'sequences',
  'spam',
  'names',
  'translation',
  'tokenizers',
  'embeddings',
  'attention',
];
const howTo = [
  'install',
  'custom-op',
  'custom-layer',
  'custom-optimizer',
  'custom-loop',
  'web-worker',
  'save-and-load',
  'threads',
  'nan',
  'speed',
  'keras',
  'pytorch',
  'tensorflow-js',
  'deploy',
  'teach',
];
const explanations = ['architecture', 'autodiff', 'design/core', 'design/wasm', 'design/training', 'design/optimizers'];
const more = ['design/models', 'design/augmentation', 'design/visualize', 'design/selection', 'design/text'];

/** The packages with a page in the API reference, which `npm run docs:build` writes. */
const packages = [
  'tensor',
  'autograd',
  'compiler',
  'backend-wasm',
  'layers-core',
  'layers-dense',
  'layers-conv',
  'layers-normalization',
  'layers-recurrent',
  'layers-attention',
  'layers-merge',
  'losses',
  'metrics',
  'optim',
  'data-loaders',
  'augmentation',
  'text-tokenizer',
  'embeddings',
  'model',
  'model-selection',
  'visualize',
  'tensorboard',
  'files',
  'errors',
];

const docs = fileURLToPath(new URL('../../../docs/', import.meta.url));

function page(path: string): DefaultTheme.SidebarItem[] {
  const file = `${docs}${path}.md`;
  if (!existsSync(file)) return [];
  const title = /^# (.+)$/m.exec(readFileSync(file, 'utf8'))?.[1] ?? path;
  return [{ text: title.replaceAll('`', ''), link: `/${path}` }];
}

const list = (folder: string, names: readonly string[]): DefaultTheme.SidebarItem[] =>
  names.flatMap((name) => page(folder + name));

const guide: DefaultTheme.SidebarItem[] = [
  { text: 'Guides', items: list('', ['start', 'models', 'coming-from', 'pipelines', 'results', 'glossary']) },
  { text: 'Explanations', items: list('', [...explanations, ...more, 'performance', 'consumers']) },
];

export const sidebar: DefaultTheme.Sidebar = {
  '/course/': [
    { text: 'A first course', link: '/course/' },
    ...Object.entries(course).map(([text, names]) => ({ text, items: list('course/', names) })),
  ],
  '/demos/': [{ text: 'Live demos', link: '/demos/', items: list('demos/', demos) }],
  '/how-to/': [{ text: 'How to', link: '/how-to/', items: list('how-to/', howTo) }],
  '/packages/': [
    {
      text: 'Packages',
      link: '/packages/',
      items: ['chainrule', ...packages].map((text) => ({ text, link: `/packages/${text}` })),
    },
  ],
  '/reference/': [{ text: 'API reference', items: list('reference/', packages) }],
  '/': guide,
};
