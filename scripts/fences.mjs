const lineOf = (text, index) => text.slice(0, index).split('\n').length;

/** The ```ts test fences of a Markdown file, with the lines at which they start. */
export function fencesOf(text) {
  return [...text.matchAll(/^( *)```ts test\b.*\n([\s\S]*?)^ *```/gm)].map((match) => ({
    line: lineOf(text, match.index) + 1,
    code: match[2].replace(new RegExp(`^${match[1]}`, 'gm'), ''),
  }));
}
