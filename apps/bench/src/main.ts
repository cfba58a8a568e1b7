import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ChainruleError } from '@chainrule/errors';
import { loadBackend } from './backends.ts';
import { help, type Options, parseOptions } from './options.ts';
import type { Report } from './results.ts';
import { runBenchmark } from './run.ts';
import { markdownTables, plainTables } from './tables.ts';
import { runWorker } from './worker.ts';

/** The source of this program, which runs as a bundle. */
const folder = dirname(process.argv[1]!);

async function main(args: readonly string[]): Promise<void> {
  if (args[0] === 'worker') return runWorker(args[1]!);
  const parsed = parseOptions(args);
  if (parsed === 'help') return console.log(help);
  if ('markdown' in parsed)
    return console.log(markdownTables(JSON.parse(readFileSync(parsed.markdown, 'utf8')) as Report));
  await measureAll(parsed);
}

async function measureAll(options: Options): Promise<void> {
  const backend = options.backend;
  await loadBackend(backend, 1);
  let report: Report | undefined;
  const reports = runBenchmark(options, backend, {
    self: fileURLToPath(import.meta.url),
    torch: join(folder, 'peers', 'torch_worker.py'),
    cache: join(folder, '..', '..', '..', 'node_modules', '.cache', 'chainrule-bench'),
    show: progressLine,
  });
  for await (report of reports) if (options.json !== undefined) writeReport(options.json, report);
  progressLine('');
  if (report) console.log(plainTables(report));
  if (options.json !== undefined) console.log(`written to ${options.json}`);
}

function writeReport(file: string, report: Report): void {
  try {
    writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`);
  } catch (error) {
    throw new ChainruleError(`bench: \`--json\` must be a file that can be written, got ${(error as Error).message}`);
  }
}

/** On a terminal, one line that is overwritten; elsewhere, a line for each measurement. */
function progressLine(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text.slice(0, process.stderr.columns - 1)}`);
  else if (text !== '' && !/, step \d/.test(text)) process.stderr.write(`${text}\n`);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof ChainruleError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
