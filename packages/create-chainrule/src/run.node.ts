import { relative } from 'node:path';
import { OptionError } from '@chainrule/errors';
import { askFolder, askTemplate, type Terminal } from './ask.node.ts';
import { createProject, filesOf, scriptOf, version } from './createProject.node.ts';
import { nextCommands } from './nextCommands.ts';
import { example, parseArguments, usage } from './parseArguments.node.ts';
import { targetOf } from './target.node.ts';
import { templateNames } from './templates.ts';

/** What the program knows about who runs it. */
export interface Surroundings {
  readonly cwd: string;
  readonly userAgent: string | undefined;
  /** Where to ask; `undefined` without a terminal. */
  readonly terminal: Terminal | undefined;
  readonly print: (line: string) => void;
}

/**
 * Makes the project that the arguments ask for, and prints how to go on.
 *
 * @throws OptionError for arguments that cannot be used, or that are missing where nobody can be asked
 * @throws StateError if a file cannot be written
 * @throws Cancelled if the user gives up
 */
export async function run(args: readonly string[], { cwd, userAgent, terminal, print }: Surroundings): Promise<void> {
  const given = parseArguments(args);
  if (given.help) return print(usage);
  if (given.version) return print(version);
  const folder =
    given.folder ??
    (await askFolder(terminal ?? missing('folder', 'a path'), (path) => {
      targetOf(path, cwd);
    }));
  const target = targetOf(folder, cwd);
  const template = given.template ?? (await askTemplate(terminal ?? missing('--template', templateNames.join(' or '))));
  const files = filesOf(template, target.name);
  createProject(target, files);
  print(`Made ${target.name} from ${template}. Next:\n`);
  for (const command of nextCommands(relative(cwd, target.folder), scriptOf(files), userAgent)) print(`  ${command}`);
}

function missing(argument: string, expectation: string): never {
  throw new OptionError(
    `create-chainrule: \`${argument}\` must be ${expectation}, got nothing, and no terminal to ask in; write \`${example}\``,
  );
}
