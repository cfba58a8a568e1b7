import { OptionError } from '@chainrule/errors';
import { tensor } from '@chainrule/tensor';
import { expect, test } from 'vitest';
import * as images from './index.images.ts';
import * as node from './index.node.ts';
import * as loaders from './index.ts';

type Call = (...args: unknown[]) => unknown;
const bytes = new Uint8Array(8);
const data = loaders.Dataset.fromTensors(tensor([1, 2, 3]));
const table = loaders.readCsv('a\n1');
const method =
  (of: object, name: string): Call =>
  (...args) =>
    (of as Record<string, Call>)[name]!(...args);

/** Arguments before the options. */
const calls: readonly (readonly [string, Call, readonly unknown[]])[] = [
  ...(
    ['readIdx', 'readNpy', 'readNpz', 'readTar', 'readZip', 'gunzip', 'maybeGunzip', 'readText', 'readLines'] as const
  ).map((name) => [name, loaders[name] as Call, [bytes]] as const),
  ...(['digits', 'moons', 'circles', 'spirals', 'blobs', 'xor', 'sine', 'chirp'] as const).map(
    (name) => [name, loaders[name] as Call, []] as const,
  ),
  ...(
    [
      'mnist',
      'fashionMnist',
      'cifar10',
      'cifar100',
      'basicMotions',
      'airlinePassengers',
      'starbucks',
      'iris',
      'wine',
      'tinyShakespeare',
      'firstNames',
      'smsSpam',
      'rtPolarity',
      'simpleEngFra',
      'download',
    ] as const
  ).map((name) => [name, node[name] as Call, []] as const),
  ...(['readPng', 'readImage'] as const).map((name) => [name, images[name] as Call, [bytes]] as const),
  ['readJpeg', node.readJpeg as Call, [bytes]],
  ['imageFolder', node.imageFolder as Call, ['.']],
  ['readCsv', loaders.readCsv as Call, ['a\n1']],
  ['readTimeSeries', loaders.readTimeSeries as Call, ['']],
  ['fetchBytes', loaders.fetchBytes as Call, ['data:,']],
  ['readCifar10', loaders.readCifar10 as Call, [[]]],
  ['readCifar100', loaders.readCifar100 as Call, [[]]],
  [
    'readMnist',
    loaders.readMnist as Call,
    [
      { name: 'x', bytes },
      { name: 'y', bytes },
    ],
  ],
  ['minMaxScaler', loaders.minMaxScaler as Call, [tensor([[1], [2]])]],
  ['slidingWindows', loaders.slidingWindows as Call, [tensor([1, 2, 3])]],
  ['trainTestSplit', loaders.trainTestSplit as Call, [tensor([1, 2, 3])]],
  ['shuffle', method(data, 'shuffle'), [1]],
  ['batch', method(data, 'batch'), [2]],
  ['split', method(data, 'split'), [[0.5, 0.5]]],
  ['bucketByLength', method(data, 'bucketByLength'), [() => 1]],
  ['numbers', method(table, 'numbers'), ['a']],
  ['tensor', method(table, 'tensor'), [['a']]],
];

test.each(calls)('%s throws for an unknown option', async (name, call, args) => {
  const run = (): Promise<unknown> => new Promise((resolve) => resolve(call(...args, { batch_size: 1 })));
  await expect(run()).rejects.toThrow(OptionError);
  await expect(run()).rejects.toThrow(`${name}: unknown option \`batch_size\`; `);
});
