import { ChainruleError } from '@chainrule/errors';
import { runCnn } from './cnn.ts';
import { help, parseOptions } from './options.ts';
import { writeReport } from './report.ts';

async function main(args: readonly string[]): Promise<void> {
  const parsed = parseOptions(args);
  if (parsed === 'help') {
    console.log(help);
    return;
  }
  const { options } = parsed;
  const report = await runCnn(options);
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
