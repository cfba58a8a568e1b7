/** The number of columns that a text takes: one for each letter. */
export function lengthOf(text: string): number {
  return [...text].length;
}

/** The text in lines of at most `columns` letters, broken between words where it can be. */
export function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && lengthOf(last) + 1 + lengthOf(word) <= columns)
      lines[lines.length - 1] = `${last} ${word}`;
    else for (const piece of pieces(word, columns)) lines.push(piece);
  }
  return lines;
}

function pieces(word: string, columns: number): string[] {
  const letters = [...word];
  if (letters.length <= columns) return [word];
  return Array.from({ length: Math.ceil(letters.length / columns) }, (_, i) =>
    letters.slice(i * columns, (i + 1) * columns).join(''),
  );
}

/** The text, or its beginning with an ellipsis, in at most `columns` letters. */
export function cut(text: string, columns: number): string {
  const letters = [...text];
  return letters.length <= columns ? text : `${letters.slice(0, Math.max(0, columns - 1)).join('')}…`;
}

/** Pads by letters, as terminals count. */
export function pad(text: string, columns: number, side: 'start' | 'end'): string {
  const spaces = ' '.repeat(Math.max(0, columns - lengthOf(text)));
  return side === 'start' ? spaces + text : text + spaces;
}
