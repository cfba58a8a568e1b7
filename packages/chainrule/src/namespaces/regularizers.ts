// The namespace `regularizers`.
export { l1, l1l2, l2 } from '@chainrule/layers-core';
