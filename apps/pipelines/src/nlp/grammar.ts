import type { RandomSource } from '@chainrule/tensor';

/** What each symbol may become: texts, in which `{symbol}` stands for another symbol. */
export type Grammar = Readonly<Record<string, readonly string[]>>;

/** A text in which each symbol has become one of its choices, drawn anew at each place. A grammar must lead to an end. */
export function expand(grammar: Grammar, text: string, random: RandomSource): string {
  return text.replace(/\{([^}]+)\}/g, (_, symbol: string) => {
    const choices = grammar[symbol]!;
    return expand(grammar, choices[random.below(choices.length)]!, random);
  });
}
