// pnpm --filter @chainrule/text-tokenizer compare [DATA] [--rounds N]: trains on the corpora in a folder, compares every
// encoding with that of @huggingface/tokenizers, token by token, and measures the processor time of both. If the folder
// does not exist, it says so and stops.
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Tokenizer as Reference } from '@huggingface/tokenizers';
import {
  bertNormalizer,
  byteAlphabet,
  byteLevel,
  byteLevelDecoder,
  countWords,
  metaspace,
  metaspaceDecoder,
  readTokenizer,
  splitBertWords,
  stripSpaces,
  Tokenizer,
  trainBpe,
  trainUnigram,
  trainWordPiece,
  wordPieceDecoder,
} from './index.ts';
import { fileLines } from './fileLines.node.ts';

const corpora: Readonly<Record<string, readonly string[]>> = {
  english: ['text/english_clean.txt.gz'],
  'WikiText-2': ['text/wikitext-2.valid.txt.gz', 'text/wikitext-2.test.txt.gz'],
  'Multi30K en': ['translation/multi30k.train.en.gz'],
  'Multi30K de': ['translation/multi30k.train.de.gz'],
  'Multi30K fr': ['translation/multi30k.train.fr.gz'],
};

/** How to train each model: 8,000 merges for BPE, and as many tokens for the others. */
const trained: Readonly<Record<string, (texts: readonly string[]) => Tokenizer>> = {
  BPE: (texts) => {
    const steps = { preTokenizer: byteLevel() };
    return new Tokenizer({
      ...steps,
      model: trainBpe(countWords(texts, steps), { vocabSize: 8256, initialAlphabet: byteAlphabet }),
      decoder: byteLevelDecoder(),
    });
  },
  WordPiece: (texts) => {
    const steps = { normalizer: bertNormalizer(), preTokenizer: splitBertWords() };
    return new Tokenizer({
      ...steps,
      model: trainWordPiece(countWords(texts, steps), { vocabSize: 8000 }),
      decoder: wordPieceDecoder(),
    });
  },
  Unigram: (texts) => {
    const steps = { normalizer: stripSpaces(), preTokenizer: metaspace() };
    return new Tokenizer({
      ...steps,
      model: trainUnigram(countWords(texts, steps), { vocabSize: 8000 }),
      decoder: metaspaceDecoder(),
    });
  },
};

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1]!;
const print = (line: string): void => void process.stdout.write(`${line}\n`);

/** Processor time. Unlike wall-clock time, it does not grow when the machine does other work. */
function seconds(run: () => void): number {
  const start = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}

/** The first text whose encodings differ, and how they differ. */
function difference(texts: readonly string[], ours: Tokenizer, reference: Reference): string | undefined {
  for (const text of texts) {
    const [a, b] = [ours.encode(text), reference.encode(text)];
    const i = b.tokens.findIndex((token, j) => a.tokens[j] !== token || a.ids[j] !== b.ids[j]);
    if (i >= 0 || a.ids.length !== b.ids.length)
      return `${JSON.stringify(text.slice(0, 60))}: ${JSON.stringify(a.tokens.slice(i - 1, i + 4))} against ${JSON.stringify(b.tokens.slice(i - 1, i + 4))}`;
  }
  return undefined;
}

interface Encoder {
  encode(text: string): unknown;
}

/** For both libraries in turn, the median seconds of a first pass with empty caches and of a second pass. */
function measure(
  texts: readonly string[],
  makers: readonly (() => Encoder)[],
  rounds: number,
): { first: number; next: number }[] {
  const times = makers.map(() => ({ first: [] as number[], next: [] as number[] }));
  for (let round = 0; round < rounds; round++) {
    for (const [i, make] of makers.entries()) {
      const encoder = make();
      const pass = (): number => seconds(() => texts.forEach((text) => encoder.encode(text)));
      times[i]!.first.push(pass());
      times[i]!.next.push(pass());
    }
  }
  return times.map(({ first, next }) => ({ first: median(first), next: median(next) }));
}

function compare(name: string, texts: readonly string[], kind: string, rounds: number): boolean {
  let ours!: Tokenizer;
  const training = seconds(() => (ours = trained[kind]!(texts)));
  const json = JSON.stringify(ours);
  const makeReference = (): Reference => new Reference(JSON.parse(json) as object, {});
  const found = difference(texts, ours, makeReference());
  print(
    `${name}, ${kind}: trained in ${training.toFixed(2)} s, ${found ? `DIFFERENT: ${found}` : `${texts.length} encodings are equal`}`,
  );
  if (rounds > 0) {
    const [a, b] = measure(texts, [() => readTokenizer(json), makeReference], rounds) as [Pass, Pass];
    const rate = (time: number): string => (texts.reduce((sum, text) => sum + text.length, 0) / 1e6 / time).toFixed(2);
    const ratio = (of: keyof Pass): string =>
      `${rate(a[of])} against ${rate(b[of])} M characters/s, ${(b[of] / a[of]).toFixed(2)} times`;
    print(`  first pass ${ratio('first')}; next pass ${ratio('next')}; medians of ${rounds}`);
  }
  return !found;
}

interface Pass {
  readonly first: number;
  readonly next: number;
}

const { values, positionals } = parseArgs({
  args: process.argv.slice(2),
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '5' }, only: { type: 'string', default: '' } },
});
const folder = positionals[0] ?? '../../../shared/data';
if (!existsSync(folder)) print(`skipped: ${folder} does not exist`);
for (const [name, files] of existsSync(folder) ? Object.entries(corpora) : []) {
  const texts: string[] = [];
  for (const file of files) for await (const line of fileLines(`${folder}/${file}`)) if (line.trim()) texts.push(line);
  for (const kind of Object.keys(trained).filter((kind) => `${name}, ${kind}`.includes(values.only))) {
    if (!compare(name, texts, kind, Number(values.rounds))) process.exitCode = 1;
  }
}
