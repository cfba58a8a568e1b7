import { OptionError } from '@chainrule/errors';

/** Refuses what cannot be added to a variance. */
export function expectEpsilon(type: string, epsilon: number): void {
  if (!(epsilon >= 0)) throw new OptionError(`${type}: \`epsilon\` must be at least 0, got ${epsilon}`);
}
