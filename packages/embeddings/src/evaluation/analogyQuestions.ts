import { FormatError, showValue } from '@chainrule/errors';
import { aString } from '@chainrule/errors/check';

/** Analogies of one kind; each reads: a is to b as c is to d. */
export interface AnalogySection {
  readonly name: string;
  readonly questions: readonly (readonly [a: string, b: string, c: string, d: string])[];
}

/**
 * Reads analogies in the format of Google's `questions-words.txt`: a line `: name` begins a section, and each other line has four
 * words. Skips empty lines.
 *
 * @throws FormatError for a line without four words or outside a section; the error names the line number
 * @example
 * readAnalogyQuestions(': family\nboy girl king queen\n')[0].questions; // => [['boy','girl','king','queen']]
 */
export function readAnalogyQuestions(text: string): AnalogySection[] {
  aString('readAnalogyQuestions', 'text', text);
  const sections: { name: string; questions: [string, string, string, string][] }[] = [];
  for (const [i, line] of text.split(/\r?\n/).entries()) {
    const words = line.trim().split(/\s+/);
    if (line.startsWith(':')) sections.push({ name: line.slice(1).trim(), questions: [] });
    else if (words.length === 4 && sections.length > 0)
      sections.at(-1)!.questions.push(words as [string, string, string, string]);
    else if (line.trim() !== '')
      throw new FormatError(
        `readAnalogyQuestions: line ${i + 1} must have four words and follow a line ": name", got ${showValue(line)}`,
      );
  }
  return sections;
}
