/** The colors of curves, in their order; each can be seen on light and on dark pages. */
export const curveColors = ['#3b82f6', '#d97706', '#059669', '#db2777', '#7c3aed', '#64748b'] as const;
