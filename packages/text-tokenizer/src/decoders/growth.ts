import { ValueError } from '@chainrule/errors';

const total = (texts: readonly string[]): number => texts.reduce((sum, text) => sum + text.length, 0);

/** Refuses decoders that make much text of little: one after the other, they would fill the memory. */
export function checkGrowth(op: string, before: readonly string[], after: string[]): string[] {
  const most = 16 * total(before) + 65_536;
  if (total(after) > most)
    throw new ValueError(`${op}: \`tokens\` must become a text of at most ${most} units, got ${total(after)}`);
  return after;
}
