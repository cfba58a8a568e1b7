/** A token as letters that can be seen: without the space before a word, and with signs for spaces and ends of lines. */
export function shownToken(token: string): string {
  const signs = token.replace(/\n/g, '↵').replace(/\t/g, '⇥');
  return signs.trim() || '␣'.repeat(signs.length);
}
