/** The marks of groups, in their order. */
export const marks = 'o+x*#%@&';
