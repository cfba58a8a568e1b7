const [least, most, longest] = [30, 20_000, 30];

/** The words of a text, one a line. */
export function wordsIn(text: string): string[] {
  const lines = text.split(/\r?\n/).map((line) => line.replace(/[\^$]/g, '').trim().normalize());
  const words = lines.filter((line) => line !== '' && [...line].length <= longest).slice(0, most);
  if (words.length < least)
    throw new Error(
      `There must be at least ${least} words of up to ${longest} characters, one a line. There are ${words.length}.`,
    );
  return words;
}
