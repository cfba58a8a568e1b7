import { ValueError } from '@chainrule/errors';

const total = (texts: readonly string[]): number => texts.reduce((sum, text) => sum + text.length, 0);

/** Throws if a decoder makes a long text of a short one; a chain of such decoders could exhaust the memory. */
export function checkGrowth(op: string, before: readonly string[], after: string[]): string[] {
  const most = 16 * total(before) + 65_536;
  if (total(after) > most)
    throw new ValueError(`${op}: the decoded text must have at most ${most} units, got ${total(after)}`);
  return after;
}
