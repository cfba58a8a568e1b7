import { ChainruleError } from '@chainrule/errors';
import { runCnn } from './cnn.ts';
import { runMlp } from './mlp.ts';
import { help, type Options, parseOptions, type Pipeline } from './options.ts';
import { type Report, writeReport } from './report.ts';
import { runTabular } from './tabular.ts';

const pipelines: Record<Pipeline, (options: Options) => Promise<Report>> = { cnn: runCnn, mlp: runMlp, tabular: runTabular };

async function main(args: readonly string[]): Promise<void> {
  const parsed = parseOptions(args);
  if (parsed === 'help') {
    console.log(help);
    return;
  }
  const { pipeline, options } = parsed;
  const report = await pipelines[pipeline](options);
  if (options.json !== undefined) {
    writeReport(options.json, report);
    console.log(`written to ${options.json}`);
  }
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof ChainruleError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
