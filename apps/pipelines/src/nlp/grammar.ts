import type { RandomSource } from '@chainrule/tensor';

/** The productions of each symbol: texts in which `{symbol}` is another symbol. */
export type Grammar = Readonly<Record<string, readonly string[]>>;

/** Expands a text: draws a production for each symbol, independently at each place. The grammar must terminate. */
export function expand(grammar: Grammar, text: string, random: RandomSource): string {
  return text.replace(/\{([^}]+)\}/g, (_, symbol: string) => {
    const choices = grammar[symbol]!;
    return expand(grammar, choices[random.below(choices.length)]!, random);
  });
}
