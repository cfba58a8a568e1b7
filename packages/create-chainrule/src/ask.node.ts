import type { Readable, Writable } from 'node:stream';
import { isCancel, select, text } from '@clack/prompts';
import { isTemplate, type Template, templateNames, templates } from './templates.ts';

/** The terminal that questions appear in. */
export interface Terminal {
  readonly input: Readable;
  readonly output: Writable;
}

/** Thrown when the user ends the questions with Ctrl-C or Esc. */
export class Cancelled extends Error {
  override name = 'Cancelled';
}

/** @param check - throws the error for a folder that cannot be used */
export async function askFolder(terminal: Terminal, check: (folder: string) => void): Promise<string> {
  const usual = 'my-app';
  return answered(
    await text({
      message: 'In which folder?',
      placeholder: usual,
      defaultValue: usual,
      validate: (folder) => problemOf(() => check(folder || usual)),
      ...terminal,
    }),
  );
}

export async function askTemplate(terminal: Terminal): Promise<Template> {
  const options = templateNames.map((value) => ({ value, label: value, hint: templates[value] }));
  const answer = answered(await select<string>({ message: 'Which template?', options, ...terminal }));
  if (!isTemplate(answer)) throw new Cancelled(answer);
  return answer;
}

function answered(answer: string | symbol): string {
  if (isCancel(answer)) throw new Cancelled('create-chainrule: nothing was written');
  return answer as string;
}

function problemOf(check: () => void): string | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    return (error as Error).message.replace('create-chainrule: ', '');
  }
}
