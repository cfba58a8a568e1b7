/** Shades from nothing to full. */
export const shades = ' ░▒▓█';
