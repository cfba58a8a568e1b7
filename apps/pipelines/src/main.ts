import { ChainruleError } from '@chainrule/errors';
import { helpOf, parseOptions } from './options.ts';
import { runTasks } from './runTasks.ts';
import { tasks } from './tasks.ts';

// Exit instead of dying by the signal, so that partial files are removed. Other handlers restore the terminal first.
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)
  process.on(signal, () => setImmediate(() => process.exit(code)));

try {
  const selection = parseOptions(process.argv.slice(2), tasks);
  if (selection === 'help') console.log(helpOf(tasks));
  else if (!(await runTasks(selection))) process.exitCode = 1;
} catch (error) {
  if (!(error instanceof ChainruleError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
