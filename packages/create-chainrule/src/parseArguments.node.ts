import { parseArgs } from 'node:util';
import { OptionError } from '@chainrule/errors';
import { refuse } from '@chainrule/errors/check';
import { isTemplate, type Template, templateNames, templates } from './templates.ts';

/** What the command line asks for. What it leaves out is `undefined`. */
export interface Arguments {
  readonly folder: string | undefined;
  readonly template: Template | undefined;
  readonly help: boolean;
  readonly version: boolean;
}

export const example = 'npm create chainrule@latest my-app -- --template vite-worker';

export const usage: string = `Starts a project with Chainrule.

usage: npm create chainrule@latest [folder] -- [options]
       pnpm create chainrule [folder] [options]
       yarn create chainrule [folder] [options]

Templates:
${templateNames.map((name) => `  ${name.padEnd(20)}${templates[name]}`).join('\n')}

Options:
  -t, --template NAME ${templateNames.join(' or ')}
  -h, --help          shows this text
  -v, --version       shows the version

In a terminal, it asks for what you leave out. It writes into a new or an empty folder only.`;

/**
 * Reads the command line.
 *
 * @throws OptionError for unknown options and templates, and for more than one folder
 */
export function parseArguments(args: readonly string[]): Arguments {
  const { values, positionals } = parse(args);
  const { template, help = false, version = false } = values;
  const [folder, ...more] = positionals;
  if (more.length)
    throw new OptionError(
      `create-chainrule: \`folder\` must be one folder, got ${positionals.join(' ')}; put quotation marks around a path with spaces`,
    );
  if (folder?.trim() === '') refuse('create-chainrule', 'folder', 'a path', folder);
  if (template !== undefined && !isTemplate(template))
    refuse('create-chainrule', '--template', templateNames.join(' or '), template);
  return { folder, template, help, version };
}

function parse(args: readonly string[]): {
  values: { template?: string; help?: boolean; version?: boolean };
  positionals: string[];
} {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        template: { type: 'string', short: 't' },
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean', short: 'v' },
      },
    });
  } catch (error) {
    // Of Node's explanation, the first sentence says what is wrong.
    const [problem] = (error as Error).message.split(/[.\n]/);
    throw new OptionError(`create-chainrule: ${problem}; \`--help\` shows the options`);
  }
}
