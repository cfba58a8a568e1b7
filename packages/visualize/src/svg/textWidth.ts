/** Advance widths of the characters from space to tilde in DejaVu Sans, a wide font, in hundredths of the font size. */
const widths = [
  32, 40, 46, 84, 64, 95, 78, 27, 39, 39, 50, 84, 32, 36, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 34, 34, 84,
  84, 84, 53, 100, 68, 69, 70, 77, 63, 58, 77, 75, 29, 29, 66, 56, 86, 75, 79, 60, 79, 69, 63, 61, 73, 68, 99, 69, 61,
  69, 39, 34, 39, 84, 50, 50, 61, 63, 55, 63, 62, 35, 63, 63, 28, 28, 58, 28, 97, 63, 61, 63, 63, 41, 52, 39, 63, 59,
  82, 59, 59, 52, 64, 34, 64, 84,
];
/** The width of other characters, such as − and → and the letters of Chinese. */
const wide = 110;

/** The width of a line of text in pixels, in any common sans-serif font at most. */
export function textWidth(text: string, fontSize: number): number {
  const sum = [...text].reduce((total, letter) => total + (widths[letter.codePointAt(0)! - 32] ?? wide), 0);
  return (sum / 100) * fontSize;
}

/** The text in lines that are no wider than `most`, broken between words where it can be. */
export function wrapText(text: string, fontSize: number, most: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const last = lines.at(-1);
    const longer = last === undefined ? word : `${last} ${word}`;
    if (last !== undefined && textWidth(longer, fontSize) <= most) lines[lines.length - 1] = longer;
    else lines.push(shorten(word, fontSize, most));
  }
  return lines;
}

/** The text, or its beginning with an ellipsis, no wider than `most`. */
export function shorten(text: string, fontSize: number, most: number): string {
  if (textWidth(text, fontSize) <= most) return text;
  const letters = [...text];
  while (letters.length > 0 && textWidth(`${letters.join('')}…`, fontSize) > most) letters.pop();
  return `${letters.join('')}…`;
}
